import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { createGpioKeypad } from "../../../../hardware/drivers/gpio-keypad.ts";
import type { ButtonName } from "../../../../hardware/ports/button-panel.ts";
import type { Level } from "../../../../protocol/base/levels.ts";
import { type DurationMs, elapsed, milliseconds, type MonoMs, monoMs } from "../../../../protocol/base/time.ts";
import { buttonPanelContract } from "../../../contract/button-panel-contract.ts";
import { gpioLinesContract } from "../../../contract/gpio-lines-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { BEEPER, BUTTONS, DeskChip, LAMPS, type LinesOf, RATING_LINES } from "./desk-chip.ts";
import { passed, until } from "./time.ts";

const OUTPUTS = [...Object.values(LAMPS), BEEPER];
const LOOK_EVERY = milliseconds(20);
/** A lamp that blinks is told from one that burns once it has been watched for a whole blink. */
const WATCHED = milliseconds(700);
/** Sounds closer together are one pattern. */
const PATTERN_GAP = milliseconds(300);
const TOLERANCE = milliseconds(60);
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

const atLeast = (least: DurationMs) => (duration: DurationMs) => passed(milliseconds(Math.max(duration, least)));

const cableOf = (chip: DeskChip) => ({
  unplug: async () => chip.unplug(),
  plug: async () => chip.plug(),
  until,
});

async function closed(device: { close(): Promise<void> }, chip: DeskChip): Promise<void> {
  try {
    await device.close();
  } finally {
    chip.release();
  }
}

/** The contracts of all ports that can stand on lines of a chip. */
export function gpioContracts(name: string, linesOf: LinesOf): void {
  gpioLinesContract(name, async () => {
    const chip = new DeskChip();
    const lines = linesOf(Object.values(BUTTONS), OUTPUTS);
    return {
      ...cableOf(chip),
      lines,
      inputs: [BUTTONS.call, BUTTONS.pause],
      outputs: [LAMPS.call, LAMPS.pause],
      finger: (line, edge) => chip.finger(line, edge),
      isLit: (line) => chip.isLit(line),
      pass: passed,
      async release() {
        await closed(lines, chip);
      },
    };
  });

  buttonPanelContract(name, async () => {
    const chip = new DeskChip();
    const lines = linesOf(Object.values(BUTTONS), OUTPUTS);
    const panel = createGpioButtons({ lines, clock: systemClock, buttons: BUTTONS, lamps: LAMPS, beeper: BEEPER });
    const watch = new LampWatch(chip);
    return {
      ...cableOf(chip),
      panel,
      finger: (button, edge) => chip.finger(BUTTONS[button], edge),
      lampOf: (button) => watch.lampOf(button),
      beeps: () => watch.beeps,
      pass: atLeast(WATCHED),
      tolerance: TOLERANCE,
      async release() {
        watch.stop();
        await closed(panel, chip);
      },
    };
  });

  ratingKeypadContract(name, async () => {
    const chip = new DeskChip();
    const keys = new Map(LEVELS.map((level) => [`rate-${level}`, level]));
    const lines = linesOf(RATING_LINES, OUTPUTS);
    const keypad = createGpioKeypad({ lines, keys, lamps: { asking: LAMPS.call, thanks: LAMPS.pause } });
    return {
      ...cableOf(chip),
      keypad,
      finger: (level, edge) => chip.finger(`rate-${level}`, edge),
      face: () => (chip.isLit(LAMPS.call) ? "asking" : chip.isLit(LAMPS.pause) ? "thanks" : "dark"),
      pass: passed,
      tolerance: TOLERANCE,
      async release() {
        await closed(keypad, chip);
      },
    };
  });
}

/** An eye on the lamps and an ear for the beeper. */
class LampWatch {
  beeps = 0;
  readonly #chip: DeskChip;
  readonly #lit = new Map<string, boolean>();
  readonly #changedAt = new Map<string, MonoMs>();
  #silentSince = monoMs(-10_000);
  readonly #looking = systemClock.every(LOOK_EVERY, () => this.#look());

  constructor(chip: DeskChip) {
    this.#chip = chip;
  }

  lampOf(button: ButtonName): "off" | "on" | "blink" {
    const line = LAMPS[button];
    const changedAt = this.#changedAt.get(line);
    const changedOnce = changedAt !== undefined && elapsed(changedAt, systemClock.mono()) < WATCHED / 2;
    return changedOnce ? "blink" : this.#lit.get(line) === true ? "on" : "off";
  }

  stop(): void {
    this.#looking.cancel();
  }

  #look(): void {
    const now = systemClock.mono();
    for (const line of OUTPUTS) {
      const isLit = this.#chip.isLit(line);
      if (isLit === (this.#lit.get(line) ?? false)) continue;
      this.#lit.set(line, isLit);
      this.#changedAt.set(line, now);
      if (line === BEEPER && isLit && elapsed(this.#silentSince, now) >= PATTERN_GAP) this.beeps += 1;
      if (line === BEEPER && !isLit) this.#silentSince = now;
    }
  }
}

import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { createGpioKeypad } from "../../../../hardware/drivers/gpio-keypad.ts";
import type { Level } from "../../../../protocol/base/levels.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { buttonPanelContract } from "../../../contract/button-panel-contract.ts";
import { gpioLinesContract } from "../../../contract/gpio-lines-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { BEEPER, BUTTONS, DeskChip, LAMPS, type LinesOf, RATING_LINES } from "./desk-chip.ts";
import { LampWatch, WATCHED } from "./lamp-watch.ts";
import { atLeast, passed, until } from "./time.ts";

const OUTPUTS = [...Object.values(LAMPS), BEEPER];
const TOLERANCE = milliseconds(60);
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

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
    const watch = new LampWatch({ isLit: (line) => chip.isLit(line), lamps: LAMPS, beeper: BEEPER });
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

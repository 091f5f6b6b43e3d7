import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { createGpiodLines } from "../../../../hardware/links/gpiod-lines.ts";
import { createOnoffLines } from "../../../../hardware/links/onoff-lines.ts";
import type { GpioLines } from "../../../../hardware/ports/gpio-lines.ts";
import type { KeyEdge } from "../../../../hardware/ports/key-edge.ts";
import { SimulatedChip } from "./simulated-chip.ts";

export const BUTTONS = { call: "call-button", pause: "pause-button" } as const;
export const LAMPS = { call: "call-lamp", pause: "pause-lamp" } as const;
export const BEEPER = "beeper";
export const RATING_LINES = ["rate-1", "rate-2", "rate-3", "rate-4", "rate-5"] as const;
const DESK_LINES = ["spare", ...Object.values(BUTTONS), ...Object.values(LAMPS), BEEPER, ...RATING_LINES];
export const DESK_LABEL = "hallward-desk";

/** Plugged in before the desk's chip and after it: the kernel counts chips up, and the numbers of their lines down. */
export const OTHER_LABELS = ["another-chip", "last-chip"] as const;

/** Other chips have lines of the same names: only its label tells the desk's chip from them. */
export class DeskChip {
  readonly #chip: SimulatedChip;
  readonly #others: readonly [SimulatedChip, SimulatedChip];

  constructor() {
    const [first, last] = OTHER_LABELS;
    this.#others = [new SimulatedChip(first, DESK_LINES), new SimulatedChip(last, DESK_LINES)];
    this.#others[0].plug();
    this.#chip = new SimulatedChip(DESK_LABEL, DESK_LINES);
    for (const line of [...Object.values(BUTTONS), ...RATING_LINES]) this.#chip.pull(line, "up");
    this.#chip.plug();
    this.#others[1].plug();
  }

  /** Contacts close to ground. */
  finger(line: string, edge: KeyEdge["edge"]): void {
    this.#chip.pull(line, edge === "pressed" ? "down" : "up");
  }

  isLit(line: string): boolean {
    return this.#chip.level(line);
  }

  get chipName(): string {
    return this.#chip.chipName;
  }

  plug(): void {
    this.#chip.plug();
  }

  unplug(): void {
    this.#chip.unplug();
  }

  release(): void {
    for (const chip of [this.#chip, ...this.#others]) chip.release();
  }
}

export type LinesOf = (inputs: readonly string[], outputs: readonly string[]) => GpioLines;

/** gpio-sim keeps one pull: a bias asked for by us would undo the hand on the line. */
export const gpiodLines =
  (debounceMs = 5): LinesOf =>
  (inputs) =>
    createGpiodLines({
      wiring: { chip: DESK_LABEL, inputs, bias: "disabled", debounceMs },
      pressedLevel: "low",
      clock: systemClock,
    });

export const onoffLines: LinesOf = (inputs, outputs) =>
  createOnoffLines({
    wiring: { chip: DESK_LABEL, inputs, outputs, offsets: new Map(DESK_LINES.map((line, offset) => [line, offset])) },
    pressedLevel: "low",
    clock: systemClock,
  });

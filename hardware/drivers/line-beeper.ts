import { type Clock, type DurationMs, milliseconds, type Timer } from "../../protocol/base/time.ts";
import type { ButtonPanel } from "../ports/button-panel.ts";

export type BeepPattern = Parameters<ButtonPanel["beep"]>[0];

/** On, off, on, ... Told apart with one's eyes on somebody else: one short, three short, one long. */
export const BEEPS: Readonly<Record<BeepPattern, readonly DurationMs[]>> = {
  accepted: [80].map(milliseconds),
  refused: [80, 80, 80, 80, 80].map(milliseconds),
  attention: [500].map(milliseconds),
};

/** A beeper that sounds while its line is on. A pattern that begins ends the one before. */
export class LineBeeper {
  readonly #clock: Clock;
  readonly #sound: (sounds: boolean) => void;
  #next: Timer | null = null;

  constructor(clock: Clock, sound: (sounds: boolean) => void) {
    [this.#clock, this.#sound] = [clock, sound];
  }

  beep(pattern: BeepPattern): void {
    this.silence();
    this.#step(BEEPS[pattern], true);
  }

  silence(): void {
    this.#next?.cancel();
    this.#sound(false);
  }

  #step([length, ...more]: readonly DurationMs[], sounds: boolean): void {
    this.#sound(sounds && length !== undefined);
    if (length === undefined) return;
    this.#next = this.#clock.after(length, () => this.#step(more, !sounds));
  }
}

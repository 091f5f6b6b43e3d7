import type { DeviceHealth, RatingKeypad, RatingKeypadListener } from "../../hardware/index.ts";
import type { Clock, Level } from "../../protocol/index.ts";

export type KeypadFace = "dark" | "asking" | "thanks";

/** Five keys without contacts. They report in the dark too, as real ones do: the terminal decides what counts. */
export class VirtualRatingKeypad implements RatingKeypad {
  readonly driver = "virtual-keypad";
  face: KeypadFace = "dark";

  readonly #clock: Clock;
  readonly #onChange: () => void;
  #listener: RatingKeypadListener | null = null;

  constructor(clock: Clock, onChange: () => void = () => {}) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  open(listener: RatingKeypadListener): Promise<void> {
    this.#listener = listener;
    listener.onHealth({ state: "ok" });
    return Promise.resolve();
  }

  show(face: KeypadFace): void {
    this.face = face;
    this.#onChange();
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  rate(level: Level): void {
    this.#listener?.onKey({ level, at: this.#clock.mono() });
  }

  ail(health: DeviceHealth): void {
    this.#listener?.onHealth(health);
  }
}

import type { DeviceHealth, RatingKeypad, RatingKeypadListener } from "../../hardware/index.ts";
import { type Clock, type DurationMs, type Level, milliseconds } from "../../protocol/index.ts";
import { VirtualContacts } from "./virtual-contacts.ts";

export type KeypadFace = "dark" | "asking" | "thanks";

/** How long a citizen's finger rests on a key. */
const RATE_HELD = milliseconds(120);

/** Five keys to be pressed by calls. They report in the dark too, as real ones do: the terminal decides what counts. */
export class VirtualRatingKeypad implements RatingKeypad {
  readonly driver = "virtual-keypad";
  face: KeypadFace = "dark";

  readonly #contacts: VirtualContacts<Level>;
  readonly #onChange: () => void;

  constructor(clock: Clock, onChange: () => void = () => {}) {
    this.#contacts = new VirtualContacts(clock);
    this.#onChange = onChange;
  }

  open(listener: RatingKeypadListener): Promise<void> {
    this.#contacts.open({
      onEdge: (level, edge) => listener.onEdge({ level, ...edge }),
      onHealth: (health) => listener.onHealth(health),
    });
    return Promise.resolve();
  }

  show(face: KeypadFace): void {
    this.face = face;
    this.#onChange();
  }

  close(): Promise<void> {
    this.#contacts.close();
    return Promise.resolve();
  }

  rate(level: Level, heldFor: DurationMs = RATE_HELD): void {
    this.#contacts.press(level, heldFor);
  }

  lift(level: Level): void {
    this.#contacts.lift(level);
  }

  /** From now on every press and release bounces; `gaps` as in VirtualContacts. */
  wear(gaps: readonly DurationMs[]): void {
    this.#contacts.bounces = gaps;
  }

  ail(health: DeviceHealth): void {
    this.#contacts.ail(health);
  }
}

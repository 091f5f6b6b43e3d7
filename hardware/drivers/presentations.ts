import { type Clock, type DurationMs, milliseconds } from "../../protocol/base/time.ts";
import type { BadgePresented, CanonicalBadge } from "../ports/badge-reader.ts";
import { Silence } from "./silence.ts";

/** A card that was not heard of for so long has left. Readers repeat a resting card every 50 to 100 ms. */
export const PRESENTATION_SILENCE = milliseconds(300);

/** Makes presentations of what a reader repeats: one while a card rests, a new one after silence or another card. */
export class Presentations {
  readonly #clock: Clock;
  readonly #silence: Silence;
  readonly #onPresented: (presented: BadgePresented) => void;
  #resting: CanonicalBadge | null = null;

  constructor(
    clock: Clock,
    onPresented: (presented: BadgePresented) => void,
    silence: DurationMs = PRESENTATION_SILENCE,
  ) {
    this.#clock = clock;
    this.#onPresented = onPresented;
    this.#silence = new Silence(clock, silence, () => (this.#resting = null));
  }

  heard(badge: CanonicalBadge): void {
    const isNew = badge !== this.#resting;
    this.#resting = badge;
    this.#silence.heard();
    if (isNew) this.#onPresented({ badge, at: this.#clock.mono() });
  }

  /** A damaged word of a card: it is still near. */
  damaged(): void {
    if (this.#resting !== null) this.#silence.heard();
  }

  stop(): void {
    this.#silence.stop();
  }
}

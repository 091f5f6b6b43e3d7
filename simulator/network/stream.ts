import type { Chance } from "../time/chance.ts";
import type { Scheduler } from "../time/scheduler.ts";

/** How a line behaves. Drawn once per connection. */
export interface LineQuality {
  /** Milliseconds one way, and how much more at most. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Share of QoS 1 messages that arrive twice. */
  readonly duplicates: number;
  /** Share of QoS 0 messages that a busy broker drops. */
  readonly dropsQos0: number;
}

export type Arrival = () => void;

/**
 * One direction of one connection: what is sent arrives in order, late, or not at all once it is cut. A blocked line
 * holds everything back, as TCP does, and lets it through when it is free again.
 */
export class Stream {
  readonly #scheduler: Scheduler;
  readonly #chance: Chance;
  readonly #quality: LineQuality;
  #lastUs = 0;
  #isCut = false;
  #held: Arrival[] | null = null;

  constructor(scheduler: Scheduler, chance: Chance, quality: LineQuality) {
    this.#scheduler = scheduler;
    this.#chance = chance;
    this.#quality = quality;
  }

  get isBlocked(): boolean {
    return this.#held !== null;
  }

  /** `qos`: null for the protocol's own packets, which are neither dropped nor repeated. */
  send(arrive: Arrival, qos: 0 | 1 | null): void {
    if (this.#isCut) return;
    const { dropsQos0, duplicates } = this.#quality;
    if (qos === 0 && this.#chance.happens(dropsQos0)) return;
    this.#carry(arrive);
    if (qos === 1 && this.#chance.happens(duplicates)) this.#carry(arrive);
  }

  block(): void {
    this.#held ??= [];
  }

  /** What was held up arrives now, ahead of what is still under way. */
  free(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const arrive of held) this.#scheduler.at(this.#scheduler.nowUs, () => this.#arrive(arrive));
  }

  /** Whatever is under way is lost. */
  cut(): void {
    this.#isCut = true;
    this.#held = null;
  }

  #carry(arrive: Arrival): void {
    const { delayMs, jitterMs } = this.#quality;
    const delayUs = (delayMs + jitterMs * this.#chance.next()) * 1000;
    // Also equal instants keep their order: the queue of the world is first in, first out.
    this.#lastUs = Math.max(this.#lastUs, Math.ceil(this.#scheduler.nowUs + delayUs));
    this.#scheduler.at(this.#lastUs, () => this.#arrive(arrive));
  }

  /** At the far end of a blocked line everything is held up in the order in which it would have arrived. */
  #arrive(arrive: Arrival): void {
    if (this.#isCut) return;
    if (this.#held === null) arrive();
    else this.#held.push(arrive);
  }
}

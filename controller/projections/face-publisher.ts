import { type Clock, type CounterId, topics } from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import type { HallView } from "../core/state.ts";
import { faceChangesAt, faceOf } from "./face.ts";

/** Hands one message to whichever broker serves the hall. */
export type Publish = (topic: string, text: string, options: { qos: 0 | 1; retain: boolean }) => void;

/**
 * Faces looked at again per tick for what no event of their own changes: the number waiting, a prompt that has had its
 * time. Bounded, so that 300 windows never make one burst of 300 messages.
 */
const FACES_PER_TICK_MAX = 40;

/** Last published face of a counter. */
interface Shown {
  /** Without epoch and revision; empty when it is to be sent again whatever it says. */
  readonly text: string;
  readonly rev: number;
  /** The log position it was last derived at, and the span of time in which the same position gives the same face. */
  readonly position: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * Keeps every terminal's `desired` equal to its counter's face. Level-triggered: after each commit the faces of the
 * touched counters are derived from the state and published, retained, if they differ from what was published last.
 */
export class FacePublisher {
  readonly #hall: HallView;
  readonly #clock: Clock;
  readonly #publish: Publish;
  readonly #shown = new Map<CounterId, Shown>();
  readonly #perTick: number;
  #epoch = -1;
  #rotation: CounterId[] = [];

  constructor(hall: HallView, clock: Clock, publish: Publish, perTick: number = FACES_PER_TICK_MAX) {
    this.#perTick = perTick;
    this.#hall = hall;
    this.#clock = clock;
    this.#publish = publish;
  }

  onCommitted(events: readonly HallEvent[]): void {
    if (this.#epoch !== this.#hall.epoch || events.some((event) => event.type === "hall.configured")) {
      this.publishAll();
      return;
    }
    const touched = new Set<CounterId>();
    for (const event of events) {
      if ("counterId" in event.data && event.data.counterId !== null) touched.add(event.data.counterId);
    }
    for (const counterId of touched) this.#refresh(counterId);
  }

  onTick(): void {
    for (let count = 0; count < this.#perTick; count += 1) {
      const next = this.#rotation.pop();
      if (next === undefined) {
        this.#rotation = [...this.#hall.counters.keys()];
        return;
      }
      this.#refresh(next);
    }
  }

  /** After a new epoch: revisions begin anew. */
  publishAll(): void {
    this.#epoch = this.#hall.epoch;
    this.#shown.clear();
    for (const counterId of this.#hall.counters.keys()) this.#refresh(counterId);
  }

  /** Publishes a terminal's face again, changed or not: the answer to a birth. */
  repeat(counterId: CounterId): void {
    const shown = this.#shown.get(counterId);
    if (shown !== undefined) this.#shown.set(counterId, { ...shown, text: "" });
    this.#refresh(counterId);
  }

  /** Every face once more, with a revision of its own: the broker may have forgotten what it retained. */
  repeatAll(): void {
    for (const counterId of this.#hall.counters.keys()) this.repeat(counterId);
  }

  /** The revision a terminal should report, for the monitor. */
  revOf(counterId: CounterId): number {
    return this.#shown.get(counterId)?.rev ?? 0;
  }

  #refresh(counterId: CounterId): void {
    const counter = this.#hall.counters.get(counterId);
    const configuration = this.#hall.configuration;
    if (counter === undefined || configuration === null) return;
    const { position } = this.#hall;
    const now = this.#clock.now();
    const shown = this.#shown.get(counterId);
    if (shown !== undefined && isTrue(shown, position, now)) return;
    const text = JSON.stringify(faceOf(this.#hall, counter, now));
    const rev = shown?.text === text ? shown.rev : (shown?.rev ?? 0) + 1;
    this.#shown.set(counterId, { text, rev, position, fromMs: now, untilMs: faceChangesAt(counter, now) });
    if (shown?.text === text) return;
    // The same text with two fields more: a face is written once.
    const desired = `${text.slice(0, -1)},"epoch":${this.#epoch},"rev":${rev}}`;
    const topic = topics.terminal(configuration.hall, counter.terminalId, "desired");
    this.#publish(topic, desired, { qos: 1, retain: true });
  }
}

/** Nothing has happened since, and no time has come. A clock that was set back proves nothing. */
const isTrue = ({ text, position, fromMs, untilMs }: Shown, positionNow: number, now: number): boolean =>
  text !== "" && position === positionNow && now >= fromMs && now < untilMs;

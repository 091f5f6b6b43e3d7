import { type Clock, milliseconds, type Timer, topics } from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import { zoneOf } from "../core/sequencing/announcer.ts";
import type { HallView } from "../core/state.ts";
import { boardChangesAt, boardOf } from "./board.ts";
import type { Publish } from "./face-publisher.ts";

/** Changes that come closer together than this make one picture: a rush must not become a flood. */
const PICTURE_INTERVAL = milliseconds(40);

/** Keeps the retained `board` true, and sends each announcement once. */
export class BoardPublisher {
  readonly #hall: HallView;
  readonly #clock: Clock;
  readonly #publish: Publish;
  readonly #onChange: () => void;
  #shown = "";
  #rev = 0;
  #pending: Timer | null = null;
  /** What the last picture was drawn from and when, and from when on it may look different without an event. */
  #drawn = { position: -1, atMs: 0, staleAtMs: 0 };

  /** `onChange` is told once per picture interval that the hall's pictures may have changed. */
  constructor(hall: HallView, clock: Clock, publish: Publish, onChange: () => void) {
    this.#hall = hall;
    this.#clock = clock;
    this.#publish = publish;
    this.#onChange = onChange;
  }

  onCommitted(events: readonly HallEvent[]): void {
    for (const event of events) if (event.type === "call.announced") this.#announce(event);
    if (events.some((event) => event.type === "controller.started" || event.type === "epoch.raised")) this.#shown = "";
    if (events.length > 0) this.#pending ??= this.#clock.after(PICTURE_INTERVAL, () => this.#flush());
  }

  /** The announcement slot ends without an event. Ticks come seldom enough to be looked at on the spot. */
  onTick(): void {
    if (this.#pending !== null) return;
    const { position, atMs, staleAtMs } = this.#drawn;
    const now = this.#clock.now();
    const isTrue = this.#shown !== "" && position === this.#hall.position && now >= atMs && now < staleAtMs;
    if (isTrue) this.#onChange();
    else this.#flush(); // Also by a clock that was set back: what was over may stand there again.
  }

  /** The picture once more, changed or not. */
  repeat(): void {
    this.#shown = "";
    this.onTick();
  }

  close(): void {
    this.#pending?.cancel();
  }

  #flush(): void {
    this.#pending = null;
    this.#onChange();
    const configuration = this.#hall.configuration;
    if (configuration === null) return;
    const now = this.#clock.now();
    const picture = boardOf(this.#hall, now);
    this.#drawn = { position: this.#hall.position, atMs: now, staleAtMs: boardChangesAt(this.#hall, now) };
    const text = JSON.stringify(picture);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#rev += 1;
    // The same text with two fields more: a picture of a large hall is not written twice.
    const board = `${text.slice(0, -1)},"epoch":${this.#hall.epoch},"rev":${this.#rev}}`;
    this.#publish(topics.hall(configuration.hall, "board"), board, { qos: 1, retain: true });
  }

  #announce(event: Extract<HallEvent, { type: "call.announced" }>): void {
    const { callId, visitId, counterId, callCount } = event.data;
    const zone = zoneOf(this.#hall, counterId);
    const configuration = this.#hall.configuration;
    const visit = this.#hall.counters.get(counterId)?.visit;
    if (configuration === null || visit?.visitId !== visitId) return; // Ended within the same commit.
    const announcement = {
      v: 1,
      callId,
      visitId,
      ticketNumber: visit.number,
      counterId,
      zone,
      callCount,
      announcedAtMs: event.recordedAtMs,
    };
    this.#publish(topics.hall(configuration.hall, "calls"), JSON.stringify(announcement), { qos: 1, retain: false });
  }
}

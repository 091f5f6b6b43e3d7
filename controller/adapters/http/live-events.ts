import type { ServerResponse } from "node:http";
import {
  type Clock,
  type DurationMs,
  elapsed,
  milliseconds,
  type MonoMs,
  seconds,
  type Timer,
} from "../../../protocol/index.ts";

export const LISTENERS_MAX = 256;
/** Pictures of the hall to pages: at most so often, unless told otherwise. */
const PICTURE_INTERVAL = milliseconds(50);
/** An event without content: it keeps proxies from closing a quiet stream, and tells a page that the link lives. */
const ALIVE = "event: alive\ndata:\n\n";
const HEARTBEAT = seconds(15);
/** A page that has taken nothing for so many heartbeats is cut off; it comes back by itself. */
const MISSED_MAX = 2;
const RETRY: DurationMs = milliseconds(1_000);

/** The pictures by event name, as they are now; null while there are none. */
export type Pictures = () => Readonly<Record<string, unknown>> | null;

interface Listener {
  readonly response: ServerResponse;
  /** False once whoever follows may not any more. */
  readonly holds: () => boolean;
  /** The newest picture of each name that could not be written yet: never a queue. */
  readonly held: Map<string, string>;
  missed: number;
}

/**
 * Server-sent events. Every event is a whole picture, so a slow page simply misses some: what waits for it is the
 * latest of each name, and nothing else.
 */
export class LiveEvents {
  readonly #clock: Clock;
  readonly #pictures: Pictures;
  readonly #interval: DurationMs;
  readonly #listeners = new Set<Listener>();
  readonly #latest = new Map<string, { text: string; event: string }>();
  readonly #heartbeat: Timer;
  #pending: Timer | null = null;
  #eventId = 0;
  #drawnAt: MonoMs;

  constructor(clock: Clock, pictures: Pictures, interval: DurationMs = PICTURE_INTERVAL) {
    this.#clock = clock;
    this.#pictures = pictures;
    this.#interval = interval;
    this.#drawnAt = clock.mono();
    this.#heartbeat = clock.every(HEARTBEAT, () => this.#beat());
  }

  get count(): number {
    return this.#listeners.size;
  }

  get full(): boolean {
    return this.#listeners.size >= LISTENERS_MAX;
  }

  /** The hall may have changed. Costs nothing while nobody follows. */
  changed(): void {
    if (this.#listeners.size === 0) return;
    // The first change after a rest goes at once.
    const wait = this.#interval - elapsed(this.#drawnAt, this.#clock.mono());
    this.#pending ??= this.#clock.after(milliseconds(Math.max(0, wait)), () => this.#flush());
  }

  follow(response: ServerResponse, holds: () => boolean = () => true): void {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    response.write(`retry: ${RETRY}\n\n`);
    const listener: Listener = { response, holds, held: new Map(), missed: 0 };
    response.on("drain", () => this.#release(listener));
    response.on("close", () => this.#listeners.delete(listener));
    response.on("error", () => response.destroy());
    this.#flush(); // Those who follow already get what is new with it.
    this.#listeners.add(listener);
    for (const [name, { event }] of this.#latest) this.#send(listener, name, event);
  }

  close(): void {
    this.#heartbeat.cancel();
    this.#pending?.cancel();
    for (const { response } of this.#listeners) response.end();
    this.#listeners.clear();
  }

  #flush(): void {
    this.#pending?.cancel();
    this.#pending = null;
    this.#drawnAt = this.#clock.mono();
    for (const name of this.#draw()) {
      const event = this.#latest.get(name)?.event ?? "";
      for (const listener of this.#listeners) this.#send(listener, name, event);
    }
  }

  /** Names of the pictures that changed since they were drawn last. */
  #draw(): string[] {
    const changed: string[] = [];
    for (const [name, picture] of Object.entries(this.#pictures() ?? {})) {
      const text = JSON.stringify(picture);
      if (this.#latest.get(name)?.text === text) continue;
      this.#eventId += 1;
      this.#latest.set(name, { text, event: `id: ${this.#eventId}\nevent: ${name}\ndata: ${text}\n\n` });
      changed.push(name);
    }
    return changed;
  }

  #send(listener: Listener, name: string, event: string): void {
    if (!listener.holds()) listener.response.end();
    else if (listener.response.writableNeedDrain) listener.held.set(name, event);
    else listener.response.write(event);
  }

  #release(listener: Listener): void {
    listener.missed = 0;
    for (const [name, event] of listener.held) {
      if (listener.response.writableNeedDrain) return;
      listener.held.delete(name);
      listener.response.write(event);
    }
  }

  #beat(): void {
    this.changed();
    for (const listener of this.#listeners) {
      if (!listener.holds()) listener.response.end();
      else if (!listener.response.writableNeedDrain) listener.response.write(ALIVE);
      else if (++listener.missed >= MISSED_MAX) listener.response.destroy();
    }
  }
}

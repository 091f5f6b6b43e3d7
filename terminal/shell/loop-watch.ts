import {
  type Clock,
  type DurationMs,
  earlier,
  elapsed,
  type Log,
  later,
  milliseconds,
  type MonoMs,
  monoMs,
  seconds,
  type Timer,
} from "../../protocol/index.ts";
import type { InputOf, TerminalInput } from "../core/inputs.ts";
import type { AnyKeyName } from "../core/key-gestures.ts";
import type { Feed } from "./parts.ts";

/** How often the loop gives a sign of life of its own. */
const BEAT_PERIOD = milliseconds(250);
/** More between two signs of life, and the process stood still: frozen, starved, or stuck on its medium. */
const STANDSTILL = seconds(1);
/** No finger is quicker on a key. */
const SHORTEST_TOUCH = milliseconds(30);
/** What waited at the devices is through by then. More than one turn: serial bytes come by way of the thread pool. */
const CATCH_UP = milliseconds(250);

/**
 * Dates what the devices report after the loop stood still. They stamp it when it is processed, and a press made in
 * between would fire late as a fresh one (I11). It may have been made at any time since the last sign of life, and is
 * dated to that: its time to live then refuses it. A key that went down so stays as far behind until it is released.
 */
export class LoopWatch {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #release: Feed;
  readonly #beats: (period: DurationMs, beat: () => void) => Timer;
  readonly #lags = new Map<AnyKeyName, DurationMs>();
  /** Keys that are down, and since when. */
  readonly #down = new Map<AnyKeyName, MonoMs>();
  readonly #held: TerminalInput[] = [];
  readonly #timers = new Set<Timer>();
  /** Null before the start. */
  #aliveAt: MonoMs | null = null;
  #stoodSince: MonoMs | null = null;

  /** `release` is given what `dated` has held back; `beats` is the clock's `every`. */
  constructor(
    clock: Clock,
    log: Log,
    release: Feed,
    beats: (period: DurationMs, beat: () => void) => Timer = (period, beat) => clock.every(period, beat),
  ) {
    this.#beats = beats;
    this.#clock = clock;
    this.#log = log;
    this.#release = release;
  }

  start(): void {
    this.#aliveAt = this.#clock.mono();
    this.#timers.add(this.#beats(BEAT_PERIOD, () => this.#live()));
  }

  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#held.length = 0;
  }

  /** The input at the earliest instant it may have happened; null when it has to wait for what the devices report. */
  dated(input: TerminalInput): TerminalInput | null {
    this.#live();
    switch (input.type) {
      case "key-edge":
        return this.#datedEdge(input);
      case "badge-presented":
      case "device-spoke":
        return this.#datedBack(input);
      case "woken":
        return input.token.for === "key" ? this.#datedThreshold(input, input.token.key) : input;
      default:
        return input;
    }
  }

  #live(): void {
    if (this.#aliveAt === null) return;
    const now = this.#clock.mono();
    const stood = elapsed(this.#aliveAt, now);
    if (stood > STANDSTILL && this.#stoodSince === null) {
      this.#stoodSince = this.#aliveAt;
      this.#log.warn("loop.stood-still", { forMs: Math.round(stood) });
      const timer = this.#clock.after(CATCH_UP, () => {
        this.#timers.delete(timer);
        this.#caughtUp();
      });
      this.#timers.add(timer);
    }
    this.#aliveAt = now;
  }

  #caughtUp(): void {
    const held = this.#held.splice(0);
    const back = held.map((input) => this.#datedBack(input));
    this.#stoodSince = null;
    for (const input of back) this.#release(input);
  }

  #datedBack<T extends TerminalInput>(input: T): T {
    const { at } = input;
    return this.#stoodSince === null ? input : { ...input, at: monoMs(Math.min(at, this.#stoodSince)) };
  }

  #datedEdge(input: InputOf<"key-edge">): TerminalInput {
    const { key, edge, at } = input;
    const lag = this.#lags.get(key);
    const dated = lag === undefined ? this.#datedBack(input) : { ...input, at: earlier(at, lag) };
    if (edge === "pressed") {
      this.#down.set(key, dated.at);
      if (dated.at < at) this.#lags.set(key, elapsed(dated.at, at));
      return dated;
    }
    // A press that the standstill cut in two was one: its finger was on the key for as long as fingers are.
    const touched = later(this.#down.get(key) ?? dated.at, SHORTEST_TOUCH);
    this.#lags.delete(key);
    this.#down.delete(key);
    return { ...dated, at: monoMs(Math.min(at, Math.max(dated.at, touched))) };
  }

  /** The timer is through at once, the release that came before it may still wait: the finger decides. */
  #datedThreshold(input: InputOf<"woken">, key: AnyKeyName): TerminalInput | null {
    const lag = this.#lags.get(key);
    if (lag !== undefined) return { ...input, at: earlier(input.at, lag) };
    if (this.#stoodSince === null) return input;
    this.#held.push(input);
    return null;
  }
}

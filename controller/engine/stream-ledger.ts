import {
  assert,
  type DurationMs,
  elapsed,
  type MonoMs,
  NEED_INTERVAL,
  type StreamId,
  type TerminalId,
} from "../../protocol/index.ts";
import { cursorKey } from "../core/state.ts";

/** Streams remembered. A terminal has one; a thousand fresh cards in one run of the controller are more than enough. */
export const STREAMS_MAX = 2_048;

/** What the intake remembers of one stream between two messages. It may be forgotten when nothing is under way. */
export interface StreamEntry {
  /** Where the hall's cursors have it: asked for so often that it is written once. */
  readonly key: string;
  readonly terminalId: TerminalId;
  readonly stream: StreamId;
  /** Digests of inputs handed to the engine and not yet committed, by seq. */
  readonly underWay: Map<number, string>;
  /** Highest seq the terminal certainly has and we do not: asked for until it is here. 0 for none. */
  wanted: number;
  lastNeedAt: MonoMs | null;
  needTimerSet: boolean;
}

/** Bounded: the stream that was quiet for longest is forgotten first. */
export class StreamLedger {
  readonly #entries = new Map<string, StreamEntry>();
  readonly #max: number;

  constructor(max: number = STREAMS_MAX) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  entry(terminalId: TerminalId, stream: StreamId): StreamEntry {
    const key = cursorKey(terminalId, stream);
    const known = this.#entries.get(key);
    const entry = known ?? fresh(key, terminalId, stream);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (known === undefined) this.#forgetQuiet(entry);
    return entry;
  }

  #forgetQuiet(newest: StreamEntry): void {
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.#max || entry === newest) return;
      if (entry.underWay.size === 0 && !entry.needTimerSet) this.#entries.delete(key);
    }
  }
}

/** The seq that follows what is committed and what is under way. */
export function expectedSeq(entry: StreamEntry, cursor: number): number {
  let highest = cursor;
  for (const seq of entry.underWay.keys()) highest = Math.max(highest, seq);
  return highest + 1;
}

/** Time until this stream may be asked to resend again; 0 for now. */
export function needDelay(entry: StreamEntry, now: MonoMs): DurationMs {
  const since = entry.lastNeedAt === null ? NEED_INTERVAL : elapsed(entry.lastNeedAt, now);
  assert(since >= 0, "the monotonic clock moves on");
  return Math.max(0, NEED_INTERVAL - since) as DurationMs;
}

function fresh(key: string, terminalId: TerminalId, stream: StreamId): StreamEntry {
  return { key, terminalId, stream, underWay: new Map(), wanted: 0, lastNeedAt: null, needTimerSet: false };
}

import {
  type Ack,
  type Bilingual,
  bilingual,
  type Clock,
  REFUSED_PER_ACK_MAX,
  type TerminalId,
} from "../../protocol/index.ts";
import { REFUSAL_TEXTS } from "../core/refusals.ts";
import type { Engine } from "./engine.ts";
import { expectedSeq, needDelay, type StreamEntry } from "./stream-ledger.ts";

export interface AcknowledgerOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Publishes an acknowledgement; a lost one is repaired by the next. Must not throw. */
  readonly sendAck: (terminalId: TerminalId, ack: Ack) => void;
}

/** An input that was recorded and changed nothing. An empty code means that nothing was refused. */
export interface Refusal {
  readonly seq: number;
  readonly code: string;
}

/** A refusal that an older build wrote and this one has no words for. */
const NOT_DONE = bilingual("未执行", "Not done");

/** Answers streams: one acknowledgement per stream and flush, with what is missing and what was refused. */
export class Acknowledger {
  readonly #options: AcknowledgerOptions;
  readonly #counters: { needs: number; acks: number };
  #due = new Map<StreamEntry, Refusal[]>();
  #askedSoon = false;

  constructor(options: AcknowledgerOptions, counters: { needs: number; acks: number }) {
    this.#options = options;
    this.#counters = counters;
    options.engine.onFlushed(() => this.#sendAcks());
  }

  /** Puts the stream on the list of those answered next: with the running flush, or at the end of this turn. */
  due(entry: StreamEntry, refusal?: Refusal): void {
    const refusals = this.#due.get(entry) ?? [];
    this.#due.set(entry, refusals);
    if (refusal !== undefined && refusal.code !== "") refusals.push(refusal);
    if (this.#askedSoon) return;
    this.#askedSoon = true;
    this.#options.clock.soon(() => {
      this.#askedSoon = false;
      this.#sendAcks();
    });
  }

  #sendAcks(): void {
    if (this.#due.size === 0) return;
    const due = this.#due;
    this.#due = new Map();
    if (this.#options.engine.ended) return;
    for (const [entry, refusals] of due) this.#answer(entry, refusals);
  }

  /** Several acknowledgements, when one cannot name all refusals: none runs ahead of a refusal still to be told. */
  #answer(entry: StreamEntry, refusals: Refusal[]): void {
    const cursor = cursorOf(this.#options.engine, entry);
    let need = this.#needOf(entry);
    let left = refusals.sort((a, b) => a.seq - b.seq);
    do {
      const untold = left[REFUSED_PER_ACK_MAX];
      const upTo = untold === undefined ? cursor : Math.min(cursor, untold.seq - 1);
      this.#send(entry, { upTo, ...(need && { need }) }, left.slice(0, REFUSED_PER_ACK_MAX));
      need = undefined;
      left = left.slice(REFUSED_PER_ACK_MAX);
    } while (left.length > 0);
  }

  #send(entry: StreamEntry, answer: Pick<Ack, "upTo" | "need">, refusals: readonly Refusal[]): void {
    const { engine, sendAck } = this.#options;
    const { at, trusted } = engine.time();
    this.#counters.acks += 1;
    sendAck(entry.terminalId, {
      v: 1,
      epoch: engine.hall.epoch,
      stream: entry.stream,
      upTo: answer.upTo,
      need: answer.need,
      refused: refusals.length > 0 ? refusals.map(inWords) : undefined,
      now: at,
      clockTrusted: trusted,
    });
  }

  /** What to ask for now. Asked too soon after the last time, it is asked when the interval has passed, once. */
  #needOf(entry: StreamEntry): Ack["need"] {
    const { clock } = this.#options;
    const from = expectedSeq(entry, cursorOf(this.#options.engine, entry));
    if (entry.wanted < from) return undefined;
    const delay = needDelay(entry, clock.mono());
    if (delay === 0) {
      entry.lastNeedAt = clock.mono();
      this.#counters.needs += 1;
      return [{ from, to: entry.wanted }];
    }
    if (!entry.needTimerSet) {
      entry.needTimerSet = true;
      clock.after(delay, () => {
        entry.needTimerSet = false;
        this.due(entry);
      });
    }
    return undefined;
  }
}

/** Highest contiguous seq of the stream that is committed. */
export const cursorOf = (engine: Engine, { key }: StreamEntry): number => engine.hall.cursors.get(key) ?? 0;

const inWords = (refusal: Refusal) => ({ ...refusal, text: wordsFor(refusal.code) });

const wordsFor = (code: string): Bilingual =>
  Object.hasOwn(REFUSAL_TEXTS, code) ? REFUSAL_TEXTS[code as keyof typeof REFUSAL_TEXTS] : NOT_DONE;

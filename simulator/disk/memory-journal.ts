import {
  accepted,
  type Desired,
  type EpochMs,
  FORMER_STREAMS_MAX,
  type FormerStream,
  type Input,
  JOURNAL_KEEP,
  JOURNAL_ROWS_MAX,
  refused,
  type Result,
  type StreamId,
} from "../../protocol/index.ts";
import { type Draft, inputOf, type Journal, type JournalState } from "../../terminal/index.ts";

/** What lies on the card: lives on when the journal over it is closed and opened again. */
export interface Card {
  stream: StreamId | null;
  boot: number;
  session: number;
  head: number;
  done: number;
  epochSeen: number;
  face: Desired | null;
  readonly inputs: Map<number, Row>;
  /** Acknowledged inputs of streams that were left behind, oldest first. */
  readonly former: Map<StreamId, Map<number, Row>>;
}

interface Row {
  readonly input: Input;
  acknowledgedMs: number | null;
}

export const blankCard = (): Card => ({
  stream: null,
  boot: 0,
  session: 0,
  head: 0,
  done: 0,
  epochSeen: 0,
  face: null,
  inputs: new Map(),
  former: new Map(),
});

/** The same card as it is now, on its own: what a backup or a torn write leaves. */
export const copyOfCard = (card: Card): Card => ({
  ...card,
  inputs: copyOfRows(card.inputs),
  former: new Map([...card.former].map(([stream, rows]) => [stream, copyOfRows(rows)])),
});

const copyOfRows = (rows: Card["inputs"]): Map<number, Row> =>
  new Map([...rows].map(([seq, row]) => [seq, { ...row }]));

/** The journal's contract without a medium, for virtual time. */
export class MemoryJournal implements Journal {
  readonly #card: Card;
  readonly #newStream: () => StreamId;
  readonly #rowsMax: number;

  constructor(card: Card, newStream: () => StreamId, rowsMax: number = JOURNAL_ROWS_MAX) {
    this.#card = card;
    this.#newStream = newStream;
    this.#rowsMax = rowsMax;
    card.stream ??= newStream();
    card.boot += 1;
  }

  state(): JournalState {
    const { stream, boot, head, done, epochSeen, inputs } = this.#card;
    return { stream: stream ?? this.#newStream(), boot, tail: head - inputs.size + 1, head, done, epochSeen };
  }

  append(draft: Draft): Result<Input, "journal-full"> {
    const card = this.#card;
    const { tail } = this.state();
    if (this.#dropFormer()) {
      // Room is made.
    } else if (card.inputs.size >= this.#rowsMax) {
      if (tail > card.done) return refused("journal-full");
      card.inputs.delete(tail);
    }
    card.head += 1;
    const input = inputOf(draft, card.head, card.boot);
    card.inputs.set(card.head, { input, acknowledgedMs: null });
    return accepted(input);
  }

  nextSession(): number {
    this.#card.session += 1;
    return this.#card.session;
  }

  acknowledge(upTo: number, hallMs: EpochMs): void {
    const card = this.#card;
    for (let seq = card.done + 1; seq <= Math.min(upTo, card.head); seq += 1) {
      const row = card.inputs.get(seq);
      if (row !== undefined) row.acknowledgedMs = hallMs;
      card.done = seq;
    }
  }

  rememberEpoch(epoch: number): void {
    this.#card.epochSeen = Math.max(this.#card.epochSeen, epoch);
  }

  keepFace(face: Desired): void {
    this.#card.face = face;
  }

  keptFace(): Desired | null {
    return this.#card.face;
  }

  read(from: number, to: number): readonly Input[] {
    const inputs: Input[] = [];
    for (let seq = from; seq <= to; seq += 1) {
      const row = this.#card.inputs.get(seq);
      if (row !== undefined) inputs.push(row.input);
    }
    return inputs;
  }

  probe(): "journal-full" | null {
    const { head, tail, done } = this.state();
    if (this.#card.former.size > 0) return null;
    return head - tail + 1 >= this.#rowsMax && tail > done ? "journal-full" : null;
  }

  prune(hallMs: EpochMs): number {
    for (const [stream, rows] of this.#card.former) {
      for (const [seq, { acknowledgedMs }] of rows) {
        if ((acknowledgedMs ?? 0) > hallMs - JOURNAL_KEEP) break;
        rows.delete(seq);
      }
      if (rows.size === 0) this.#card.former.delete(stream);
    }
    for (let seq = this.state().tail; seq <= this.#card.done; seq += 1) {
      const acknowledgedMs = this.#card.inputs.get(seq)?.acknowledgedMs ?? null;
      if (acknowledgedMs === null || acknowledgedMs > hallMs - JOURNAL_KEEP) break;
      this.#card.inputs.delete(seq);
    }
    return this.state().tail;
  }

  beginStream(): void {
    const card = this.#card;
    const carried = this.read(card.done + 1, card.head);
    const left = new Map([...card.inputs].filter(([seq]) => seq <= card.done).toSorted(([a], [b]) => a - b));
    if (left.size > 0 && card.stream !== null) card.former.set(card.stream, left);
    for (const stream of [...card.former.keys()].slice(0, -FORMER_STREAMS_MAX)) card.former.delete(stream);
    card.inputs.clear();
    card.stream = this.#newStream();
    card.done = 0;
    card.head = carried.length;
    for (const [index, input] of carried.entries()) {
      card.inputs.set(index + 1, { input: { ...input, seq: index + 1 }, acknowledgedMs: null });
    }
  }

  former(): readonly FormerStream[] {
    return [...this.#card.former].map(([stream, rows]) => {
      const seqs = [...rows.keys()];
      return { stream, tail: Math.min(...seqs), head: Math.max(...seqs) };
    });
  }

  readFormer(stream: StreamId, from: number, to: number): readonly Input[] {
    const rows = this.#card.former.get(stream) ?? new Map<number, Row>();
    return [...rows].flatMap(([seq, { input }]) => (seq >= from && seq <= to ? [input] : []));
  }

  close(): void {}

  /** When there is no room, the oldest input of a stream that was left behind makes some; false if none does. */
  #dropFormer(): boolean {
    const { inputs, former } = this.#card;
    const rows = [...former.values()].reduce((sum, { size }) => sum + size, inputs.size);
    const [oldest] = former;
    if (oldest === undefined || rows < this.#rowsMax) return false;
    const [stream, left] = oldest;
    for (const [seq] of left) {
      left.delete(seq);
      break;
    }
    if (left.size === 0) former.delete(stream);
    return true;
  }
}

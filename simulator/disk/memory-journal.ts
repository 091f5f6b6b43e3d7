import {
  accepted,
  type Desired,
  type EpochMs,
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
  readonly inputs: Map<number, { readonly input: Input; acknowledgedMs: number | null }>;
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
});

/** The same card as it is now, on its own: what a backup or a torn write leaves. */
export const copyOfCard = (card: Card): Card => ({
  ...card,
  inputs: new Map([...card.inputs].map(([seq, row]) => [seq, { ...row }])),
});

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
    if (card.inputs.size >= this.#rowsMax) {
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
    return head - tail + 1 >= this.#rowsMax && tail > done ? "journal-full" : null;
  }

  prune(hallMs: EpochMs): number {
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
    card.inputs.clear();
    card.stream = this.#newStream();
    card.done = 0;
    card.head = carried.length;
    for (const [index, input] of carried.entries()) {
      card.inputs.set(index + 1, { input: { ...input, seq: index + 1 }, acknowledgedMs: null });
    }
  }

  close(): void {}
}

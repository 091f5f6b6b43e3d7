import {
  type Desired,
  type EpochMs,
  type FormerStream,
  HallError,
  type Input,
  type Result,
  StreamId,
} from "../../protocol/index.ts";
import type { Draft, Journal, JournalState } from "../../terminal/index.ts";
import type { Chance } from "../time/chance.ts";
import type { Life } from "../time/life.ts";
import { type Card, MemoryJournal } from "./memory-journal.ts";

/** What a card does wrong now. */
export type CardFault = "full" | "io-error" | "read-only";

/** What the world sees of a terminal's card, beside the product: each told after the write is on the medium. */
export interface CardWitness {
  onAppended(stream: StreamId, input: Input): void;
  onAcknowledged(stream: StreamId, upTo: number): void;
  onStreamBegun(stream: StreamId): void;
  /** No room, and nothing that may go. */
  onFull?(): void;
  /** It made room by letting go of this one, which was acknowledged. */
  onDropped?(stream: StreamId, seq: number): void;
}

export interface FaultyJournalOptions {
  readonly card: Card;
  readonly life: Life;
  readonly chance: Chance;
  readonly witness: CardWitness;
  /** Null while the card is well. Asked at every write. */
  readonly fault: () => CardFault | null;
  readonly rowsMax?: number | undefined;
}

/**
 * A journal on a card that fails, in a terminal that dies at any write: before it, and nothing of it is there, or
 * after it, and it is there though nobody was told. A write is all or nothing, as an SQLite transaction is.
 */
export class FaultyJournal implements Journal {
  readonly #options: FaultyJournalOptions;
  readonly #inner: MemoryJournal;

  constructor(options: FaultyJournalOptions) {
    this.#options = options;
    const { card, chance, rowsMax } = options;
    this.#inner = this.#write("open", () => new MemoryJournal(card, () => StreamId.parse(chance.uuid()), rowsMax));
  }

  state(): JournalState {
    return this.#inner.state();
  }

  append(draft: Draft): Result<Input, "journal-full"> {
    return this.#write("append", () => {
      const { tail, head } = this.#inner.state();
      const stored = this.#dropping(() => this.#inner.append(draft));
      const { stream, tail: after } = this.#inner.state();
      if (after > tail && tail <= head) this.#options.witness.onDropped?.(stream, tail);
      if (stored.ok) this.#options.witness.onAppended(stream, stored.value);
      else this.#options.witness.onFull?.();
      return stored;
    });
  }

  probe(): "journal-full" | null {
    return this.#write("probe", () => this.#inner.probe());
  }

  nextSession(): number {
    return this.#write("session", () => this.#inner.nextSession());
  }

  acknowledge(upTo: number, hallMs: EpochMs): void {
    this.#write("acknowledge", () => {
      this.#inner.acknowledge(upTo, hallMs);
      const { stream, done } = this.#inner.state();
      this.#options.witness.onAcknowledged(stream, done);
    });
  }

  rememberEpoch(epoch: number): void {
    this.#write("epoch", () => this.#inner.rememberEpoch(epoch));
  }

  keepFace(face: Desired): void {
    this.#write("face", () => this.#inner.keepFace(face));
  }

  keptFace(): Desired | null {
    return this.#inner.keptFace();
  }

  read(from: number, to: number): readonly Input[] {
    return this.#inner.read(from, to);
  }

  prune(hallMs: EpochMs): number {
    return this.#write("prune", () => this.#inner.prune(hallMs));
  }

  beginStream(): void {
    this.#write("stream", () => {
      this.#dropping(() => this.#inner.beginStream());
      this.#options.witness.onStreamBegun(this.#inner.state().stream);
    });
  }

  former(): readonly FormerStream[] {
    return this.#inner.former();
  }

  readFormer(stream: StreamId, from: number, to: number): readonly Input[] {
    return this.#inner.readFormer(stream, from, to);
  }

  close(): void {}

  /** Tells which inputs of streams left behind have made way. */
  #dropping<T>(write: () => T): T {
    const before = this.#inner.former();
    const written = write();
    for (const { stream, tail, head } of before) {
      const after = this.#inner.former().find((one) => one.stream === stream);
      for (let seq = tail; seq < (after?.tail ?? head + 1); seq += 1) this.#options.witness.onDropped?.(stream, seq);
    }
    return written;
  }

  #write<T>(what: string, write: () => T): T {
    const { life, fault } = this.#options;
    life.touch(`journal ${what}, before`);
    const ails = fault();
    if (ails !== null) throw new HallError("JOURNAL_FAILED", `the card is ${ails}`, { ails });
    const written = write();
    life.touch(`journal ${what}, after`);
    return written;
  }
}

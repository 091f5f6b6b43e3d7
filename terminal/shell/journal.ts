import type { Desired, EpochMs, FormerStream, Input, Result, StreamId } from "../../protocol/index.ts";
import type { Draft } from "../core/draft.ts";

/** Full of what nobody has acknowledged yet, or on a medium that takes nothing: full itself, or read-only. */
export type JournalRefusal = "journal-full" | "journal-unwritable";

/** Where a journal stands. Seqs `tail`..`head` are in it without a gap; an empty one has `tail` = `head` + 1. */
export interface JournalState {
  /** Random, new with every fresh journal: seq 1 of a new card is not an old one's. */
  readonly stream: StreamId;
  /** One more with every opening, from 1; a new stream goes on counting. 0: it has not been opened yet. */
  readonly boot: number;
  readonly tail: number;
  /** Highest seq journalled, 0 for none. */
  readonly head: number;
  /** Highest seq known acknowledged, 0 for none. */
  readonly done: number;
  /** Highest controller epoch ever heard. */
  readonly epochSeen: number;
}

/**
 * The terminal's outbox and memory: every input, from before it is accepted until well after the controller has
 * committed it. All calls are synchronous, and what they wrote is on the medium when they return. A medium that fails
 * makes them throw HallError `JOURNAL_FAILED`: the process must end, and promise nothing more. One that refuses writes
 * leaves all that is there as it is: `append` says so, and what the other calls say counts in this boot and is written
 * when the medium takes it.
 */
export interface Journal {
  state(): JournalState;
  /**
   * Gives `draft` the next seq and this boot, in the transaction that stores it. Whatever the room, only acknowledged
   * inputs ever make way for it, the oldest first.
   */
  append(draft: Draft): Result<Input, JournalRefusal>;
  /** Why nothing can be appended now, by trying; null when it can. Writes what had to wait. */
  probe(): JournalRefusal | null;
  /** One more per attempt to connect, from 1, within the stream. */
  nextSession(): number;
  /** Everything up to `upTo` is committed by the controller; `hallMs` is when it said so. Never goes back. */
  acknowledge(upTo: number, hallMs: EpochMs): void;
  /** Never goes back. */
  rememberEpoch(epoch: number): void;
  /** The last face worth keeping, in place of the one before. */
  keepFace(face: Desired): void;
  /** Null when none was kept, or not in a shape this firmware understands. */
  keptFace(): Desired | null;
  /** The inputs `from`..`to` that are here, ascending. */
  read(from: number, to: number): readonly Input[];
  /** Drops inputs, oldest first, that were acknowledged JOURNAL_KEEP or more before `hallMs`. Returns the new tail. */
  prune(hallMs: EpochMs): number;
  /**
   * Begins a new stream, because this one's next seqs are already taken at the controller (the medium has lost its
   * end). All unacknowledged inputs go into it, in order, each with the boot its `monoMs` belongs to. Acknowledged ones
   * stay what they are: inputs of a former stream, for a controller that will be restored from a copy. Boots and
   * sessions go on counting: an older boot is never taken for this one, and the connection it happens on has a session
   * already.
   */
  beginStream(): void;
  /** Former streams of which something is still here, oldest first. What is oldest in them makes way first. */
  former(): readonly FormerStream[];
  /** The inputs `from`..`to` of a former stream that are here, ascending. */
  readFormer(stream: StreamId, from: number, to: number): readonly Input[];
  /** Idempotent. */
  close(): void;
}

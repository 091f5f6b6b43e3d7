import type { EpochMs, StreamId, TerminalId } from "../../protocol/index.ts";

/** The end of the log: seq 0 and `GENESIS_HASH` when it is empty. `hash` is 64 lower-case hex digits. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** One event as it is stored: canonical JSON, and the chain's hash up to and with it. */
export interface LogRecord {
  readonly seq: number;
  readonly record: string;
  readonly hash: string;
}

/** What is remembered of a command that must not act twice. `digest`: of its content, 64 lower-case hex digits. */
export interface CommandKey {
  readonly key: string;
  readonly digest: string;
  /** seq of its first event; where it would have stood, when it made none. */
  readonly firstSeq: number;
  /** What a repeat is answered with. Empty when nothing more than "done" is to be said. */
  readonly answer: string;
}

/** A deletable cache of the fold. Worth nothing until its signature and its place in the chain hold. */
export interface Snapshot {
  /** The state is the fold of the log up to and with this seq. */
  readonly seq: number;
  /** The chain's hash at `seq`. */
  readonly hash: string;
  /** The build that wrote it: another build's state may have another shape. */
  readonly version: string;
  /** Canonical JSON. */
  readonly state: string;
  /** Of `sealText`, by the controller's log key. */
  readonly signature: string;
}

/** An input that was neither applied nor acknowledged, kept as evidence. */
export interface Quarantined {
  readonly atMs: EpochMs;
  readonly terminalId: TerminalId;
  readonly stream: StreamId;
  readonly seq: number;
  readonly reason: string;
  readonly content: string;
}

/** Evidence kept: the newest so many. */
export const QUARANTINE_MAX = 1_000;

export interface Append {
  /** Gapless, the first one right after the head. */
  readonly records: readonly LogRecord[];
  readonly keys: readonly CommandKey[];
}

/** Reading a log that somebody else may be writing. A damaged place throws HallError LOG_UNREADABLE with its `seq`. */
export interface LogReader {
  head(): LogHead;
  /** At most `limit` records in ascending seq, from `fromSeq`. The store may be written to between two of them. */
  read(fromSeq: number, limit: number): Iterable<LogRecord>;
  /** The newest snapshot, unchecked; null when there is none. */
  latestSnapshot(): Snapshot | null;
  /** The highest `firstSeq` of all command keys; 0 when there are none. At most one beyond the head of a whole log. */
  lastKeyAt(): number;
  close(): void;
}

/**
 * The one writer's store. Synchronous. Every failure is a HallError. STORE_FULL and STORE_READ_ONLY: the medium refused
 * the write, nothing of it is there, and `probe` tells when writes may go on. After any other failed `append` nobody
 * knows what the disk holds, and this process must not write again.
 */
export interface EventStore extends LogReader {
  /** All of it or, when it throws, nothing. Durable on return: a power cut right after it loses nothing of it. */
  append(batch: Append): void;
  /**
   * Whether the medium takes writes, durably; throws the failure while it does not. After a failure that ends writing
   * it tries the medium without the log.
   */
  probe(): void;
  findKey(key: string): CommandKey | null;
  /** Replaces older snapshots, save one. */
  saveSnapshot(snapshot: Snapshot): void;
  dropSnapshots(): void;
  /** A ring of QUARANTINE_MAX. */
  quarantine(item: Quarantined): void;
  /** Newest first. */
  quarantined(): readonly Quarantined[];
  /** True after `suspect(true)`, also across restarts: the next start then verifies the whole log before it writes. */
  isSuspect(): boolean;
  suspect(found: boolean): void;
}

/** Signs log heads. Verification holds for what this controller's own key signed, and for nothing else. */
export interface LogSeal {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

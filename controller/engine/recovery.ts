import { canonicalJson, HallError, type Json, type Log, messageOf } from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import { freezeHall } from "../core/snapshot.ts";
import { emptyHall, type HallState } from "../core/state.ts";
import { breakOf, digestOf, endFault, GENESIS, logBroken, verifyChain } from "./chain.ts";
import type { EventStore, LogHead, LogRecord, LogSeal, Snapshot } from "./ports.ts";
import { sealText } from "./snapshots.ts";
import { readEvent } from "./upcast.ts";

/** Logs up to so many events are verified whole before the first write; of longer ones the tail, the rest meanwhile. */
export const VERIFY_AT_START_MAX = 50_000;

export interface RecoveryOptions {
  readonly store: EventStore;
  readonly log: Log;
  readonly seal: LogSeal;
  /** Of this build: a snapshot of another build is not used. */
  readonly version: string;
  readonly evolve: (hall: HallState, event: HallEvent) => void;
  readonly thawHall: (frozen: Json) => HallState;
}

export interface Recovered {
  /** The fold of the whole log. */
  readonly hall: HallState;
  readonly head: LogHead;
  /** What the fold started from; null when it started from the first event. */
  readonly snapshot: Snapshot | null;
  /** False: records up to the snapshot have not been verified yet (`checkInBackground`). */
  readonly verifiedWhole: boolean;
}

/**
 * The hall as the log tells it. Every record that is folded is verified first. HallErrors: LOG_BROKEN, DATA_NEWER,
 * STORE_FAILED; nothing may then be written.
 *
 * No tail is ever cut here. A commit that a power cut tore is dropped by SQLite itself, whose write-ahead log has
 * checksums of its own; nothing of it had been acknowledged. A record that is there and does not verify, also the last
 * one, was therefore whole once: it is damage, or somebody's hand.
 */
export function recoverHall(options: RecoveryOptions): Recovered {
  const { store, log } = options;
  const head = store.head();
  const suspect = store.isSuspect();
  const signed = signedSnapshot(options);
  const snapshot = signed?.version === options.version ? signed : null;
  const verifiedWhole = snapshot === null || suspect || head.seq <= VERIFY_AT_START_MAX;
  if (snapshot !== null && verifiedWhole) verifyUpTo(store, snapshot);
  if (signed !== null) holdAgainst(signed, store, head);
  const cut = endFault(head, store.lastKeyAt());
  if (cut !== null) throw logBroken(head.seq + 1, cut);
  const hall = snapshot === null ? emptyHall() : options.thawHall(JSON.parse(snapshot.state) as Json);
  foldTail(options, hall, snapshot ?? GENESIS, head);
  if (suspect) store.suspect(false);
  // I7: whoever folds the same log from its first event must come to the same digest.
  const state = digestOf(canonicalJson(freezeHall(hall)));
  log.info("log.recovered", { head: head.seq, snapshot: snapshot?.seq ?? 0, verifiedWhole, state });
  return { hall, head, snapshot, verifiedWhole };
}

/** The newest snapshot, if this controller signed it. One that it did not sign is no evidence of anything. */
function signedSnapshot({ store, seal, log }: RecoveryOptions): Snapshot | null {
  const snapshot = store.latestSnapshot();
  if (snapshot === null || seal.verify(sealText(snapshot), snapshot.signature)) return snapshot;
  log.warn("snapshot.not-ours", { seq: snapshot.seq });
  store.dropSnapshots();
  return null;
}

function verifyUpTo(store: EventStore, { seq }: Snapshot): void {
  const verdict = verifyChain(store.read(1, seq));
  if (!verdict.ok) throw logBroken(verdict.badSeq, verdict.reason);
}

/** A log that does not hold the head which was signed has lost its end, or was rewritten. */
function holdAgainst(signed: Snapshot, store: EventStore, head: LogHead): void {
  if (signed.seq > head.seq) throw logBroken(head.seq + 1, `the log ends here, its head was signed at ${signed.seq}`);
  const [there] = readable(store.read(signed.seq, 1));
  if (there?.hash !== signed.hash) throw logBroken(signed.seq, "the log was rewritten before its signed head");
}

function foldTail(options: RecoveryOptions, hall: HallState, from: LogHead, to: LogHead): void {
  let head = from;
  for (const stored of readable(options.store.read(from.seq + 1, to.seq - from.seq))) {
    const reason = breakOf(head, stored);
    if (reason !== null) throw logBroken(head.seq + 1, reason);
    foldStored(options.evolve, hall, stored);
    head = stored;
  }
  if (head.seq !== to.seq) throw logBroken(head.seq + 1, "records are missing");
}

export function foldStored(evolve: RecoveryOptions["evolve"], hall: HallState, stored: LogRecord): void {
  evolve(hall, readEvent(stored));
}

/** What the store cannot read is a broken log, said in the same words. */
function* readable(records: Iterable<LogRecord>): Generator<LogRecord, void, void> {
  try {
    yield* records;
  } catch (thrown) {
    if (!(thrown instanceof HallError) || thrown.code !== "LOG_UNREADABLE") throw thrown;
    throw logBroken(Number(thrown.context["seq"]), messageOf(thrown));
  }
}

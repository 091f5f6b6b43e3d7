import { HallError, messageOf } from "../../protocol/index.ts";
import type { SqliteLogReader } from "../adapters/store/sqlite-log-reader.ts";
import { type ChainVerdict, endFault, verifyChain } from "../engine/chain.ts";
import type { LogRecord, LogSeal } from "../engine/ports.ts";
import { sealText } from "../engine/snapshots.ts";
import { type SealFindings, SealReader } from "./verify-seals.ts";

/** The one line that is printed, and whether the log stands. */
export interface LogVerdict {
  readonly sound: boolean;
  readonly line: string;
}

/**
 * The whole chain, gapless from seq 1; the signature at every day's close; every snapshot's signature and its place in
 * the chain; the file itself. Up to
 * the head as it is at the call: a controller may be writing meanwhile. Without a `seal` signatures are not checked.
 */
export function verifyLog(reader: SqliteLogReader, seal: LogSeal | null, trustedKey: string | null = null): LogVerdict {
  try {
    const lastKeyAt = reader.lastKeyAt(); // Before the head: both may grow meanwhile.
    const { seq } = reader.head();
    const hashes = new Map(reader.snapshots().map((snapshot) => [snapshot.seq, ""]));
    const seals = new SealReader(trustedKey);
    const verdict = verifyChain(noting(reader.read(1, seq), hashes, seals));
    if (!verdict.ok) return broken(verdict.badSeq, verdict.reason);
    if (verdict.head.seq !== seq) return broken(verdict.head.seq + 1, "records are missing");
    const cut = endFault(verdict.head, lastKeyAt);
    return (
      signatureFault(seals.findings()) ??
      snapshotFault(reader, seal, hashes, verdict.head.seq) ??
      (cut === null ? null : broken(seq + 1, cut)) ??
      fileFault(reader) ??
      sound(verdict, seals)
    );
  } catch (thrown) {
    if (!(thrown instanceof HallError) || thrown.code !== "LOG_UNREADABLE") throw thrown;
    return broken(firstUnreadable(reader), messageOf(thrown));
  }
}

export const broken = (seq: number, reason: string): LogVerdict => ({
  sound: false,
  line: `LOG_BROKEN seq ${seq}: ${reason}`,
});

const sound = ({ head }: Extract<ChainVerdict, { ok: true }>, seals: SealReader): LogVerdict => ({
  sound: true,
  line: `${head.seq} events verified, head ${head.hash}; ${signedWords(seals)}`,
});

function signedWords(seals: SealReader): string {
  const { days, last, key } = seals.findings();
  if (key === null) return "no day is signed: the log is from before signatures";
  const waiting = seals.awaiting.map((date) => `, ${date} not yet`).join("");
  if (last === null) return `no day has been signed yet by key ${key}${waiting}`;
  const count = `${days} ${days === 1 ? "day" : "days"} signed`;
  return `${count}, the last ${last.date} at ${last.seq} by key ${last.key}${waiting}`;
}

const signatureFault = ({ fault }: SealFindings): LogVerdict | null =>
  fault === null ? null : { sound: false, line: `${fault.code} seq ${fault.seq}: ${fault.reason}` };

/** Writes the chain's hash beside each seq that is a key of `hashes`, and looks at signatures. */
function* noting(
  records: Iterable<LogRecord>,
  hashes: Map<number, string>,
  seals: SealReader,
): Generator<LogRecord, void, void> {
  for (const record of records) {
    if (hashes.has(record.seq)) hashes.set(record.seq, record.hash);
    yield record;
    seals.note(record); // Only once its place in the chain holds.
  }
}

function snapshotFault(
  reader: SqliteLogReader,
  seal: LogSeal | null,
  hashes: ReadonlyMap<number, string>,
  headSeq: number,
): LogVerdict | null {
  for (const snapshot of reader.snapshots()) {
    const { seq, hash, signature } = snapshot;
    if (seal !== null && !seal.verify(sealText(snapshot), signature)) {
      return { sound: false, line: `SNAPSHOT_BROKEN seq ${seq}: its signature does not hold` };
    }
    if (seq > headSeq) return broken(headSeq + 1, `the log ends here, its head was signed at ${seq}`);
    if (hashes.get(seq) !== hash) return broken(seq, "the log was rewritten before its signed head");
  }
  return null;
}

function fileFault(reader: SqliteLogReader): LogVerdict | null {
  const damage = reader.damage();
  return damage === null ? null : { sound: false, line: `DATA_DAMAGED: ${damage}` };
}

/** Where the log stops being readable, when even its end cannot be found. */
function firstUnreadable(reader: SqliteLogReader): number {
  const verdict = verifyChain(reader.read(1, Number.MAX_SAFE_INTEGER));
  return verdict.ok ? verdict.head.seq + 1 : verdict.badSeq;
}

import { hash } from "node:crypto";
import { canonicalJson, HallError, type Json, messageOf } from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import type { LogHead, LogRecord } from "./ports.ts";

/** What stands before the first record: 32 zero bytes, in hex. */
export const GENESIS_HASH = "0".repeat(64);
export const GENESIS: LogHead = { seq: 0, hash: GENESIS_HASH };

/** The text that is stored, hashed and exported. An event is JSON by construction; interfaces cannot say so. */
export const recordOf = (event: HallEvent): string => canonicalJson(event as unknown as Json);

/** Where what is hashed is put side by side: buffers of its own for every record took a fifth of the whole. */
const bench = Buffer.allocUnsafe(32 * 1024);
/** Of one UTF-16 unit in UTF-8. */
const UNIT_BYTES_MAX = 3;

/** SHA-256 over the 32 bytes of the previous hash and the UTF-8 bytes of the record; lower-case hex. */
export function chainHash(previousHash: string, record: string): string {
  const bytesMax = previousHash.length + record.length * UNIT_BYTES_MAX;
  const bytes = bytesMax <= bench.length ? bench : Buffer.allocUnsafe(bytesMax);
  const begin = bytes.write(previousHash, "hex");
  const end = begin + bytes.write(record, begin, "utf8");
  return hash("sha256", bytes.subarray(0, end), "hex");
}

/** SHA-256 of a text, lower-case hex: digests of inputs, requests and states. */
export const digestOf = (text: string): string => hash("sha256", text, "hex");

export type ChainVerdict =
  | { readonly ok: true; readonly head: LogHead }
  | { readonly ok: false; readonly badSeq: number; readonly reason: string };

/** Why `next` cannot follow `head`; null when it does. */
export function breakOf(head: LogHead, next: LogRecord): string | null {
  if (next.seq !== head.seq + 1) return `record missing: ${next.seq} follows ${head.seq}`;
  if (next.hash !== chainHash(head.hash, next.record)) return "the record does not match its hash";
  return null;
}

/** Verifies records that follow `from`. What the store itself cannot read counts as broken, at the seq it names. */
export function verifyChain(records: Iterable<LogRecord>, from: LogHead = GENESIS): ChainVerdict {
  let head = from;
  try {
    for (const next of records) {
      const reason = breakOf(head, next);
      if (reason !== null) return { ok: false, badSeq: head.seq + 1, reason };
      head = { seq: next.seq, hash: next.hash };
    }
  } catch (thrown) {
    if (!(thrown instanceof HallError) || thrown.code !== "LOG_UNREADABLE") throw thrown;
    return { ok: false, badSeq: head.seq + 1, reason: messageOf(thrown) };
  }
  return { ok: true, head };
}

/** Why a log that ends at `head` is not whole; null when it may be. A key is committed with the events it names. */
export const endFault = ({ seq }: LogHead, lastKeyAt: number): string | null =>
  lastKeyAt <= seq + 1 ? null : `the log ends here, its end is missing: a command was recorded at ${lastKeyAt}`;

/** The one clear line about a broken log. */
export function logBroken(badSeq: number, reason: string): HallError {
  const advice = "nothing is written any more; keep the files, and restore a backup";
  return new HallError("LOG_BROKEN", `the log is broken at seq ${badSeq}: ${reason}; ${advice}`, {
    seq: badSeq,
    reason,
  });
}

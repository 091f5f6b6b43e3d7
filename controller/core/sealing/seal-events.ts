import type { BusinessDate } from "../../../protocol/index.ts";

// Proof of record: from the moment a hall's key is named in its log, the close of every business day signs the log's
// head with it. The signature is an event itself, so whatever comes later is chained over it.

/** What is signed at a day's close. */
export interface DaySeal {
  /** The day that has closed. */
  readonly date: BusinessDate;
  /** The head that is signed, and the first record after the one that was signed before. */
  readonly fromSeq: number;
  readonly seq: number;
  readonly hash: string;
  /** Root of the tree over who is named by these records: one person's part can be shown without the others'. */
  readonly people: string;
  /** Ed25519 public key, 32 bytes as 64 lower-case hex digits. */
  readonly key: string;
  /** Of `daySealText`, 128 lower-case hex digits. */
  readonly signature: string;
}

export interface SealEvents {
  /** Days that close from here on are signed with this key. A second one: the first was lost. */
  "log.key-named": { readonly key: string };
  "day.sealed": DaySeal;
}

export type SealOrder =
  | { readonly type: "name-log-key"; readonly key: string }
  | { readonly type: "seal-day"; readonly seal: DaySeal };

/** Null in a hall whose controller has no key for it. */
export interface SealState {
  readonly key: string;
  /** seq of the last signed head; 0 before the first. */
  readonly sealedTo: number;
  /** Closed days whose close is not signed yet, oldest first. */
  readonly unsealed: readonly BusinessDate[];
}

/** What a signature at a day's close covers. */
export const daySealText = (hall: string, { date, fromSeq, seq, hash, people }: Omit<DaySeal, "key" | "signature">) =>
  ["hallward-day-1", hall, date, fromSeq, seq, hash, people].join("\n");

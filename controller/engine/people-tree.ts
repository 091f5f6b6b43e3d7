import { digestOf } from "./chain.ts";

// A binary hash tree over one leaf per subject (a person, or the hall), sorted by name. With its leaf and the hashes
// beside the way up anybody can check one person's part against a signed root, and learns nothing of the others.

export interface Leaf {
  readonly subject: string;
  /** Records that concern them. */
  readonly count: number;
  /** Of these, in order: see `noteRecord`. */
  readonly digest: string;
}

/** The hashes beside the way from a leaf to the root, from the bottom up. */
export type Proof = readonly { readonly side: "left" | "right"; readonly hash: string }[];

export const NO_RECORDS = digestOf("hallward-records-1");

/** The digest of a subject's records with one more of them. */
export const noteRecord = (
  digest: string,
  { seq, record }: { readonly seq: number; readonly record: string },
): string => digestOf([digest, seq, record].join("\n"));

const leafHash = ({ subject, count, digest }: Leaf): string =>
  digestOf(["hallward-leaf-1", subject, count, digest].join("\n"));
const nodeHash = (left: string, right: string): string => digestOf(["hallward-node-1", left, right].join("\n"));
const sorted = (leaves: readonly Leaf[]): Leaf[] => leaves.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));

/** The level above: pairs are hashed together, an odd last one rises as it is. */
function above(level: readonly string[]): string[] {
  const next: string[] = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left = "", right] = level.slice(at, at + 2);
    next.push(right === undefined ? left : nodeHash(left, right));
  }
  return next;
}

export function rootOf(leaves: readonly Leaf[]): string {
  let level = sorted(leaves).map(leafHash);
  while (level.length > 1) level = above(level);
  return level[0] ?? NO_RECORDS;
}

/** Null when the subject has no leaf. */
export function proofOf(leaves: readonly Leaf[], subject: string): Proof | null {
  const ordered = sorted(leaves);
  let at = ordered.findIndex((leaf) => leaf.subject === subject);
  if (at < 0) return null;
  const proof: { side: "left" | "right"; hash: string }[] = [];
  for (let level = ordered.map(leafHash); level.length > 1; level = above(level)) {
    const beside = level[at % 2 === 0 ? at + 1 : at - 1];
    if (beside !== undefined) proof.push({ side: at % 2 === 0 ? "right" : "left", hash: beside });
    at = Math.floor(at / 2);
  }
  return proof;
}

export const rootThrough = (leaf: Leaf, proof: Proof): string =>
  proof.reduce(
    (hash, { side, hash: beside }) => (side === "left" ? nodeHash(beside, hash) : nodeHash(hash, beside)),
    leafHash(leaf),
  );

import { concerned, documentOf, THE_HALL } from "../core/sealing/concerned.ts";
import { type Leaf, NO_RECORDS, noteRecord } from "./people-tree.ts";
import type { LogRecord } from "./ports.ts";

interface Known {
  count: number;
  digest: string;
}

interface StoredWords {
  readonly type: string;
  readonly actor: unknown;
  readonly data: unknown;
}

/**
 * Reads a log from its first record on and tells, for any stretch of it, whom the records concern: one leaf for
 * everybody on the roster then, and one for the hall, also where nothing concerns them.
 */
export class PeopleLeaves {
  #roster = new Set<string>();
  readonly #owners = new Map<string, readonly string[]>();
  #leaves = new Map<string, Known>();

  /** One record, in order. Whom it concerns. */
  note(stored: Pick<LogRecord, "seq" | "record">): readonly string[] {
    const event = wordsOf(stored.record);
    if (event === null) return [];
    if (event.type === "hall.configured") this.#roster = rosterIn(event.data);
    const subjects = concerned(event, this.#roster, this.#owners);
    const documentId = event.type === "document.filed" ? documentOf(event.data) : null;
    if (documentId !== null) this.#owners.set(documentId, subjects);
    for (const subject of subjects) {
      const known = this.#leaves.get(subject) ?? { count: 0, digest: NO_RECORDS };
      this.#leaves.set(subject, { count: known.count + 1, digest: noteRecord(known.digest, stored) });
    }
    return subjects;
  }

  /** The leaves since the last call, and a new stretch begins. */
  take(): Leaf[] {
    const subjects = new Set([THE_HALL, ...this.#roster, ...this.#leaves.keys()]);
    const leaves = [...subjects].map((subject) => {
      const { count, digest } = this.#leaves.get(subject) ?? { count: 0, digest: NO_RECORDS };
      return { subject, count, digest };
    });
    this.#leaves = new Map();
    return leaves;
  }
}

/** A log may hold what no build can read: it concerns nobody. */
function wordsOf(record: string): StoredWords | null {
  try {
    return JSON.parse(record) as StoredWords;
  } catch {
    return null;
  }
}

function rosterIn(data: unknown): Set<string> {
  const staff = (data as { configuration?: { staff?: readonly { id?: unknown }[] } }).configuration?.staff ?? [];
  return new Set(staff.flatMap(({ id }) => (typeof id === "string" ? [id] : [])));
}

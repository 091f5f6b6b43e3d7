import { isSignedBy } from "../adapters/authority/public-key.ts";
import { type DaySeal, daySealText } from "../core/sealing/seal-events.ts";
import { PeopleLeaves } from "../engine/people-leaves.ts";
import { rootOf } from "../engine/people-tree.ts";
import type { LogRecord } from "../engine/ports.ts";

/** Events after a day's close within which its signature stands in the log; the controller writes it at once. */
export const SEAL_LAG_MAX = 5_000;

export interface SealFault {
  /** Stable: SIGNATURE_BAD, SIGNATURE_FOREIGN, SIGNATURE_MISSING. */
  readonly code: "SIGNATURE_BAD" | "SIGNATURE_FOREIGN" | "SIGNATURE_MISSING";
  readonly seq: number;
  readonly reason: string;
}

export interface SealFindings {
  readonly fault: SealFault | null;
  /** Days whose close is signed. */
  readonly days: number;
  readonly last: DaySeal | null;
  /** Null: the log is from before signatures. */
  readonly key: string | null;
}

interface Closed {
  readonly date: string;
  readonly seq: number;
}

interface Words {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads a log, record by record and from the first one, whose chain is checked elsewhere. */
export class SealReader {
  readonly #leaves = new PeopleLeaves();
  readonly #trusted: string | null;
  #hall = "";
  #day: string | null = null;
  #key: string | null = null;
  #closed: Closed[] = [];
  #fault: SealFault | null = null;
  #days = 0;
  #last: DaySeal | null = null;
  /** Hashes of the places since a day has closed: one of them is what its signature names. */
  #candidates = new Map<number, string>();
  /** Records since the last signed head: they are counted when it is known which head is signed. */
  #pending: LogRecord[] = [];

  /** `trusted`: the hall's key as somebody knows it. Null: the log's own word is taken. */
  constructor(trusted: string | null) {
    this.#trusted = trusted;
  }

  note(stored: LogRecord): void {
    const { type, data } = wordsOf(stored);
    if (type === "day.sealed") this.#noteSeal(stored.seq, data as unknown as DaySeal);
    this.#keep(stored);
    if (type === "hall.configured") this.#hall = hallIn(data);
    if (type === "log.key-named") this.#key = String(data["key"]);
    if (type === "day.opened") this.#noteDay(stored.seq, String(data["date"]));
    if (this.#closed.length > 0) this.#candidates.set(stored.seq, stored.hash);
    const [oldest] = this.#closed;
    if (oldest !== undefined && stored.seq - oldest.seq > SEAL_LAG_MAX) this.#missing(oldest);
  }

  /** While a close waits for its signature nobody knows yet which records it covers. */
  #keep(stored: LogRecord): void {
    if (this.#closed.length > 0) this.#pending.push(stored);
    else this.#leaves.note(stored);
  }

  findings(): SealFindings {
    if (this.#fault === null && this.#last !== null && this.#isForeign(this.#last.key)) {
      this.#blame(
        "SIGNATURE_FOREIGN",
        this.#last.seq,
        "the last signed day is signed with another key than the hall's",
      );
    }
    return { fault: this.#fault, days: this.#days, last: this.#last, key: this.#key };
  }

  /** Closed, and not signed yet at the log's end. */
  get awaiting(): readonly string[] {
    return this.#closed.map(({ date }) => date);
  }

  #noteDay(seq: number, date: string): void {
    if (this.#day !== null && this.#day !== date && this.#key !== null) {
      const [oldest] = this.#closed;
      if (oldest !== undefined) this.#missing(oldest);
      this.#closed.push({ date: this.#day, seq });
    }
    this.#day = date;
  }

  #noteSeal(at: number, seal: DaySeal): void {
    const { date, fromSeq, seq, hash, people, key, signature } = seal;
    const signed = this.#candidates.get(seq);
    const reason = ((): string | null => {
      if (signed !== hash) return `the head signed for ${date} is not the log's at ${seq}`;
      if (fromSeq !== (this.#last?.seq ?? 0) + 1)
        return `the signature of ${date} leaves out records before ${fromSeq}`;
      if (!isSignedBy(key, daySealText(this.#hall, seal), signature)) return `the signature of ${date} does not hold`;
      if (this.#rootUpTo(seq) !== people) return `whom the records concern is not what was signed for ${date}`;
      return null;
    })();
    if (reason !== null) return this.#blame("SIGNATURE_BAD", at, reason);
    if (key !== this.#key) {
      return this.#blame("SIGNATURE_FOREIGN", at, `${date} is signed with a key that the log does not name`);
    }
    this.#days += 1;
    this.#last = seal;
    this.#closed = this.#closed.filter((closed) => closed.seq > seq);
    this.#candidates = new Map();
    for (const stored of this.#pending.splice(0)) this.#keep(stored);
  }

  #rootUpTo(seq: number): string {
    const within = this.#pending.filter((stored) => stored.seq <= seq);
    this.#pending = this.#pending.filter((stored) => stored.seq > seq);
    for (const stored of within) this.#leaves.note(stored);
    return rootOf(this.#leaves.take());
  }

  #isForeign(key: string): boolean {
    return this.#trusted !== null && key !== this.#trusted;
  }

  #missing({ date, seq }: Closed): void {
    this.#blame("SIGNATURE_MISSING", seq, `${date} has closed, and its close is not signed`);
  }

  #blame(code: SealFault["code"], seq: number, reason: string): void {
    this.#fault ??= { code, seq, reason };
  }
}

/** What is no event is somebody else's finding. */
function wordsOf({ record }: LogRecord): Words {
  try {
    const { type, data } = JSON.parse(record) as Partial<Words>;
    return { type: type ?? "", data: data ?? {} };
  } catch {
    return { type: "", data: {} };
  }
}

const hallIn = (data: Readonly<Record<string, unknown>>): string =>
  (data["configuration"] as { readonly hall?: string } | undefined)?.hall ?? "";

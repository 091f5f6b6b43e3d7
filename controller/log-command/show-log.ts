import { canonicalJson, HallError, type Json } from "../../protocol/index.ts";
import { GENESIS_HASH } from "../engine/chain.ts";
import type { LogReader, LogRecord } from "../engine/ports.ts";

export interface ShowRange {
  readonly from: number;
  readonly to: number;
  /** Only this type of event. */
  readonly type?: string | undefined;
}

type Stored = { readonly [key: string]: Json | undefined };

/**
 * One line per event: seq, when it was recorded (UTC), a `?` where the controller did not trust its clock, type, who,
 * and the event's own content. Events of a newer build are shown too: nothing here depends on their shape.
 */
export function* showLog(reader: LogReader, { from, to, type }: ShowRange): Generator<string, void, void> {
  for (const stored of reader.read(from, to - from + 1)) {
    const event = parseStored(stored);
    if (type === undefined || event["type"] === type) yield lineOf(stored.seq, event);
  }
}

/**
 * One JSON object per event: the event as it is stored, with `previousHash` and `hash`. Anybody can check the chain:
 * take those two members out, write the rest as JSON with sorted keys and no blanks (that is the stored record), and
 * `hash` is SHA-256 over the 32 bytes of `previousHash` and the UTF-8 bytes of that text. Before the first event stand
 * 32 zero bytes.
 */
export function* exportLog(reader: LogReader): Generator<string, void, void> {
  let previousHash = GENESIS_HASH;
  for (const stored of reader.read(1, reader.head().seq)) {
    yield canonicalJson({ ...parseStored(stored), previousHash, hash: stored.hash });
    previousHash = stored.hash;
  }
}

function lineOf(seq: number, event: Stored): string {
  const { actor, clock, data, recordedAtMs, type } = event;
  const doubt = clock === "trusted" ? " " : "?";
  const words = [String(seq).padStart(8), `${timeOf(recordedAtMs)}${doubt}`, text(type), actorOf(actor), text(data)];
  return words.join("  ");
}

function timeOf(at: Json | undefined): string {
  return typeof at === "number" && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : "no time";
}

function actorOf(actor: Json | undefined): string {
  const { kind, staffId, terminalId, accountId } = (actor ?? {}) as Stored;
  const name = staffId ?? terminalId ?? accountId;
  return name === undefined ? text(kind) : `${text(kind)}:${text(name)}`;
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : canonicalJson(value ?? null));

function parseStored({ seq, record }: LogRecord): Stored {
  try {
    return JSON.parse(record) as Stored;
  } catch (thrown) {
    throw new HallError("LOG_UNREADABLE", "the record is not JSON", { seq }, thrown);
  }
}

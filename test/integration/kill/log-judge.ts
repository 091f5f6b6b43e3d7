import { join } from "node:path";
import Database from "better-sqlite3";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { breachesIn } from "../../../controller/core/check-hall.ts";
import type { HallEvent } from "../../../controller/core/events.ts";
import { evolve } from "../../../controller/core/hall.ts";
import { freezeHall } from "../../../controller/core/snapshot.ts";
import { emptyHall, type HallState } from "../../../controller/core/state.ts";
import { digestOf, verifyChain } from "../../../controller/engine/chain.ts";
import { readEvent } from "../../../controller/engine/upcast.ts";
import { canonicalJson, Input, INTENT_TTL } from "../../../protocol/index.ts";

/** What a terminal's own disk says: everything up to `done` it holds for committed by the controller. */
export interface JournalPicture {
  readonly stream: string;
  readonly head: number;
  readonly done: number;
  readonly inputs: ReadonlyMap<number, Input>;
}

export function readJournal(directory: string): JournalPicture {
  const database = new Database(join(directory, "journal.sqlite"), { readonly: true, timeout: 5_000 });
  try {
    const read = database.transaction(() => {
      const position = database.prepare("SELECT stream, head, done FROM position").get() as Omit<
        JournalPicture,
        "inputs"
      >;
      const rows = database.prepare("SELECT seq, body FROM input").all() as { seq: number; body: string }[];
      return { ...position, inputs: new Map(rows.map(({ seq, body }) => [seq, Input.parse(JSON.parse(body))])) };
    });
    return read();
  } finally {
    database.close();
  }
}

export interface LogPicture {
  readonly events: readonly HallEvent[];
  /** The fold of the whole log, made here from the first event on. */
  readonly hall: HallState;
  /** Breaches of invariants, each named, seen on the way. */
  readonly breaches: readonly string[];
}

/** Reads the whole log, checks its chain, and folds it with every invariant looked at. */
export function readLog(directory: string): LogPicture {
  const reader = openLogReader(directory);
  try {
    const { seq } = reader.head();
    const chain = verifyChain(reader.read(1, seq));
    const breaches: string[] = chain.ok ? [] : [`I15: seq ${chain.badSeq}: ${chain.reason}`];
    const events = [...reader.read(1, seq)].map(readEvent);
    const hall = emptyHall();
    for (const event of events) {
      evolve(hall, event);
      if (event.type === "ticket.called" || event.type === "staff.signed-on") breaches.push(...breachesIn(hall));
    }
    return { events, hall, breaches: [...breaches, ...breachesIn(hall)] };
  } finally {
    reader.close();
  }
}

/** How many tickets have been called so far; cheap enough to ask again and again. */
export function countCalls(directory: string): number {
  const database = new Database(join(directory, "hall.db"), { readonly: true, timeout: 5_000 });
  try {
    const query = `SELECT count(*) FROM events WHERE record LIKE '%"type":"ticket.called"%'`;
    return Number(database.prepare(query).pluck().get());
  } finally {
    database.close();
  }
}

export const stateDigest = (hall: HallState): string => digestOf(canonicalJson(freezeHall(hall)));

type Caused = Extract<HallEvent["cause"], { kind: "input" }>;
const keyOf = (cause: Pick<Caused, "terminalId" | "stream" | "seq">): string =>
  `${cause.terminalId}/${cause.stream}/${cause.seq}`;

/** Events of the log by the input that caused them. */
export function eventsByInput(events: readonly HallEvent[]): Map<string, HallEvent[]> {
  const byInput = new Map<string, HallEvent[]>();
  for (const event of events) {
    if (event.cause.kind !== "input") continue;
    const key = keyOf(event.cause);
    byInput.set(key, [...(byInput.get(key) ?? []), event]);
  }
  return byInput;
}

/** I1: every input a terminal holds for acknowledged is in the log. */
export function lostInputs(terminal: string, journal: JournalPicture, log: LogPicture): string[] {
  const byInput = eventsByInput(log.events);
  const lost: string[] = [];
  for (let seq = 1; seq <= journal.done; seq += 1) {
    const key = `${terminal}/${journal.stream}/${seq}`;
    if (!byInput.has(key)) lost.push(key);
  }
  return lost;
}

/** I4: the seqs of every stream are 1..n in the order of the log, each input's events together. */
export function unorderedInputs(events: readonly HallEvent[]): string[] {
  const last = new Map<string, number>();
  const faults: string[] = [];
  for (const { cause, seq } of events) {
    if (cause.kind !== "input") continue;
    const stream = `${cause.terminalId}/${cause.stream}`;
    const before = last.get(stream) ?? 0;
    if (cause.seq !== before && cause.seq !== before + 1)
      faults.push(`${stream}: ${cause.seq} after ${before} at ${seq}`);
    last.set(stream, cause.seq);
  }
  return faults;
}

/** I11: no press that acted was older than its time to live, by the terminal's own record of it. */
export function latePresses(terminal: string, journal: JournalPicture, log: LogPicture): string[] {
  const byInput = eventsByInput(log.events);
  const late: string[] = [];
  for (const [seq, input] of journal.inputs) {
    const [event] = byInput.get(`${terminal}/${journal.stream}/${seq}`) ?? [];
    if (event === undefined || input.kind !== "intent" || event.type === "intent.refused") continue;
    if (event.recordedAtMs - input.hallMs > INTENT_TTL) late.push(`${terminal}/${seq} ${event.type}`);
  }
  return late;
}

/** I3: on one business day no queue gives a number twice. */
export function repeatedNumbers(events: readonly HallEvent[]): string[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const event of events) {
    if (event.type !== "ticket.issued") continue;
    const key = `${event.data.date} ${event.data.number}`;
    if (seen.has(key)) repeated.push(key);
    seen.add(key);
  }
  return repeated;
}

/** I3: a ticket is called again only if it was given back to the line; here nothing gives it back. */
export function doubleCalls(events: readonly HallEvent[]): string[] {
  const seen = new Set<string>();
  const doubles: string[] = [];
  for (const event of events) {
    if (event.type !== "ticket.called") continue;
    if (seen.has(event.data.ticketId)) doubles.push(event.data.number);
    seen.add(event.data.ticketId);
  }
  return doubles;
}

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Input } from "../../protocol/index.ts";
import type { KillHall } from "../integration/kill/kill-hall.ts";
import {
  doubleCalls,
  type JournalPicture,
  type LogPicture,
  lostInputs,
  readJournal,
  readLog,
  repeatedNumbers,
  unorderedInputs,
} from "../integration/kill/log-judge.ts";
import type { Fact } from "./facts.ts";
import { PROJECT } from "./machine/virtual-machine.ts";

/** What a disk holds: the hall's log and every terminal's journal, null where there is none that can be read. */
export interface Kept {
  readonly log: LogPicture | null;
  readonly journals: ReadonlyMap<string, JournalPicture>;
  readonly faults: readonly string[];
}

/** Reads the files of a cut disk as the product finds them. */
export function readKept(directory: string, terminals: readonly string[]): Kept {
  const faults: string[] = [];
  const attempt = <T>(what: string, file: string, read: () => T): T | null => {
    if (!existsSync(file)) return null; // Cut before it was made: what was acknowledged before that is missed below.
    try {
      return read();
    } catch (thrown) {
      faults.push(`${what}: ${String(thrown)}`);
      return null;
    }
  };
  const log = attempt("log", join(directory, "hall.db"), () => readLogOnceMade(directory));
  const journals = new Map<string, JournalPicture>();
  for (const terminal of terminals) {
    const home = join(directory, "terminals", terminal);
    const journal = attempt(terminal, join(home, "journal.sqlite"), () => readJournalOnceMade(home));
    if (journal !== null) journals.set(terminal, journal);
    const aside = readdirSync(home).filter((name) => name.includes(".damaged-"));
    faults.push(...aside.map((name) => `${terminal}: ${name}`));
  }
  return { log, journals, faults: [...faults, ...structureFaults(directory, log, journals)] };
}

/** A database without its tables is one that was cut while it was made. */
function readLogOnceMade(directory: string): LogPicture | null {
  return onceMade(() => readLog(directory));
}

function readJournalOnceMade(directory: string): JournalPicture | null {
  return onceMade(() => readJournal(directory));
}

function onceMade<T>(read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    if (/no such table|has no tables|does not say which schema|no log/u.test(String(thrown))) return null;
    throw thrown;
  }
}

function structureFaults(
  directory: string,
  log: LogPicture | null,
  journals: ReadonlyMap<string, JournalPicture>,
): string[] {
  const acknowledged = [...journals].filter(([, journal]) => journal.done > 0);
  if (log === null) return acknowledged.map(([terminal, { done }]) => `${terminal}: ${done} acknowledged, and no log`);
  return [
    ...log.breaches,
    ...unorderedInputs(log.events),
    ...repeatedNumbers(log.events).map((number) => `number twice: ${number}`),
    ...doubleCalls(log.events).map((number) => `called twice: ${number}`),
    ...acknowledged.flatMap(([terminal, journal]) => lostInputs(terminal, journal, log)),
    ...verifyFaults(directory),
  ];
}

/** `hallward log verify`, as a technician would run it. */
function verifyFaults(directory: string): string[] {
  const words = [join(PROJECT, "hallward.ts"), "log", "verify", "--data", directory];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  return status === 0 ? [] : [`log verify: ${stdout.trim()} ${stderr.trim()}`];
}

/** Every fact that somebody was told and that the disk no longer knows. */
export function lostFacts(facts: readonly Fact[], { log, journals }: Kept, hall: KillHall): string[] {
  const known = knownBy(log);
  const badges = new Map([...journals].map(([terminal, { inputs }]) => [terminal, badgesOf(inputs)]));
  const thanked = new Map<string, number>();
  return facts
    .filter((fact) => {
      switch (fact.type) {
        case "ticket":
          return !known.issued.has(fact.id);
        case "called":
          return !known.called.has(fact.number);
        case "acked":
          return (known.last.get(`${fact.terminal}/${fact.stream}`) ?? 0) < fact.upTo;
        case "green":
          return badges.get(fact.terminal)?.has(hall.digestOf(fact.badge)) !== true;
        case "thanked": {
          const count = (thanked.get(fact.terminal) ?? 0) + 1;
          thanked.set(fact.terminal, count);
          return count > ratingsOf(journals.get(fact.terminal)?.inputs);
        }
        case "ready":
        case "settled":
        case "failed":
          return false;
        default:
          return fact;
      }
    })
    .map((fact) => JSON.stringify(fact));
}

/** Strangers' badges begin so; a clerk's own tap is a sign-on, which the log tells in other words. */
const STRANGERS_PREFIX = "F";

/** Every stranger's tap that was green and is not in the hall's log: none, once all journals are acknowledged. */
export function tapsNotInLog(facts: readonly Fact[], { log }: Kept, hall: KillHall): string[] {
  const recorded = new Set<string>();
  for (const event of log?.events ?? []) if (event.type === "badge.recorded") recorded.add(event.data.badge);
  const badges = facts.flatMap((fact) => (fact.type === "green" ? [fact.badge] : []));
  const strangers = badges.filter((badge) => badge.startsWith(STRANGERS_PREFIX));
  return strangers
    .filter((badge) => !recorded.has(hall.digestOf(badge)))
    .map((badge) => `tap not in the log: ${badge}`);
}

/** Facts that promise something. */
export const isPromise = ({ type }: Fact): boolean => !["ready", "settled", "failed"].includes(type);

function knownBy(log: LogPicture | null) {
  const issued = new Set<string>();
  const called = new Set<string>();
  const last = new Map<string, number>();
  for (const event of log?.events ?? []) {
    if (event.type === "ticket.issued") issued.add(event.data.ticketId);
    if (event.type === "ticket.called") called.add(event.data.number);
    if (event.cause.kind !== "input") continue;
    last.set(`${event.cause.terminalId}/${event.cause.stream}`, event.cause.seq);
  }
  return { issued, called, last };
}

const badgesOf = (inputs: ReadonlyMap<number, Input>): Set<string> =>
  new Set(
    [...inputs.values()].flatMap(({ body }) =>
      "badge" in body && typeof body["badge"] === "string" ? [body["badge"]] : [],
    ),
  );

const ratingsOf = (inputs: ReadonlyMap<number, Input> = new Map()): number =>
  [...inputs.values()].filter(({ type }) => type === "rating-given").length;

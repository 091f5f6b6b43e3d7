import { HallId, TerminalId } from "./base/ids.ts";
import { TOPIC_BYTES_MAX } from "./limits.ts";
import { MISFIT, readerOf } from "./schema-reader.ts";

/** The wire's major version. A new one gets new topics, so that old and new never misread each other. */
export const WIRE_MAJOR = 1;

export const TERMINAL_BRANCHES_UP = ["state", "up", "reported", "reply", "health"] as const;
export const TERMINAL_BRANCHES_DOWN = ["ack", "desired", "command"] as const;
export const HALL_BRANCHES_DOWN = ["controller", "board", "calls"] as const;
export type TerminalBranch = (typeof TERMINAL_BRANCHES_UP)[number] | (typeof TERMINAL_BRANCHES_DOWN)[number];
export type HallBranch = (typeof HALL_BRANCHES_DOWN)[number];

/** A topic, taken apart. `up` flows from a terminal to the controller. */
export type Topic =
  | { readonly kind: "hall"; readonly hall: HallId; readonly branch: HallBranch; readonly up: false }
  | {
      readonly kind: "terminal";
      readonly hall: HallId;
      readonly terminal: TerminalId;
      readonly branch: TerminalBranch;
      readonly up: boolean;
    };

const prefixOf = (hall: HallId): string => `hallward/${WIRE_MAJOR}/${hall}`;

/** Topics are few, and thousands of messages go by each: written once, and taken apart once. */
const KEPT_MAX = 4_096;

type TerminalTopics = Readonly<Record<TerminalBranch, string>>;
const written = new Map<TerminalId, { readonly hall: HallId; readonly topics: TerminalTopics }>();

function terminalTopics(hall: HallId, terminal: TerminalId): TerminalTopics {
  const known = written.get(terminal);
  if (known?.hall === hall) return known.topics;
  const branches = [...TERMINAL_BRANCHES_UP, ...TERMINAL_BRANCHES_DOWN];
  const texts = branches.map((branch) => [branch, `${prefixOf(hall)}/terminals/${terminal}/${branch}`]);
  const own = Object.fromEntries(texts) as TerminalTopics;
  if (written.size >= KEPT_MAX) written.clear();
  written.set(terminal, { hall, topics: own });
  return own;
}

/** The only place where topics are written. */
export const topics = {
  hall: (hall: HallId, branch: HallBranch): string => `${prefixOf(hall)}/${branch}`,
  terminal: (hall: HallId, terminal: TerminalId, branch: TerminalBranch): string =>
    terminalTopics(hall, terminal)[branch],
  /** One branch of every terminal: the controller subscribes to the upward ones. */
  everyTerminal: (hall: HallId, branch: TerminalBranch): string => `${prefixOf(hall)}/terminals/+/${branch}`,
} as const;

const readHall = readerOf(HallId);
const readTerminal = readerOf(TerminalId);

const takenApart = new Map<string, Topic>();

/** The only place where topics are read. Null for anything that is not exactly a topic of this wire version. */
export function parseTopic(text: string): Topic | null {
  const known = takenApart.get(text);
  if (known !== undefined) return known;
  const topic = readTopic(text);
  if (topic === null) return null;
  if (takenApart.size >= KEPT_MAX) takenApart.clear();
  takenApart.set(text, topic);
  return topic;
}

function readTopic(text: string): Topic | null {
  if (text.length > TOPIC_BYTES_MAX) return null;
  const [root, major, hallText, ...rest] = text.split("/");
  const hall = readHall(hallText);
  if (root !== "hallward" || major !== String(WIRE_MAJOR) || hall === MISFIT) return null;
  if (rest.length === 1) return hallTopic(hall as HallId, rest[0]);
  const [family, terminalText, branch] = rest;
  const terminal = readTerminal(terminalText);
  if (rest.length !== 3 || family !== "terminals" || terminal === MISFIT) return null;
  return terminalTopic(hall as HallId, terminal as TerminalId, branch);
}

function hallTopic(hall: HallId, branch: string | undefined): Topic | null {
  const known = HALL_BRANCHES_DOWN.find((name) => name === branch);
  return known === undefined ? null : { kind: "hall", hall, branch: known, up: false };
}

function terminalTopic(hall: HallId, terminal: TerminalId, branch: string | undefined): Topic | null {
  const up = TERMINAL_BRANCHES_UP.find((name) => name === branch);
  if (up !== undefined) return { kind: "terminal", hall, terminal, branch: up, up: true };
  const down = TERMINAL_BRANCHES_DOWN.find((name) => name === branch);
  return down === undefined ? null : { kind: "terminal", hall, terminal, branch: down, up: false };
}

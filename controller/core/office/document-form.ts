import { type StaffId, unreachable } from "../../../protocol/index.ts";
import { type HallSeconds, dayNumber, hallSeconds } from "../attendance/hall-time.ts";
import type { Actor } from "../access/actor.ts";
import { configuredPerson } from "../configured.ts";
import { secondsOfDay } from "../policy/session-hours.ts";
import type { HallView } from "../state.ts";
import type { DocumentOf, DocumentRequest } from "./document-request.ts";
import { isKeptBy } from "./kept-paper.ts";
import { officeRefusal, type OfficeRefusal } from "./office-refusals.ts";

/** Hall time as a number; what `formFault` has let pass is always one. */
export const momentIn = (text: string): HallSeconds | null => hallSeconds(text.length === 16 ? `${text}:00` : text);

/** Whom a document is about. */
export function peopleIn(document: DocumentRequest, leaveOf: (documentId: string) => StaffId | null): StaffId[] {
  switch (document.kind) {
    case "meeting":
      return document.persons;
    case "finding":
      return [...new Set([...document.persons, ...document.void.map(({ person }) => person)])];
    case "return": {
      const person = leaveOf(document.leave);
      return person === null ? [] : [person];
    }
    case "out-of-service":
      return [];
    case "leave":
    case "permit":
    case "cover":
    case "lunch-duty":
    case "shifts":
    case "correction":
    case "warning":
    case "objection":
    case "posting":
    case "step":
      return [document.person];
    default:
      return unreachable(document);
  }
}

interface FormAsked {
  readonly document: DocumentRequest;
  readonly actor: Actor;
}

/** What is wrong with a document by itself, with its place; null when it can be read. */
export function formFault(hall: HallView, { document, actor }: FormAsked): OfficeRefusal | null {
  return (
    peopleFault(hall, document) ??
    timeFault(document) ??
    (document.kind === "shifts" ? shiftsFault(document) : null) ??
    placeFault(hall, document, actor)
  );
}

function peopleFault(hall: HallView, document: DocumentRequest): OfficeRefusal | null {
  const named: [string, StaffId][] = [];
  if ("person" in document) named.push(["person", document.person]);
  if ("persons" in document) for (const [at, id] of document.persons.entries()) named.push([`persons[${at}]`, id]);
  if (document.kind === "cover") named.push(["covers", document.covers]);
  const stands = document.kind === "leave" || document.kind === "permit" ? document : null;
  if (stands?.substitute !== undefined) named.push(["substitute", stands.substitute]);
  if (document.kind === "finding") {
    for (const [at, { person }] of document.void.entries()) named.push([`void[${at}].person`, person]);
  }
  for (const [place, id] of named) {
    if (configuredPerson(hall, id) === undefined) return officeRefusal("unknown-person", place);
  }
  if (stands !== null && stands.substitute === stands.person) return officeRefusal("substitute-self", "substitute");
  return document.kind === "cover" && document.covers === document.person
    ? officeRefusal("substitute-self", "covers")
    : null;
}

const MOMENTS = ["from", "to", "at"] as const;

function timeFault(document: DocumentRequest): OfficeRefusal | null {
  const isByDays = document.kind === "cover" || document.kind === "posting";
  for (const key of MOMENTS) {
    const text = (document as Partial<Record<(typeof MOMENTS)[number], string>>)[key];
    if (text === undefined) continue;
    if (isByDays ? dayNumber(text) === null : momentIn(text) === null)
      return officeRefusal(isByDays ? "date-invalid" : "moment-invalid", key);
  }
  for (const key of ["date", "on"] as const) {
    const text = (document as { date?: string; on?: string })[key];
    if (text !== undefined && dayNumber(text) === null) return officeRefusal("date-invalid", key);
  }
  if (document.kind === "finding") {
    const at = document.void.findIndex((entry) => momentIn(entry.at) === null);
    if (at !== -1) return officeRefusal("moment-invalid", `void[${at}].at`);
  }
  if (!("to" in document) || document.to === undefined) return null;
  const { from, to } = document;
  const reversed = isByDays ? to < from : (momentIn(to) ?? 0) <= (momentIn(from) ?? 0);
  return reversed ? officeRefusal("leave-reversed", "to") : null;
}

function shiftsFault({ shifts }: DocumentOf<"shifts">): OfficeRefusal | null {
  for (const [at, [from, to]] of shifts.entries()) {
    if (secondsOfDay(to) <= secondsOfDay(from)) return officeRefusal("shift-reversed", `shifts[${at}]`);
    const former = shifts[at - 1];
    if (former !== undefined && secondsOfDay(from) < secondsOfDay(former[1]))
      return officeRefusal("shifts-overlap", `shifts[${at}]`);
  }
  return null;
}

function placeFault(hall: HallView, document: DocumentRequest, { id }: Actor): OfficeRefusal | null {
  const { evidence } = document;
  // Whoever names a paper may read it: so nobody names what somebody else put in.
  if (evidence !== undefined && !isKeptBy(hall, evidence, id)) return officeRefusal("unknown-evidence", "evidence");
  if (document.kind === "cover" && document.counter !== undefined && !hall.counters.has(document.counter))
    return officeRefusal("unknown-window", "counter");
  if (document.kind !== "out-of-service") return null;
  const { configuration } = hall;
  const ours = [...(configuration?.counters ?? []), ...(configuration?.desks ?? [])];
  return ours.some(({ terminal }) => terminal === document.terminal)
    ? null
    : officeRefusal("unknown-terminal", "terminal");
}

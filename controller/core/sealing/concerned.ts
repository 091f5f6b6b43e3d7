import type { EventType } from "../events.ts";

/** Whom the hall's own records stand under: configuration, days, what terminals reported. No person is called so. */
export const THE_HALL = "";

/** Types from which attendance is derived, and of whom such a record speaks: of the hall, or of those it names. */
const SUBJECTS: { readonly [K in EventType]?: "hall" | "named" } = {
  "hall.configured": "hall",
  "day.opened": "hall",
  "hall.restored": "hall",
  "attendance.reported": "hall",
  "attendance.published": "hall",
  "counter.paused": "named",
  "counter.resumed": "named",
  "badge.recorded": "named",
  "badge.noted": "named",
  "staff.signed-on": "named",
  "staff.took-over": "named",
  "staff.became-acting": "named",
  "staff.signed-off": "named",
  "staff.went-out": "named",
  "staff.came-back": "named",
  "duty.ended": "named",
  "document.filed": "named",
  "document.signed": "named",
};

/** A signature names its document alone: whose it is stands in what was filed. */
type DocumentOwners = ReadonlyMap<string, readonly string[]>;

interface Concern {
  readonly type: string;
  readonly actor: unknown;
  readonly data: unknown;
}

/**
 * Whom an event is about, of `roster`: nobody, the hall, or everybody it names. What names nobody of the roster is the
 * hall's. The same log gives the same answer for ever: signatures rest on it.
 */
export function concerned(event: Concern, roster: ReadonlySet<string>, owners: DocumentOwners): readonly string[] {
  const kind = Object.hasOwn(SUBJECTS, event.type) ? SUBJECTS[event.type as EventType] : undefined;
  if (kind === undefined) return [];
  if (kind === "hall") return [THE_HALL];
  const documentId = documentOf(event.data);
  const named = [...namedIn(event.actor), ...namedIn(event.data), ...(owners.get(documentId ?? "") ?? [])];
  const people = [...new Set(named.filter((name) => roster.has(name)))].toSorted();
  return people.length === 0 ? [THE_HALL] : people;
}

/** The document an event speaks of, if any. */
export function documentOf(data: unknown): string | null {
  const id = data !== null && typeof data === "object" && "documentId" in data ? data.documentId : null;
  return typeof id === "string" ? id : null;
}

/** Every text in a value: ids of people are never anything else. */
function namedIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((part) => namedIn(part));
}

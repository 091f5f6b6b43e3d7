import type { Json, TicketId } from "../../protocol/index.ts";
import { freezeBook, thawBook } from "./appointments/appointment-book.ts";
import { freezeOffice, thawOffice } from "./office/office-snapshot.ts";
import { enterLine } from "./queue/lines.ts";
import { emptyHall, type HallState, type HallView } from "./state.ts";

// Lines and the set of open numbers follow from the tickets, so they are built again and not stored: what is stored
// once cannot contradict itself.

/** Maps of the state that are stored as they are, as lists of entries sorted by key. */
const STORED_MAPS = [
  "series",
  "tally",
  "tickets",
  "counters",
  "counterAt",
  "staff",
  "staffByBadge",
  "ratings",
  "terminals",
  "cursors",
  "voices",
] as const;
const STORED_VALUES = [
  "position",
  "epoch",
  "lastRecordedAtMs",
  "startedAtMs",
  "configuration",
  "day",
  "pendingCalls",
  "lately",
  "boardLines",
] as const;

/**
 * The state as plain JSON, parts of it shared: to be made text of before the hall changes. Equal states give equal
 * canonical JSON, so that a digest of it can be compared (I7).
 */
export function freezeHall(hall: HallView): Json {
  const frozen: Record<string, unknown> = {};
  for (const name of STORED_VALUES) frozen[name] = hall[name];
  // Only where there was one: the state of every other hall stays what it was to older builds.
  if (hall.restored !== null) {
    // Sorted: they were met in the order of the tickets' map, which a thawed hall has by key.
    Object.assign(frozen, { restored: hall.restored, unconfirmed: [...hall.unconfirmed].sort() });
  }
  if (hall.guess !== null) frozen["guess"] = hall.guess;
  if (hall.seals !== null) frozen["seals"] = hall.seals;
  if (hall.appointments !== null) frozen["appointments"] = freezeBook(hall.appointments);
  if (hall.office !== null) frozen["office"] = freezeOffice(hall.office);
  for (const name of STORED_MAPS) {
    const entries = [...(hall[name] as ReadonlyMap<string, unknown>)];
    frozen[name] = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }
  return frozen as Json;
}

/** The inverse of `freezeHall`, for text this program has written and signed itself. */
export function thawHall(frozen: Json): HallState {
  const stored = structuredCloneOf(frozen) as Record<string, unknown>;
  const hall = emptyHall();
  for (const name of STORED_VALUES) Object.assign(hall, { [name]: stored[name] });
  hall.restored = (stored["restored"] ?? null) as HallState["restored"];
  for (const ticketId of (stored["unconfirmed"] ?? []) as TicketId[]) hall.unconfirmed.add(ticketId);
  hall.guess = (stored["guess"] ?? null) as HallState["guess"];
  hall.seals = (stored["seals"] ?? null) as HallState["seals"];
  hall.office = thawOffice(stored["office"]);
  hall.appointments = thawBook(stored["appointments"]);
  for (const name of STORED_MAPS) {
    const map = hall[name] as Map<string, unknown>;
    for (const [key, value] of stored[name] as [string, unknown][]) map.set(key, value);
  }
  for (const ticket of hall.tickets.values()) {
    hall.openNumbers.add(ticket.number);
    if (ticket.phase === "waiting") enterLine(hall, ticket);
  }
  return hall;
}

const structuredCloneOf = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

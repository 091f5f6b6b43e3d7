import { HELD_MAX } from "../../protocol/index.ts";
import { isShared, peopleAt } from "./staff/authority.ts";
import type { HallView } from "./state.ts";

/**
 * The invariants that can be read off the state, each with its number (ARCHITECTURE.md). Empty when all hold. Called
 * after recovery, by the tests after every step, and by the running hall once an hour; the cheap ones are asserted at
 * every event too.
 */
export function breachesIn(hall: HallView): string[] {
  return [
    ...ticketBreaches(hall),
    ...holdingBreaches(hall),
    ...dutyBreaches(hall),
    ...tallyBreaches(hall),
    ...lineBreaches(hall),
  ];
}

/** I3, I5: numbers are unique among open tickets, a ticket is at one counter at most, and where it says it is. */
function ticketBreaches(hall: HallView): string[] {
  const breaches: string[] = [];
  const atCounter = new Map<string, string>();
  for (const counter of hall.counters.values()) {
    if (counter.visit === null) continue;
    const { ticketId, number, phase } = counter.visit;
    const other = atCounter.get(ticketId);
    if (other !== undefined) breaches.push(`I5: ticket ${number} is at counters ${other} and ${counter.counterId}`);
    atCounter.set(ticketId, counter.counterId);
    if (hall.tickets.get(ticketId)?.phase !== phase) breaches.push(`I5: ticket ${number} is not ${phase}`);
  }
  const numbers = new Set<string>();
  for (const ticket of hall.tickets.values()) {
    if (numbers.has(ticket.number)) breaches.push(`I3: number ${ticket.number} is open twice`);
    numbers.add(ticket.number);
    const inHand = ticket.phase === "called" || ticket.phase === "serving";
    if (inHand !== atCounter.has(ticket.ticketId)) breaches.push(`I5: ticket ${ticket.number} is ${ticket.phase}`);
  }
  return breaches;
}

/** I5, I13: a held ticket is held at one counter of the hall, and no counter holds more than it may. */
function holdingBreaches(hall: HallView): string[] {
  const breaches: string[] = [];
  const heldAt = new Map<string, number>();
  for (const { phase, held, number } of hall.tickets.values()) {
    if ((phase === "held") !== (held !== null)) breaches.push(`I5: ticket ${number} is ${phase}, held or not`);
    if (held === null) continue;
    if (!hall.counters.has(held.counterId)) breaches.push(`I5: ticket ${number} is held at no counter`);
    heldAt.set(held.counterId, (heldAt.get(held.counterId) ?? 0) + 1);
  }
  for (const [counterId, count] of heldAt) {
    if (count > HELD_MAX) breaches.push(`I13: counter ${counterId} holds ${count} tickets`);
  }
  return breaches;
}

/** I5: a clerk is on duty at one counter at most, and both sides agree. */
function dutyBreaches(hall: HallView): string[] {
  const breaches: string[] = [];
  for (const counter of hall.counters.values()) {
    if (counter.onDuty === null) {
      if (counter.visit !== null) breaches.push(`I5: counter ${counter.counterId} serves with nobody on duty`);
      if (counter.colleague !== null) breaches.push(`I5: counter ${counter.counterId} has a colleague of nobody`);
    } else if (counter.colleague === counter.onDuty) {
      breaches.push(`I5: ${counter.onDuty} is at counter ${counter.counterId} twice`);
    }
    if (counter.colleague !== null && !isShared(hall, counter.counterId)) {
      breaches.push(`I5: counter ${counter.counterId} is not shared and has two people`);
    }
    for (const staffId of peopleAt(counter)) {
      if (hall.staff.get(staffId)?.onDutyAt === counter.counterId) continue;
      breaches.push(`I5: ${staffId} is on duty at ${counter.counterId} and elsewhere`);
    }
    if (counter.maintenance !== null && counter.onDuty !== null) {
      breaches.push(`I5: counter ${counter.counterId} is open in maintenance`);
    }
  }
  for (const person of hall.staff.values()) {
    const there = person.onDutyAt === null ? undefined : hall.counters.get(person.onDutyAt);
    const isThere = there !== undefined && peopleAt(there).includes(person.staffId);
    if (person.onDutyAt !== null && !isThere) breaches.push(`I5: ${person.staffId} is nowhere`);
  }
  return breaches;
}

/** I6, per queue of issue and business day: issued = open (waiting, called, serving, held) + closed in any way. */
function tallyBreaches(hall: HallView): string[] {
  const open = Map.groupBy(hall.tickets.values(), (ticket) => ticket.homeQueueId);
  const breaches: string[] = [];
  for (const [queueId, { issued, ...closed }] of hall.tally) {
    const accounted = Object.values(closed).reduce((sum, count) => sum + count, open.get(queueId)?.length ?? 0);
    if (issued !== accounted) breaches.push(`I6: ${queueId} issued ${issued}, accounted ${accounted}`);
  }
  return breaches;
}

/** I6 as the lines have it: every waiting ticket stands in exactly one, or its paper is still awaited. */
function lineBreaches(hall: HallView): string[] {
  const places = [...hall.lines.values(), ...hall.boundLines.values()].flatMap((line) => line.ticketIds());
  const aside = [...hall.unconfirmed].filter((ticketId) => hall.tickets.get(ticketId)?.phase === "waiting");
  const standing = [...places, ...hall.unprinted, ...aside];
  const breaches: string[] = [];
  if (new Set(standing).size !== standing.length) breaches.push("I6: a ticket stands in two lines");
  for (const ticketId of standing) {
    if (hall.tickets.get(ticketId)?.phase !== "waiting") breaches.push(`I6: ${ticketId} stands in line and waits not`);
  }
  const waiting = [...hall.tickets.values()].filter(({ phase }) => phase === "waiting").length;
  if (waiting !== standing.length) breaches.push(`I6: ${waiting} waiting, ${standing.length} in line`);
  return breaches;
}

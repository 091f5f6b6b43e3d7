import type { HallView } from "./state.ts";

/**
 * The invariants that can be read off the state, each with its number (ARCHITECTURE.md). Empty when all hold. Called
 * after recovery, by the tests after every step, and by the running hall once an hour; the cheap ones are asserted at
 * every event too.
 */
export function breachesIn(hall: HallView): string[] {
  return [...ticketBreaches(hall), ...dutyBreaches(hall), ...tallyBreaches(hall)];
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
    const inHand = ticket.phase !== "waiting";
    if (inHand !== atCounter.has(ticket.ticketId)) breaches.push(`I5: ticket ${ticket.number} is ${ticket.phase}`);
  }
  return breaches;
}

/** I5: a clerk is on duty at one counter at most, and both sides agree. */
function dutyBreaches(hall: HallView): string[] {
  const breaches: string[] = [];
  for (const counter of hall.counters.values()) {
    if (counter.onDuty === null) {
      if (counter.visit !== null) breaches.push(`I5: counter ${counter.counterId} serves with nobody on duty`);
    } else if (hall.staff.get(counter.onDuty)?.onDutyAt !== counter.counterId) {
      breaches.push(`I5: ${counter.onDuty} is on duty at ${counter.counterId} and elsewhere`);
    }
  }
  for (const person of hall.staff.values()) {
    const there = person.onDutyAt === null ? undefined : hall.counters.get(person.onDutyAt);
    if (person.onDutyAt !== null && there?.onDuty !== person.staffId) breaches.push(`I5: ${person.staffId} is nowhere`);
  }
  return breaches;
}

/** I6, per queue and business day: issued = waiting + called + serving + served + no-show + ended with the day. */
function tallyBreaches(hall: HallView): string[] {
  const open = new Map<string, { waiting: number; all: number }>();
  for (const { queueId, phase } of hall.tickets.values()) {
    const count = open.get(queueId) ?? { waiting: 0, all: 0 };
    open.set(queueId, { waiting: count.waiting + (phase === "waiting" ? 1 : 0), all: count.all + 1 });
  }
  const breaches: string[] = [];
  for (const [queueId, tally] of hall.tally) {
    const { waiting, all } = open.get(queueId) ?? { waiting: 0, all: 0 };
    const accounted = all + tally.served + tally.noShow + tally.dayEnded;
    if (tally.issued !== accounted) breaches.push(`I6: ${queueId} issued ${tally.issued}, accounted ${accounted}`);
    const inLine = hall.lines.get(queueId)?.size ?? 0;
    if (inLine !== waiting) breaches.push(`I6: ${queueId} has ${waiting} waiting, ${inLine} in line`);
  }
  return breaches;
}

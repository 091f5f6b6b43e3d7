import type { HallEvent } from "../../controller/index.ts";
import { forgottenTimes, wasRestored } from "./allowances.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { uniqueIds as uniqueIdsOf } from "./jepsen/unique-ids.ts";

/**
 * I3: one input has at most one place in the log; ids are given once; a number is never open twice; a paper in
 * somebody's hand is in the log with that number; the same request never gets two tickets.
 */
export const uniqueIds: Checker = {
  name: "unique-ids",
  kind: "correctness",
  check: (evidence) => [
    ...repeated(
      "ticket",
      idsOf(evidence.events, "ticket.issued", ({ ticketId }) => ticketId),
    ),
    ...repeated(
      "visit and call",
      idsOf(evidence.events, "ticket.called", ({ callId }) => callId),
    ),
    ...openTwice(evidence.events),
    ...papers(evidence),
    ...ghosts(evidence),
    ...effectsOfOneInput(evidence.events),
  ],
};

function idsOf<T extends HallEvent["type"]>(
  events: readonly HallEvent[],
  type: T,
  idOf: (data: Extract<HallEvent, { type: T }>["data"]) => string,
): string[] {
  return events.flatMap((event) => (event.type === type ? [idOf(event.data as never)] : []));
}

function repeated(what: string, ids: readonly string[]): Violation[] {
  const { duplicated } = uniqueIdsOf(ids);
  return [...duplicated].map(([id, times]) => ({ invariant: "I3", detail: `${what} id given ${times} times: ${id}` }));
}

function openTwice(events: readonly HallEvent[]): Violation[] {
  const open = new Map<string, string>();
  const violations: Violation[] = [];
  for (const event of events) {
    if (event.type === "ticket.issued" || event.type === "ticket.re-entered") {
      const { number, ticketId } = event.data;
      const holder = open.get(number);
      if (holder !== undefined && holder !== ticketId) {
        violations.push({ invariant: "I3", detail: `number ${number} is open twice at seq ${event.seq}` });
      }
      open.set(number, ticketId);
    } else if (event.type === "ticket.closed") {
      for (const [number, ticketId] of open) if (ticketId === event.data.ticketId) open.delete(number);
    } else if (event.type === "visit.ended" && open.has(event.data.number)) open.delete(event.data.number);
  }
  return violations;
}

/** No more tickets than anybody asked for: a kiosk that asks again is given the same one. */
function ghosts({ history, events }: Evidence): Violation[] {
  const asked = new Set(history.of("ticket-asked").map(({ key }) => key)).size;
  const issued = events.filter((event) => event.type === "ticket.issued" && event.data.late === null).length;
  return issued <= asked ? [] : [{ invariant: "I3", detail: `${asked} asked for a ticket, ${issued} were issued` }];
}

function papers({ history, events }: Evidence): Violation[] {
  const violations: Violation[] = [];
  const issued = new Map(
    events.flatMap((event) => (event.type === "ticket.issued" ? [[event.data.ticketId, event.data.number]] : [])),
  );
  const byKey = new Map<string, string>();
  const byNumber = new Map<string, string>();
  const isForgotten = forgottenTimes(history);
  const mayAnswerAgain = wasRestored(history);
  // A clock that was a day ahead for long is believed, and begins a new day with its numbers.
  const cameRound = comingRound(events);
  const days = events.filter((event) => event.type === "day.opened").length;
  for (const { atMs, key, ticketId, number } of history.of("ticket-handed-out")) {
    const forgotten = isForgotten(atMs);
    const former = byKey.get(key);
    if (former !== undefined && former !== ticketId && !mayAnswerAgain) {
      violations.push({ invariant: "I3", detail: `one request, two tickets: ${former} and ${ticketId}` });
    }
    byKey.set(key, ticketId);
    const holder = byNumber.get(number);
    // Within a day the same number of series A on two papers is wrong, also after a restore, until it has none left.
    const twice = holder !== undefined && holder !== ticketId && number.startsWith("A") && days <= 1;
    if (twice && !cameRound(holder, ticketId)) {
      violations.push({ invariant: "I3", detail: `number ${number} is on two papers` });
    }
    byNumber.set(number, ticketId);
    if (issued.get(ticketId) !== number && !forgotten) {
      violations.push({ invariant: "I1", detail: `ticket ${number} was handed out and is not in the log` });
    }
  }
  return violations;
}

const LAST_OF_A = "A999";

/** Whether `later` was given after the last number of its series, with the ticket that had its number before over. */
export function comingRound(events: readonly HallEvent[]): (former: string, later: string) => boolean {
  const issued = new Map<string, number>();
  const over = new Map<string, number>();
  let last = Number.POSITIVE_INFINITY;
  for (const event of events) {
    if (event.type === "ticket.closed") over.set(event.data.ticketId, event.seq);
    if (event.type !== "ticket.issued") continue;
    issued.set(event.data.ticketId, event.seq);
    if (event.data.number === LAST_OF_A) last = Math.min(last, event.seq);
  }
  return (former, later) => {
    const at = issued.get(later) ?? 0;
    return at > last && (over.get(former) ?? Number.POSITIVE_INFINITY) < at;
  };
}

/** Everything one input comes to is written in one go: a second effect would stand apart from the first. */
function effectsOfOneInput(events: readonly HallEvent[]): Violation[] {
  const lastOf = new Map<string, number>();
  const violations: Violation[] = [];
  for (const { cause, seq } of events) {
    if (cause.kind !== "input") continue;
    const key = `${cause.terminalId}/${cause.stream}/${cause.seq}`;
    const last = lastOf.get(key);
    if (last !== undefined && last !== seq - 1) {
      violations.push({ invariant: "I3", detail: `input ${key} acted at seq ${last} and again at ${seq}` });
    }
    lastOf.set(key, seq);
  }
  return violations;
}

import type { HallEvent } from "../../controller/index.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";

/** First in line, before every class. */
const FIRST = -100;

interface Waiting {
  readonly number: string;
  readonly enteredAtMs: number;
  readonly seq: number;
  readonly classRank: number;
  rank: number;
  queueId: string;
  counterId: string | null;
  staffId: string | null;
  /** Its paper is not seen yet, or nobody has confirmed it after a restore. */
  aside: boolean;
  waits: boolean;
}

/**
 * Nobody is overtaken: of all tickets that wait for a window, the one that is called is first by rank, then by time of
 * entry, then by place in the log. Reckoned anew from the log, by sorting all of them for every call.
 */
export const fairness: Checker = {
  name: "fairness",
  kind: "correctness",
  check({ events, plan }) {
    const tickets = new Map<string, Waiting>();
    const violations: Violation[] = [];
    for (const event of events) {
      if (event.type === "ticket.called") {
        const overtaken = overtakenBy(event.data, tickets, plan);
        if (overtaken !== null) {
          const detail = `seq ${event.seq}: ${event.data.number} at ${event.data.counterId} before ${overtaken}`;
          violations.push({ invariant: "fairness", detail });
        }
      }
      follow(tickets, event);
    }
    return violations;
  },
};

type Called = Extract<HallEvent, { type: "ticket.called" }>["data"];

function overtakenBy(called: Called, tickets: ReadonlyMap<string, Waiting>, plan: Evidence["plan"]): string | null {
  if (called.rule !== "strict") return null;
  const queues: readonly string[] = plan.configuration.counters.find(({ id }) => id === called.counterId)?.queues ?? [];
  const [first] = [...tickets.entries()]
    .filter(([, { waits, aside }]) => waits && !aside)
    .filter(([, { queueId, counterId, staffId }]) => {
      if (counterId !== null) return counterId === called.counterId;
      return staffId === null ? queues.includes(queueId) : staffId === called.staffId;
    })
    .toSorted(([, a], [, b]) => a.rank - b.rank || a.enteredAtMs - b.enteredAtMs || a.seq - b.seq);
  if (first === undefined) return "nobody: it did not wait here";
  return first[0] === called.ticketId ? null : first[1].number;
}

function follow(tickets: Map<string, Waiting>, event: HallEvent): void {
  if (event.type === "hall.restored") for (const ticket of tickets.values()) ticket.aside = true;
  if (event.type === "ticket.issued") tickets.set(event.data.ticketId, issued(event));
  const ticket = "ticketId" in event.data ? tickets.get(event.data.ticketId) : undefined;
  if (ticket === undefined) return;
  switch (event.type) {
    case "ticket.printed":
    case "ticket.confirmed":
      ticket.aside = false;
      return;
    case "ticket.called":
      Object.assign(ticket, { waits: false, aside: false });
      return;
    case "ticket.held":
    case "ticket.closed":
      ticket.waits = false;
      return;
    case "ticket.returned":
      Object.assign(ticket, { waits: true, rank: FIRST });
      return;
    case "ticket.re-entered":
      Object.assign(ticket, { waits: true, aside: false, rank: FIRST, counterId: null, staffId: null });
      Object.assign(ticket, event.data.boundTo); // It was closed at a restore, or came back since: nobody asks for it.
      return;
    case "ticket.released":
      Object.assign(ticket, { counterId: null, staffId: null });
      return;
    case "ticket.transferred": {
      const { queueId, boundTo, first } = event.data;
      const rank = first ? FIRST : ticket.classRank;
      Object.assign(ticket, { waits: true, queueId, rank, counterId: null, staffId: null, ...boundTo });
      return;
    }
    default:
  }
}

function issued({ seq, recordedAtMs, data }: Extract<HallEvent, { type: "ticket.issued" }>): Waiting {
  const { number, rank, queueId, print } = data;
  const bound = { counterId: null, staffId: null };
  const place = { enteredAtMs: recordedAtMs, seq, classRank: rank, rank };
  return { number, queueId, ...bound, ...place, aside: print === "awaited", waits: true };
}

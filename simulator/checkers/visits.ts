import type { Checker, Violation } from "./checker.ts";

/** I3, I5, I6 from the log alone: one ticket at a counter, one counter for a ticket, and every ticket accounted for. */
export const visits: Checker = {
  name: "visits",
  kind: "correctness",
  check({ events, final }) {
    const at = new Map<string, string>();
    const open = new Set<string>();
    const violations: Violation[] = [];
    const free = (ticketId: string): void => {
      for (const [counterId, other] of at) if (other === ticketId) at.delete(counterId);
    };
    const ofVisit = new Map<string, string>();
    for (const event of events) {
      if (event.type === "ticket.issued" || event.type === "ticket.re-entered") open.add(event.data.ticketId);
      else if (event.type === "ticket.called") {
        const { ticketId, counterId, number, visitId } = event.data;
        ofVisit.set(visitId, ticketId);
        const elsewhere = [...at].find(([, other]) => other === ticketId)?.[0];
        if (elsewhere !== undefined) {
          violations.push({ invariant: "I3", detail: `seq ${event.seq}: ${number} is called, and is at ${elsewhere}` });
        }
        if (at.has(counterId)) {
          violations.push({ invariant: "I5", detail: `seq ${event.seq}: ${number} is called to a busy ${counterId}` });
        }
        if (!open.has(ticketId)) {
          violations.push({ invariant: "I6", detail: `seq ${event.seq}: ${number} is called and is not open` });
        }
        at.set(counterId, ticketId);
      } else if (
        event.type === "ticket.returned" ||
        event.type === "ticket.held" ||
        event.type === "ticket.transferred"
      ) {
        free(event.data.ticketId);
      } else if (event.type === "ticket.closed") {
        free(event.data.ticketId);
        open.delete(event.data.ticketId);
      } else if (event.type === "visit.ended") free(ofVisit.get(event.data.visitId) ?? "");
    }
    if (final.hall === null) return violations;
    const known = new Set<string>(final.hall.tickets.keys());
    for (const id of known.symmetricDifference(open)) {
      violations.push({
        invariant: "I6",
        detail: `ticket ${id} is open ${known.has(id) ? "in the hall" : "by the log"} only`,
      });
    }
    return violations;
  },
};

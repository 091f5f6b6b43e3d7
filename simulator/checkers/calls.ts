import { forgottenTimes } from "./allowances.ts";
import type { Checker, Violation } from "./checker.ts";
import { storedAt } from "./timeline.ts";

/** I18 as citizens see it: what a nameplate or the voice calls is in the log, was so before, and for that counter. */
export const calls: Checker = {
  name: "calls",
  kind: "correctness",
  check(evidence) {
    const { history, events } = evidence;
    const timeOf = storedAt(evidence);
    const forgotten = forgottenTimes(history);
    const called = new Map<string, number>();
    const calledIds = new Map<string, number>();
    for (const event of events) {
      if (event.type === "ticket.called") {
        const key = `${event.data.number} ${event.data.counterId}`;
        called.set(key, Math.min(called.get(key) ?? Number.POSITIVE_INFINITY, timeOf(event.seq)));
      }
      if (event.type === "ticket.called" || event.type === "ticket.recalled") {
        calledIds.set(event.data.callId, timeOf(event.seq));
      }
    }
    const violations: Violation[] = [];
    const restored = history.of("controller-restored").length > 0;
    for (const { atMs, number, counterId } of history.of("call-shown")) {
      const at = called.get(`${number} ${counterId}`);
      // A terminal goes on showing what a forgetful controller has called, until it is told better.
      if (restored || (at !== undefined && at <= atMs)) continue;
      violations.push({ invariant: "I18", detail: `window ${counterId} showed ${number}, which was not called there` });
    }
    for (const { atMs, callId, number } of history.of("call-announced")) {
      const at = calledIds.get(callId);
      if (forgotten(atMs) || (at !== undefined && at <= atMs)) continue;
      violations.push({ invariant: "I18", detail: `call ${callId} of ${number} was announced and is not in the log` });
    }
    return violations;
  },
};

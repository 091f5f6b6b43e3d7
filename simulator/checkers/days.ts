import type { Checker, Violation } from "./checker.ts";

/** The simulated hall is in Shanghai, which keeps UTC+8 all year. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** A business day begins and ends at the hall's own midnight, and numbers are those of the day they are given on. */
export const days: Checker = {
  name: "days",
  kind: "correctness",
  check({ events }) {
    const violations: Violation[] = [];
    let today = "";
    for (const event of events) {
      const { seq, recordedAtMs } = event;
      if (event.type === "day.opened") {
        const { date, startsAtMs, endsAtMs } = event.data;
        const midnight = Math.floor((recordedAtMs + OFFSET_MS) / DAY_MS) * DAY_MS;
        const wanted = new Date(midnight).toISOString().slice(0, 10);
        const whole = startsAtMs === midnight - OFFSET_MS && endsAtMs === startsAtMs + DAY_MS;
        today = date;
        if (date === wanted && whole) continue;
        violations.push({ invariant: "day", detail: `seq ${seq} opens ${date} at another instant than its midnight` });
      } else if (event.type === "ticket.issued" && event.data.date !== today) {
        violations.push({ invariant: "day", detail: `seq ${seq}: ${event.data.number} is of ${event.data.date}` });
      }
    }
    return violations;
  },
};

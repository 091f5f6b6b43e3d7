import type { Checker, Violation } from "./checker.ts";

/** I4: the inputs of each stream stand in the log in order and without a gap; what is gone is an explicit hole. */
export const gapless: Checker = {
  name: "gapless",
  kind: "correctness",
  check({ events }) {
    const next = new Map<string, number>();
    const violations: Violation[] = [];
    for (const event of events) {
      if (event.type === "stream.hole") {
        const { terminalId, stream, from, to } = event.data;
        const key = `${terminalId}/${stream}`;
        const expected = next.get(key) ?? 1;
        if (from !== expected) {
          violations.push({ invariant: "I4", detail: `${key}: a hole from ${from}, expected ${expected}` });
        }
        next.set(key, to + 1);
        continue;
      }
      if (event.cause.kind !== "input") continue;
      const { terminalId, stream, seq } = event.cause;
      const key = `${terminalId}/${stream}`;
      const expected = next.get(key) ?? 1;
      if (seq === expected) next.set(key, seq + 1);
      else if (seq !== expected - 1) {
        violations.push({ invariant: "I4", detail: `${key}: ${seq} at log seq ${event.seq}, expected ${expected}` });
      }
    }
    return violations;
  },
};

import { wasRestored } from "./allowances.ts";
import type { Checker, Violation } from "./checker.ts";
import { inputKey, keyOfCause, storedAt } from "./timeline.ts";

/** I18: nothing is acknowledged to a terminal before it lies on the disk, whatever became of the commit. */
export const acknowledgements: Checker = {
  name: "acknowledgements",
  kind: "correctness",
  check(evidence) {
    const { history, events } = evidence;
    if (wasRestored(history)) return [];
    const timeOf = storedAt(evidence);
    const stored = new Map<string, number>();
    for (const event of events) {
      const key = keyOfCause(event);
      if (key !== null && !stored.has(key)) stored.set(key, timeOf(event.seq));
    }
    const told = new Map<string, number>();
    const violations: Violation[] = [];
    for (const { atMs, terminalId, stream, upTo } of history.of("ack-observed")) {
      const of = `${terminalId}/${stream}`;
      for (let seq = (told.get(of) ?? 0) + 1; seq <= upTo; seq += 1) {
        const at = stored.get(inputKey(terminalId, stream, seq));
        if (at === undefined || at <= atMs) continue;
        violations.push({
          invariant: "I18",
          detail: `${of}/${seq} was acknowledged ${at - atMs} ms before its commit`,
        });
      }
      told.set(of, Math.max(told.get(of) ?? 0, upTo));
    }
    return violations;
  },
};

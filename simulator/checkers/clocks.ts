import type { Checker, Violation } from "./checker.ts";

/** I14: the log's time never runs backwards, no interval ends before it begins, no service took less than nothing. */
export const clocks: Checker = {
  name: "clocks",
  kind: "correctness",
  check({ events }) {
    const violations: Violation[] = [];
    let last = 0;
    for (const event of events) {
      const { seq, type, occurredAtMs, occurredUntilMs, recordedAtMs } = event;
      const add = (what: string): void =>
        void violations.push({ invariant: "I14", detail: `seq ${seq} ${type}: ${what}` });
      if (recordedAtMs < last) add("recorded before the one before it");
      if (occurredUntilMs < occurredAtMs) add("ended before it began");
      if ("servedMs" in event.data && event.data.servedMs < 0) add(`served for ${event.data.servedMs} ms`);
      if (type === "counter.extension-ended" && event.data.minutes < 0) add(`extended by ${event.data.minutes} min`);
      last = recordedAtMs;
    }
    return violations;
  },
};

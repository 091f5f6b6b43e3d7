import type { HallEvent } from "../../controller/index.ts";
import type { Checker, Violation } from "./checker.ts";

type BadgeRecorded = Extract<HallEvent, { type: "badge.recorded" }>;

/**
 * Every tap that was shown green is in the log once, and no more are there than were made (I1, I2), by terminal and
 * badge. A tap at a dying terminal may or may not have been kept; a card that was taken away took its own along.
 */
export const taps: Checker = {
  name: "taps",
  kind: "correctness",
  check({ history, events }) {
    const excused = new Set([
      ...history.of("card-replaced").map(({ terminalId }) => terminalId),
      ...history.of("card-forgot").map(({ terminalId }) => terminalId),
    ]);
    const made = new Map<string, { green: number; all: number; terminalId: string }>();
    for (const { terminalId, badge, green } of history.of("tap-presented")) {
      const key = `${terminalId}/${badge}`;
      const counts = made.get(key) ?? { green: 0, all: 0, terminalId };
      made.set(key, { ...counts, green: counts.green + (green ? 1 : 0), all: counts.all + 1 });
    }
    const kept = new Map<string, number>();
    for (const event of events) {
      if (event.type !== "badge.recorded" || event.cause.kind !== "input") continue;
      const key = `${event.cause.terminalId}/${badgeOf(event)}`;
      kept.set(key, (kept.get(key) ?? 0) + 1);
    }
    const violations: Violation[] = [];
    for (const [key, { green, all, terminalId }] of made) {
      const count = kept.get(key) ?? 0;
      const where = `${key.slice(0, key.indexOf("/") + 9)}…: ${all} taps, ${green} green, ${count} in the log`;
      if (count < green && !excused.has(terminalId as never)) violations.push({ invariant: "I1", detail: where });
      if (count > all) violations.push({ invariant: "I2", detail: where });
    }
    for (const key of kept.keys()) {
      if (!made.has(key)) violations.push({ invariant: "I2", detail: `a tap nobody made: ${key}` });
    }
    return violations;
  },
};

const badgeOf = (event: BadgeRecorded): string => event.data.badge;

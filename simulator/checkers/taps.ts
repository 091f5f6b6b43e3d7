import { goneForGood } from "./allowances.ts";
import type { Checker, Violation } from "./checker.ts";
import { inputKey, type InputEntry } from "./timeline.ts";

interface Counts {
  readonly green: number;
  readonly all: number;
}

/**
 * Every tap that was shown green was on the card by then and is in the log, and no more are there than were made (I1,
 * I2), by terminal and badge. A tap at a dying terminal may or may not have been kept.
 */
export const taps: Checker = {
  name: "taps",
  kind: "correctness",
  check({ history, events }) {
    const gone = goneForGood(history);
    const onCards = Map.groupBy(history.of("input-journalled").filter(isTap), tapKey);
    const kept = new Map<string, number>();
    for (const event of events) {
      if (event.cause.kind !== "input" || (event.type !== "badge.recorded" && event.type !== "badge.noted")) continue;
      const key = `${event.cause.terminalId}/${event.data.badge}`;
      kept.set(key, (kept.get(key) ?? 0) + 1);
    }
    const violations: Violation[] = [];
    const made = new Map<string, Counts>();
    for (const { atMs, terminalId, badge, green } of history.of("tap-presented")) {
      const key = `${terminalId}/${badge}`;
      const counts = made.get(key) ?? { green: 0, all: 0 };
      const after = { green: counts.green + (green ? 1 : 0), all: counts.all + 1 };
      made.set(key, after);
      const written = (onCards.get(key) ?? []).filter((entry) => entry.atMs <= atMs).length;
      if (!green || written >= after.green) continue;
      violations.push({ invariant: "I1", detail: `a tap was shown green and was not on the card: ${brief(key)}` });
    }
    for (const [key, { green, all }] of made) {
      const count = kept.get(key) ?? 0;
      const excused = (onCards.get(key) ?? []).filter((entry) => gone.has(keyOf(entry))).length;
      const where = `${brief(key)}: ${all} taps, ${green} green, ${count} in the log`;
      if (count + excused < green) violations.push({ invariant: "I1", detail: where });
      if (count > all) violations.push({ invariant: "I2", detail: where });
    }
    for (const key of kept.keys()) {
      if (!made.has(key)) violations.push({ invariant: "I2", detail: `a tap nobody made: ${brief(key)}` });
    }
    return violations;
  },
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const isTap = ({ input }: InputEntry): boolean => input.type === "badge-presented";
const tapKey = ({ terminalId, input }: InputEntry): string => `${terminalId}/${text(input.body["badge"])}`;
const keyOf = ({ terminalId, stream, input }: InputEntry): string => inputKey(terminalId, stream, input.seq);
const brief = (key: string): string => `${key.slice(0, key.indexOf("/") + 9)}…`;

import type { History } from "./history.ts";

/** What should happen now and then in a long run: a counter that stays at zero means a fault that never strikes. */
export type Counters = Readonly<Record<string, number>>;

/** `sometimes()`: counts what this seed has seen, from its history alone. */
export function countSometimes(history: History): Counters {
  const counts: Record<string, number> = {};
  const sometimes = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const entry of history.entries) {
    if (entry.type === "fault") sometimes(`fault ${entry.family}`);
    else if (entry.type === "died")
      sometimes(`${entry.node === "controller" ? "controller" : "terminal"} died: ${entry.cause}`);
    else if (entry.type === "tap-presented") sometimes(entry.green ? "tap green" : "tap dark");
    else sometimes(entry.type);
  }
  return counts;
}

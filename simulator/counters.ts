import { SITUATIONS, situationsIn } from "./sometimes.ts";
import type { History } from "./history.ts";
import { STRIKING } from "./strikes.ts";
import { isInSwarm } from "./faults.ts";
import { VERDICTS } from "./verdict-counters.ts";

/** What should happen now and then in a long run: a counter that stays at zero means a fault that never strikes. */
export type Counters = Readonly<Record<string, number>>;

/** A keypad that was lit so lately may still be asking. */
const RATING_ASKED_MS = 60_000;

/** `sometimes()`: counts what this seed has seen, from its history alone. */
export function countSometimes(history: History): Counters {
  const counts: Record<string, number> = {};
  const sometimes = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  let askedAtMs = Number.NEGATIVE_INFINITY;
  for (const entry of history.entries) {
    switch (entry.type) {
      case "fault":
        sometimes(`fault ${entry.family}`);
        break;
      case "died":
        sometimes(`${entry.node === "controller" ? "controller" : "terminal"} died: ${entry.cause}`);
        if (entry.node === "controller" && entry.atMs - askedAtMs < RATING_ASKED_MS) {
          sometimes("controller died in a rating window");
        }
        break;
      case "tap-presented":
        sometimes(entry.green ? "tap green" : "tap dark");
        break;
      case "card-replaced":
        sometimes(entry.unsent > 0 ? "card replaced with unsent inputs" : "card replaced");
        break;
      case "controller-restored":
        sometimes(entry.lost > 0 ? "restored with a loss" : "restored without loss");
        break;
      case "keypad-asked":
        askedAtMs = entry.atMs;
        sometimes(entry.type);
        break;
      default:
        sometimes(entry.type);
    }
  }
  return { ...counts, ...situationsIn(history) };
}

/**
 * Counted, and too seldom to be waited for: a tap in doubt that straddles the instant which it is judged by, and one
 * whose controller went down again, for longer than a quarter of an hour all in all, before its clock was set.
 */
const SELDOM: ReadonlySet<string> = new Set(["a doubt was in favour", "a moved tap needs a person"]);

/** What a long swarm run must have seen. */
export const SOMETIMES: readonly string[] = [
  ...SITUATIONS,
  ...VERDICTS.filter((what) => !SELDOM.has(what)),
  ...STRIKING.filter(isInSwarm).map((family) => `fault ${family}`),
  "controller died: killed",
  "controller died: power cut",
  "controller died: STORE_FAILED",
  "terminal died: killed",
  "terminal died: power cut",
  "terminal died: card replaced",
  "controller died in a rating window",
  "card replaced with unsent inputs",
  "card-forgot",
  "restored with a loss",
  "tap green",
  "tap dark",
  "rating-thanked",
  "call-announced",
  "ticket-handed-out",
  "ticket-refused",
];

export function addCounters(a: Counters, b: Counters): Counters {
  const sum: Record<string, number> = { ...a };
  for (const [what, count] of Object.entries(b)) sum[what] = (sum[what] ?? 0) + count;
  return sum;
}

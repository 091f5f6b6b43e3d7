import type { Input } from "../../protocol/index.ts";
import type { EntryOf } from "../history.ts";
import type { Checker, Violation } from "./checker.ts";

/** A key held for longer is stuck. Milliseconds. */
const STUCK_MS = 10_000;
/** Contacts settle, and a terminal that stood still reads late; a stuck one is judged with the drift of its clock. */
const SETTLED_MS = 200;

/** I19: a press comes to one intent at most, and a key that stuck to none. */
export const presses: Checker = {
  name: "presses",
  kind: "correctness",
  check({ history }) {
    const fingers = Map.groupBy(history.of("key-pressed"), ({ terminalId }) => terminalId);
    const inputs = Map.groupBy(
      history.of("input-journalled").filter(({ input }) => isOfKey(input)),
      ({ terminalId }) => terminalId,
    );
    return [...inputs].flatMap(([terminalId, made]) => judge(terminalId, fingers.get(terminalId) ?? [], made));
  },
};

const OF_KEYS = new Set(["service-started", "service-finished", "assistance-requested"]);
const isOfKey = ({ kind, type }: Input): boolean => kind === "intent" || OF_KEYS.has(type);

type Finger = EntryOf<"key-pressed">;

/** Each input needs a press of its own that came before it. */
function judge(
  terminalId: string,
  fingers: readonly Finger[],
  made: readonly EntryOf<"input-journalled">[],
): Violation[] {
  const violations: Violation[] = [];
  for (const [before, { atMs, input }] of made.entries()) {
    const able = fingers.filter((finger) => finger.atMs <= atMs);
    if (able.length > before) continue;
    violations.push({
      invariant: "I19",
      detail: `${terminalId}: ${input.type} ${input.seq} without a press of its own`,
    });
  }
  for (const { atMs, heldMs } of fingers) {
    if (heldMs < STUCK_MS + SETTLED_MS) continue;
    const letGo = atMs + heldMs;
    const others = fingers.some(
      (other) => other.atMs !== atMs && Math.abs(other.atMs + other.heldMs - letGo) < STUCK_MS,
    );
    const fired = made.find((entry) => Math.abs(entry.atMs - letGo) < SETTLED_MS);
    if (fired === undefined || others) continue;
    violations.push({ invariant: "I19", detail: `${terminalId}: ${fired.input.type} of a key that stuck` });
  }
  return violations;
}

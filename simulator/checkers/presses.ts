import type { Input } from "../../protocol/index.ts";
import type { EntryOf, History } from "../history.ts";
import type { Checker, Violation } from "./checker.ts";

/** A key held for longer is stuck. Milliseconds. */
const STUCK_MS = 10_000;
/** Contacts settle, and a terminal that stood still reads late; a stuck one is judged with the drift of its clock. */
const SETTLED_MS = 200;

/** A press is read this long after it at most: by a terminal that stood still, or that waited for a slow card. */
const READ_WITHIN_MS = 60_000;

/** I19: a press comes to one intent at most; a key that stuck to none, and to one fault. */
export const presses: Checker = {
  name: "presses",
  kind: "correctness",
  check({ history }) {
    const fingers = Map.groupBy(history.of("key-pressed"), ({ terminalId }) => terminalId);
    const inputs = Map.groupBy(
      history.of("input-journalled").filter(({ input }) => isOfKey(input)),
      ({ terminalId }) => terminalId,
    );
    const judged = [...inputs].flatMap(([terminalId, made]) => judge(terminalId, fingers.get(terminalId) ?? [], made));
    return [...judged, ...stuckFaults(history)];
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
  const free = [...fingers];
  for (const { atMs, input } of made) {
    // The earliest that can have been it: whoever takes a later one takes it from somebody else.
    const own = free.findIndex((finger) => finger.atMs <= atMs && finger.atMs + finger.heldMs + READ_WITHIN_MS >= atMs);
    if (own >= 0) {
      free.splice(own, 1);
      continue;
    }
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

/** A stuck key is one fault and not several: between two of one key it was let go, and somebody held it again. */
function stuckFaults(history: History): Violation[] {
  const fingers = history.of("key-pressed").filter(({ heldMs }) => heldMs >= STUCK_MS - SETTLED_MS);
  const raised = new Map<string, number>();
  for (const { terminalId, input } of history.of("input-journalled")) {
    const { device, fault, state } = input.body;
    if (input.type !== "device-fault" || fault !== "stuck" || state !== "raised") continue;
    const key = `${terminalId} ${typeof device === "string" ? device : ""}`;
    raised.set(key, (raised.get(key) ?? 0) + 1);
  }
  return [...raised].flatMap(([key, count]) => {
    const [terminalId, device] = key.split(" ");
    if (device !== "call-key" && device !== "pause-key") return [];
    const held = fingers.filter((finger) => finger.terminalId === terminalId && `${finger.button}-key` === device);
    if (count <= held.length) return [];
    return [{ invariant: "I19", detail: `${key}: ${count} faults of a key that stuck ${held.length} times` }];
  });
}

import type { HallEvent } from "../../controller/index.ts";
import type { Input } from "../../protocol/index.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { inputsByKey, keyOfCause } from "./timeline.ts";

const ROUNDING_MS = 1;
/** No hall was ever opened before. */
const OPENED_MS = Date.UTC(2026, 0, 1);

/** I14: the log's time was set and never runs back, no interval ends before it begins, no service took less than 0. */
export const clocks: Checker = {
  name: "clocks",
  kind: "correctness",
  check(evidence) {
    const { events } = evidence;
    const violations: Violation[] = serviceTimes(evidence);
    let last = 0;
    for (const event of events) {
      const { seq, type, occurredAtMs, occurredUntilMs, recordedAtMs } = event;
      const add = (what: string): void =>
        void violations.push({ invariant: "I14", detail: `seq ${seq} ${type}: ${what}` });
      if (recordedAtMs < OPENED_MS) add("recorded by a clock that was never set");
      if (recordedAtMs < last) add("recorded before the one before it");
      if (occurredUntilMs < occurredAtMs) add("ended before it began");
      if ("servedMs" in event.data && event.data.servedMs < 0) add(`served for ${event.data.servedMs} ms`);
      if (type === "counter.extension-ended" && event.data.minutes < 0) add(`extended by ${event.data.minutes} min`);
      last = recordedAtMs;
    }
    return violations;
  },
};

/**
 * A service took as long as the window's own monotonic clock says, whatever became of the hall's time meanwhile. Not
 * asked of services that began by presumption, went on after a hold, or lasted over a restart of the terminal.
 */
function serviceTimes(evidence: Evidence): Violation[] {
  const journalled = inputsByKey(evidence.history);
  const inputOf = (event: HallEvent): Input | null => {
    const entries = journalled.get(keyOfCause(event) ?? "") ?? [];
    return entries.length === 1 ? (entries[0]?.input ?? null) : null; // A seq of two meanings tells nothing.
  };
  const odd = new Set<string>();
  const started = new Map<string, HallEvent>();
  const violations: Violation[] = [];
  for (const event of evidence.events) {
    if (event.type === "ticket.held") odd.add(event.data.visitId);
    if (event.type === "visit.presumed") odd.add(event.data.visitId);
    if (event.type === "visit.started") started.set(event.data.visitId, event);
    if (event.type !== "visit.ended") continue;
    const begun = started.get(event.data.visitId);
    if (begun === undefined || odd.has(event.data.visitId)) continue;
    if (streamOf(begun) !== streamOf(event)) continue; // Another card: its boots are counted anew.
    const [first, last] = [inputOf(begun), inputOf(event)];
    if (first === null || last?.type !== "service-finished" || first.boot !== last.boot) continue;
    const took = last.monoMs - first.monoMs;
    if (Math.abs(event.data.servedMs - took) < ROUNDING_MS) continue;
    const said = `served for ${Math.round(event.data.servedMs)} ms, which took ${Math.round(took)}`;
    violations.push({ invariant: "I14", detail: `seq ${event.seq} visit.ended: ${said}` });
  }
  return violations;
}

const streamOf = ({ cause }: HallEvent): string => (cause.kind === "input" ? cause.stream : "");

import type { HallEvent } from "../../controller/index.ts";
import type { Input } from "../../protocol/index.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { inputsByKey, keyOfCause, storedAt } from "./timeline.ts";

/** Roundings, a drift of 500 ppm over an hour of service, and the hall's time as it was last heard. Milliseconds. */
const SERVED_WITHIN_MS = 4_000;
/** The hall's time was set in between; and an event that was dated so long before it was written was kept. */
const SET_MS = 1_500;
const LATE_MS = 10_000;

/** I14: the log's time never runs backwards, no interval ends before it begins, no service took less than nothing. */
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
 * A service took as long as the window's own monotonic clock says. Not asked of services that began by presumption or
 * went on after a hold; nor, for now, of those during which the hall's time was set right, or not trusted: the product
 * reckons them by the hall's time, and one that lasts over a first setting counts from 1970.
 */
function serviceTimes(evidence: Evidence): Violation[] {
  const journalled = inputsByKey(evidence.history);
  const timeOf = storedAt(evidence);
  const inputOf = (event: HallEvent): Input | null => {
    const entries = journalled.get(keyOfCause(event) ?? "") ?? [];
    return entries.length === 1 ? (entries[0]?.input ?? null) : null; // A seq of two meanings tells nothing.
  };
  // The hall's time less the world's, as both wrote the event down; and how long before that the hall dates it.
  const isDatedAlike = (a: HallEvent, b: HallEvent): boolean =>
    Math.abs(a.recordedAtMs - timeOf(a.seq) - (b.recordedAtMs - timeOf(b.seq))) < SET_MS &&
    [a, b].every(({ recordedAtMs, occurredAtMs }) => recordedAtMs - occurredAtMs < LATE_MS);
  const odd = new Set<string>();
  const started = new Map<string, HallEvent>();
  const violations: Violation[] = [];
  for (const event of evidence.events) {
    if (event.type === "ticket.held") odd.add(event.data.visitId);
    if (event.type === "visit.presumed") odd.add(event.data.visitId);
    if (event.type === "visit.started") started.set(event.data.visitId, event);
    if (event.type !== "visit.ended") continue;
    const begun = started.get(event.data.visitId);
    const [first, last] = [begun === undefined ? null : inputOf(begun), inputOf(event)];
    if (begun === undefined || first?.boot !== last?.boot || odd.has(event.data.visitId)) continue;
    if (streamOf(begun) !== streamOf(event)) continue; // Another card: its boots are counted anew.
    if (first === null || last?.type !== "service-finished" || !first.synced || !last.synced) continue;
    if (begun.clock !== "trusted" || event.clock !== "trusted") continue;
    if (!isDatedAlike(begun, event) || isHeldBefore(evidence.events, event.data.number)) continue;
    const took = last.monoMs - first.monoMs;
    const off = event.data.servedMs - took;
    if (off <= SERVED_WITHIN_MS + doubtOf(begun) && -off <= SERVED_WITHIN_MS + doubtOf(event)) continue;
    const said = `served for ${Math.round(event.data.servedMs)} ms, which took ${Math.round(took)}`;
    violations.push({ invariant: "I14", detail: `seq ${event.seq} visit.ended: ${said}` });
  }
  return violations;
}

/** Both ends are reckoned from the earliest time they can have been at. */
const doubtOf = ({ occurredAtMs, occurredUntilMs }: HallEvent): number => occurredUntilMs - occurredAtMs;

/** Its serving time is the sum of all its parts. */
const isHeldBefore = (events: readonly HallEvent[], number: string): boolean =>
  events.some((event) => event.type === "ticket.held" && event.data.number === number);

const streamOf = ({ cause }: HallEvent): string => (cause.kind === "input" ? cause.stream : "");

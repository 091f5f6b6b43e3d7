import type { HallEvent } from "../../controller/index.ts";
import type { Checker, Evidence, Violation } from "./checker.ts";
import { goneForGood, wasRestored } from "./allowances.ts";
import { type InputEntry, inputKey, inputsByKey, keyOfCause, storedAt } from "./timeline.ts";

/** A terminal that stood still reads a key this much later, at most. Milliseconds. */
const READ_WITHIN_MS = 60_000;

/**
 * A rating belongs to the right visit: to the last one that had ended at that window when the citizen pressed, and to
 * who served it. Once per visit; and a rating that was thanked for is in the log.
 */
export const ratings: Checker = {
  name: "ratings",
  kind: "correctness",
  check: (evidence) => [...belonging(evidence), ...thanked(evidence)],
};

type Ended = Extract<HallEvent, { type: "visit.ended" }>;

function belonging(evidence: Evidence): Violation[] {
  const { events, history } = evidence;
  const journalled = inputsByKey(history);
  const ends = new Map<string, Ended>();
  const given = new Set<string>();
  const violations: Violation[] = [];
  const endedBefore = lastEnded(evidence);
  for (const event of events) {
    if (event.type === "visit.ended") ends.set(event.data.visitId, event);
    if (event.type !== "rating.given") continue;
    const { visitId, counterId, staffId, level } = event.data;
    const add = (what: string): void => {
      violations.push({ invariant: "rating", detail: `seq ${event.seq}: visit ${visitId} ${what}` });
    };
    if (given.has(visitId)) add("is rated twice");
    given.add(visitId);
    const end = ends.get(visitId)?.data;
    if (end === undefined) add("has not ended");
    else if (end.counterId !== counterId || end.staffId !== staffId) add("was somebody else's");
    const key = keyOfCause(event);
    const entry = key === null ? undefined : journalled.get(key)?.[0];
    if (entry === undefined) continue;
    if (!wasPressed(evidence, entry, level)) add(`got a ${level} that nobody pressed`);
    if (wasRestored(history)) continue;
    const right = endedBefore(counterId, entry.atMs);
    if (right !== null && right !== visitId) add(`was rated by the citizen of ${right}`);
  }
  return violations;
}

const wasPressed = ({ history }: Evidence, { terminalId, atMs }: InputEntry, level: number): boolean =>
  history
    .of("rating-pressed")
    .some(
      (key) =>
        key.terminalId === terminalId && key.level === level && key.atMs <= atMs && key.atMs > atMs - READ_WITHIN_MS,
    );

/** The visit that had ended last at a counter by some time: as its own key said, or else as the log did. */
function lastEnded(evidence: Evidence): (counterId: string, atMs: number) => string | null {
  const timeOf = storedAt(evidence);
  const finished = new Map<unknown, number>();
  for (const { input, atMs } of evidence.history.of("input-journalled")) {
    if (input.type === "service-finished") finished.set(input.body["visitId"], atMs);
  }
  const ends = evidence.events
    .filter((event) => event.type === "visit.ended")
    .map(({ data, seq }) => ({ ...data, atMs: finished.get(data.visitId) ?? timeOf(seq) }))
    .toSorted((a, b) => a.atMs - b.atMs);
  return (counterId, atMs) => ends.findLast((end) => end.counterId === counterId && end.atMs <= atMs)?.visitId ?? null;
}

/** A rating whose visit had ended counts for it, whatever comes between, unless another one did. */
function uncounted({ events, history }: Evidence): Violation[] {
  const journalled = inputsByKey(history);
  const rated = new Set<unknown>();
  const ended = new Set<unknown>();
  const late: { readonly seq: number; readonly visitId: unknown }[] = [];
  for (const event of events) {
    if (event.type === "rating.given") rated.add(event.data.visitId);
    else if (event.type === "visit.ended") ended.add(event.data.visitId);
    else if (event.type === "fact.recorded" && event.data.input === "rating-given") {
      const visitId = journalled.get(keyOfCause(event) ?? "")?.[0]?.input.body["visitId"];
      if (ended.has(visitId)) late.push({ seq: event.seq, visitId });
    }
  }
  return late
    .filter(({ visitId }) => !rated.has(visitId))
    .map(({ seq, visitId }) => ({ invariant: "rating", detail: `seq ${seq}: visit ${String(visitId)} stays unrated` }));
}

function thanked(evidence: Evidence): Violation[] {
  const { history, events } = evidence;
  const stored = new Set(events.map(keyOfCause));
  const gone = goneForGood(history);
  const given = history.of("input-journalled").filter(({ input }) => input.type === "rating-given");
  const violations: Violation[] = [];
  const counts = new Map<string, number>();
  for (const { terminalId, atMs } of history.of("rating-thanked")) {
    const count = (counts.get(terminalId) ?? 0) + 1;
    counts.set(terminalId, count);
    const kept = given.filter((entry) => entry.terminalId === terminalId && entry.atMs <= atMs);
    if (kept.length >= count) continue;
    violations.push({ invariant: "I1", detail: `${terminalId} thanked for a rating that it had not kept` });
  }
  const lied = new Set(history.of("stream-begun").map(({ terminalId }) => terminalId));
  for (const { terminalId, stream, input } of given) {
    const key = inputKey(terminalId, stream, input.seq);
    if (stored.has(key) || gone.has(key) || lied.has(terminalId)) continue;
    violations.push({ invariant: "I1", detail: `a rating that was thanked for is not in the log: ${key}` });
  }
  return [...violations, ...uncounted(evidence)];
}

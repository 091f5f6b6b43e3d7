import { type EpochMs, minutes, present } from "../../../protocol/index.ts";
import type { CounterView } from "../counters/counter.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { Folds } from "../fold.ts";
import { linesAt } from "../sequencing/strict.ts";
import { isNoonAt, isOnLunchDuty } from "../staff/sessions.ts";
import type { Counter, HallView } from "../state.ts";

// 延时服务 (HRS-17): whoever has a ticket at a session's end is served first. It runs from the session's end until the
// clerk signs off, and is on record in minutes for that person (AC-72); without a sign-off it ends with the last work.

/** Windows whose session is over and whose work is not, and those where it has ended since. */
export function settleExtensions(hall: HallView, at: EpochMs): EventDraft[] {
  const endedAtMs = lastSessionEnd(hall, at);
  const settled: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    if (counter.extended !== null) settled.push(...ended(hall, counter, at));
    else if (endedAtMs !== null) settled.push(...begun(hall, counter, at, endedAtMs));
  }
  return settled;
}

/** `endedAtMs`: the last session's end, while none is running. */
function begun(hall: HallView, counter: CounterView, at: EpochMs, endedAtMs: EpochMs): EventDraft[] {
  const { onDuty: staffId, onDutySinceMs, counterId, extendedUntilMs } = counter;
  if (staffId === null || (onDutySinceMs ?? at) >= endedAtMs) return [];
  if (isNoonAt(hall, at) && isOnLunchDuty(hall, staffId)) return []; // AMB-27: their session goes on.
  if (!hasWork(hall, counter)) return [];
  const sinceMs = Math.max(endedAtMs, extendedUntilMs) as EpochMs;
  return [draft("counter.extended", { counterId, staffId, sinceMs }, CONTROLLER)];
}

function ended(hall: HallView, counter: CounterView, at: EpochMs): EventDraft[] {
  const { counterId, onDuty } = counter;
  const { staffId, sinceMs, lastWorkMs } = present(counter.extended, "extended service");
  const untilMs = endOf(hall, counter, at, lastWorkMs, onDuty === staffId);
  if (untilMs === null) return [];
  const end = Math.min(at, Math.max(sinceMs, untilMs)) as EpochMs;
  const extension = { counterId, staffId, sinceMs, untilMs: end, minutes: Math.floor((end - sinceMs) / minutes(1)) };
  return [draft("counter.extension-ended", extension, CONTROLLER)];
}

/** Null while it goes on. */
function endOf(hall: HallView, counter: CounterView, at: EpochMs, lastWorkMs: number, there: boolean): number | null {
  if (!there) return counter.lastWordMs; // The sign-off, at its earliest possible instant.
  const running = hall.day?.sessions.find(({ fromMs, toMs }) => at >= fromMs && at < toMs);
  if (running !== undefined) return running.fromMs;
  const quietMs = hall.configuration?.rules.extensionQuietMs ?? 0;
  return !hasWork(hall, counter) && at - lastWorkMs >= quietMs ? lastWorkMs : null;
}

/** The end of the session before `at`, while none is running. */
function lastSessionEnd(hall: HallView, at: EpochMs): EpochMs | null {
  const sessions = hall.day?.sessions ?? [];
  if (sessions.some(({ fromMs, toMs }) => at >= fromMs && at < toMs)) return null;
  return sessions.findLast(({ toMs }) => toMs <= at)?.toMs ?? null;
}

/** A ticket at hand, or one that waits for this window while somebody is at it. */
function hasWork(hall: HallView, counter: CounterView): boolean {
  if (counter.visit !== null) return true;
  return counter.paused !== "out" && linesAt(hall, counter).some((line) => line.size > 0);
}

/** For folds: this window has just done something with a ticket. */
export function noteWork(counter: Counter, at: EpochMs): void {
  if (counter.extended !== null) counter.extended.lastWorkMs = at;
}

export const extensionFolds: Folds<"counter.extended" | "counter.extension-ended"> = {
  "counter.extended": (hall, { data, recordedAtMs }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter === undefined) return;
    counter.extended = { staffId: data.staffId, sinceMs: data.sinceMs, lastWorkMs: recordedAtMs };
  },
  "counter.extension-ended": (hall, { data }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter === undefined) return;
    counter.extended = null;
    counter.extendedUntilMs = data.untilMs;
  },
};

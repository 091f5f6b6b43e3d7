import type { EpochMs, StaffId } from "../../../protocol/index.ts";
import type { CounterView } from "../counters/counter.ts";
import { keypadIsKept } from "../counters/counter.ts";
import { plannedSignOff } from "../closing/close-window.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallView } from "../state.ts";
import { peopleAt } from "./authority.ts";
import { isOpenAt, sessionIsOver } from "./sessions.ts";

/** Questions nobody confirmed, people whose last ticket and keypad are done, and duty that ends by itself. */
export function settleDuty(hall: HallView, at: EpochMs): EventDraft[] {
  const settled: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    const { counterId, onDuty } = counter;
    if (onDuty === null) continue;
    if (counter.question !== null && at > counter.question.untilMs) {
      settled.push(draft("question.lapsed", { counterId }, CONTROLLER));
    }
    if (counter.signOffPlanned && isDone(hall, counter, at)) {
      settled.push(plannedSignOff(hall, counter, onDuty, CONTROLLER));
    } else {
      settled.push(...endDuty(hall, counter, at));
    }
  }
  settled.push(...endOutings(hall, at));
  return settled;
}

const isDone = (hall: HallView, counter: CounterView, at: EpochMs): boolean =>
  counter.visit === null && !keypadIsKept(hall, counter, at);

/** Not while serving or in extended service, and not over noon for lunch duty, whose session is the whole day's. */
function endDuty(hall: HallView, counter: CounterView, at: EpochMs): EventDraft[] {
  const settled: EventDraft[] = [];
  for (const staffId of peopleAt(counter)) {
    const member = hall.staff.get(staffId);
    if (member === undefined || !sessionIsOver(hall, staffId, member.onDutySinceMs ?? at, at)) continue;
    if (member.outing !== null) settled.push(ended(counter.counterId, staffId, member.outing.sinceMs));
    else if (staffId !== counter.onDuty || (isDone(hall, counter, at) && !isExtended(hall, counter, at)))
      settled.push(ended(counter.counterId, staffId, null));
  }
  return settled;
}

/** HRS-17: after hours whoever has a ticket is still served, until the next session brings its own people. */
export function isExtended(hall: HallView, { counterId, extended }: CounterView, at: EpochMs): boolean {
  if (extended !== null) return true;
  if (isOpenAt(hall, at)) return false;
  const queues = hall.configuration?.counters.find((entry) => entry.id === counterId)?.queues ?? [];
  return queues.some((queueId) => (hall.lines.get(queueId)?.size ?? 0) > 0);
}

/** Of people whose window somebody else has had since they went out. */
function endOutings(hall: HallView, at: EpochMs): EventDraft[] {
  const settled: EventDraft[] = [];
  for (const { staffId, onDutyAt, outing } of hall.staff.values()) {
    if (outing === null || onDutyAt !== null || !sessionIsOver(hall, staffId, outing.sinceMs, at)) continue;
    settled.push(ended(outing.counterId, staffId, outing.sinceMs));
  }
  return settled;
}

function ended(counterId: CounterView["counterId"], staffId: StaffId, outAtMs: EpochMs | null): EventDraft {
  const by = outAtMs === null ? "session-end" : "left-early";
  return draft("duty.ended", { counterId, staffId, by, outAtMs }, CONTROLLER);
}

import { type EpochMs, present, type StaffId } from "../../../protocol/index.ts";
import { keypadIsKept } from "../counters/counter.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { Counter, HallState, HallView } from "../state.ts";

/** Questions nobody confirmed, and people whose last ticket and keypad are done. */
export function settleDuty(hall: HallView, at: EpochMs): EventDraft[] {
  const settled: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    const { counterId } = counter;
    if (counter.question !== null && at > counter.question.untilMs) {
      settled.push(draft("question.lapsed", { counterId }, CONTROLLER));
    }
    const done = counter.visit === null && !keypadIsKept(hall, counter, at);
    if (counter.signOffPlanned && done) {
      const staffId = present(counter.onDuty, "staff on duty");
      settled.push(draft("staff.signed-off", { counterId, staffId }, CONTROLLER));
    }
  }
  return settled;
}

/** Nobody on duty at two windows (I5): a window that is left is left wholly. */
export function leaveWindow(hall: HallState, counter: Counter): void {
  const person = counter.onDuty === null ? undefined : hall.staff.get(counter.onDuty);
  if (person?.onDutyAt === counter.counterId) person.onDutyAt = null;
  counter.onDuty = null;
  counter.onDutySinceMs = null;
  counter.paused = null;
  counter.pausePlanned = false;
  counter.signOffPlanned = false;
  counter.question = null;
}

function remember(hall: HallState, staffId: StaffId, counter: Counter, occurredAtMs: EpochMs): void {
  counter.lastWordMs = Math.max(counter.lastWordMs, occurredAtMs);
  const person = hall.staff.get(staffId);
  if (person !== undefined) person.lastWordMs = Math.max(person.lastWordMs, occurredAtMs);
}

export const dutyFolds: Folds<
  | "badge.recorded"
  | "staff.signed-on"
  | "staff.signed-off"
  | "staff.sign-off-planned"
  | "staff.went-out"
  | "staff.came-back"
  | "question.asked"
  | "question.lapsed"
> = {
  "badge.recorded": (hall, event) => {
    const counter = hall.counters.get(event.data.counterId);
    if (counter !== undefined) counter.lastBadge = { effect: event.data.effect, atMs: event.recordedAtMs };
  },
  "staff.signed-on": (hall, event) => {
    const { staffId, counterId } = event.data;
    changeKeys(hall, event, counterId, (counter) => {
      counter.onDuty = staffId;
      counter.onDutySinceMs = event.occurredAtMs;
      const person = present(hall.staff.get(staffId), `staff ${staffId}`);
      person.onDutyAt = counterId;
      remember(hall, staffId, counter, event.occurredAtMs);
    });
  },
  "staff.signed-off": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      leaveWindow(hall, counter);
      remember(hall, event.data.staffId, counter, event.occurredAtMs);
    }),
  "staff.sign-off-planned": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.signOffPlanned = true;
      remember(hall, event.data.staffId, counter, event.occurredAtMs);
    }),
  "staff.went-out": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.question = null;
      counter.paused = "out";
      remember(hall, event.data.staffId, counter, event.occurredAtMs);
    }),
  "staff.came-back": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.paused = null;
      remember(hall, event.data.staffId, counter, event.occurredAtMs);
    }),
  "question.asked": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.question = { staffId: event.data.staffId, untilMs: event.data.untilMs };
    }),
  "question.lapsed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.question = null;
    }),
};

import { type EpochMs, present, type StaffId } from "../../../protocol/index.ts";
import { isServing } from "../counters/counter.ts";
import type { EventOf, EventType } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { Counter, HallState } from "../state.ts";
import { beActing, leaveTo, leaveWindow } from "./window-hands.ts";

type Stamped = Pick<EventOf<EventType>, "occurredAtMs">;

function remember(hall: HallState, staffId: StaffId, counter: Counter, { occurredAtMs }: Stamped): void {
  counter.lastWordMs = Math.max(counter.lastWordMs, occurredAtMs);
  const person = hall.staff.get(staffId);
  if (person !== undefined) person.lastWordMs = Math.max(person.lastWordMs, occurredAtMs);
}

/** Somebody enters duty here: from now on they serve, and an outing they were on is over. */
function enter(
  hall: HallState,
  counter: Counter,
  event: Stamped,
  who: { readonly staffId: StaffId; readonly coverFor: StaffId | null },
): void {
  const member = present(hall.staff.get(who.staffId), `staff ${who.staffId}`);
  Object.assign(member, {
    onDutyAt: counter.counterId,
    onDutySinceMs: event.occurredAtMs,
    coverFor: who.coverFor,
    outing: null,
  });
  beActing(hall, counter, who.staffId);
  remember(hall, who.staffId, counter, event);
}

export const dutyFolds: Folds<
  | "badge.recorded"
  | "staff.signed-on"
  | "staff.took-over"
  | "staff.became-acting"
  | "staff.signed-off"
  | "staff.sign-off-planned"
  | "staff.sign-off-deferred"
  | "duty.ended"
> = {
  "badge.recorded": (hall, event) => {
    const counter = hall.counters.get(event.data.counterId);
    if (counter !== undefined) counter.lastBadge = { effect: event.data.effect, atMs: event.recordedAtMs };
  },
  "staff.signed-on": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.colleague = counter.onDuty;
      enter(hall, counter, event, event.data);
    }),
  "staff.took-over": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      leaveWindow(hall, counter);
      enter(hall, counter, event, { staffId: event.data.by, coverFor: event.data.coverFor });
    }),
  "staff.became-acting": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      const { staffId } = event.data;
      counter.colleague = counter.onDuty;
      beActing(hall, counter, staffId);
      remember(hall, staffId, counter, event);
    }),
  "staff.signed-off": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      leaveTo(hall, counter, event.data.staffId);
      remember(hall, event.data.staffId, counter, event);
    }),
  "staff.sign-off-planned": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.signOffPlanned = true;
      remember(hall, event.data.staffId, counter, event);
    }),
  "staff.sign-off-deferred": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.signOffPlanned = false;
    }),
  "duty.ended": (hall, event) => {
    const { counterId, staffId } = event.data;
    const member = hall.staff.get(staffId);
    if (member !== undefined) member.outing = null;
    if (member?.onDutyAt !== counterId) return; // Somebody else has had the window since they went out.
    changeKeys(hall, event, counterId, (counter) => leaveTo(hall, counter, staffId));
  },
};

export const outingFolds: Folds<"staff.went-out" | "staff.came-back" | "question.asked" | "question.lapsed"> = {
  "staff.went-out": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      const { staffId } = event.data;
      const member = hall.staff.get(staffId);
      const sinceMs: EpochMs = event.occurredUntilMs; // An *out* is its latest possible instant.
      if (member !== undefined) member.outing = { counterId: counter.counterId, sinceMs };
      goOut(hall, counter);
      remember(hall, staffId, counter, event);
    }),
  "staff.came-back": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      const { staffId } = event.data;
      const member = hall.staff.get(staffId);
      if (member !== undefined) member.outing = null;
      comeBack(hall, counter, staffId);
      remember(hall, staffId, counter, event);
    }),
  "question.asked": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      const { staffId, about, untilMs } = event.data;
      counter.question = { staffId, about, untilMs, askedAtMs: event.occurredUntilMs };
      remember(hall, staffId, counter, event);
    }),
  "question.lapsed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.question = null;
    }),
};

/** A colleague who is there has the window; else it is paused until one of them comes back. */
function goOut(hall: HallState, counter: Counter): void {
  const { colleague, onDuty } = counter;
  if (colleague !== null && hall.staff.get(colleague)?.outing === null) {
    counter.colleague = onDuty;
    beActing(hall, counter, colleague);
    return;
  }
  counter.question = null;
  counter.paused = "out";
  counter.pausePlanned = false;
}

/** Whoever is back serves, unless the colleague has somebody at the window. */
function comeBack(hall: HallState, counter: Counter, staffId: StaffId): void {
  if (counter.onDuty !== staffId) {
    if (isServing(counter.visit)) return;
    counter.colleague = counter.onDuty;
  }
  counter.paused = null;
  beActing(hall, counter, staffId);
}

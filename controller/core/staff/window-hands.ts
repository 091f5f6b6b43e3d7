import type { StaffId } from "../../../protocol/index.ts";
import type { Counter, HallState } from "../state.ts";

// Whose hands a window is in. Nobody is on duty at two windows (I5): a window that is left is left wholly.

/** The window closes: everybody there is off duty. */
export function leaveWindow(hall: HallState, counter: Counter): void {
  for (const staffId of [counter.onDuty, counter.colleague]) release(hall, counter, staffId);
  counter.onDuty = null;
  counter.colleague = null;
  counter.onDutySinceMs = null;
  counter.paused = null;
  forgetPlans(counter);
  counter.pausePlanned = false;
}

/** One person is off duty here; the colleague, if there is one, has the window. */
export function leaveTo(hall: HallState, counter: Counter, staffId: StaffId): void {
  if (counter.colleague === staffId) {
    release(hall, counter, staffId);
    counter.colleague = null;
    return;
  }
  if (counter.onDuty !== staffId) return; // Left with a window that was taken out of the configuration since.
  const { colleague } = counter;
  if (colleague === null) {
    leaveWindow(hall, counter);
    return;
  }
  release(hall, counter, staffId);
  counter.colleague = null;
  beActing(hall, counter, colleague);
}

/** `staffId`, who is on duty here, serves from here on. A pause by key stays; one for an outing ends with it. */
export function beActing(hall: HallState, counter: Counter, staffId: StaffId): void {
  counter.onDuty = staffId;
  const member = hall.staff.get(staffId);
  counter.onDutySinceMs = member?.onDutySinceMs ?? null;
  forgetPlans(counter);
  const isOut = member?.outing?.counterId === counter.counterId;
  if (isOut) counter.paused = "out";
  else if (counter.paused === "out") counter.paused = null;
}

function forgetPlans(counter: Counter): void {
  counter.signOffPlanned = false;
  counter.question = null;
}

function release(hall: HallState, counter: Counter, staffId: StaffId | null): void {
  const member = staffId === null ? undefined : hall.staff.get(staffId);
  if (member?.onDutyAt !== counter.counterId) return;
  member.onDutyAt = null;
  member.onDutySinceMs = null;
  member.coverFor = null;
}

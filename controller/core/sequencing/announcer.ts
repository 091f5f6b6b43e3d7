import type { EpochMs, VisitId } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallState, HallView, PendingCall } from "../state.ts";
import type { Folds } from "../fold.ts";

// Announcements are a queue of their own: one call has the hall's voice at a time, none is overwritten, and every timer
// that could be held against a citizen runs from `call.announced`, not from the press.

/** A call that was just decided: announced with it when the voice is free, else when its turn comes. */
export function announceIfFree(hall: HallView, call: PendingCall, at: EpochMs): EventDraft[] {
  return voiceIsFree(hall, at) && hall.pendingCalls.length === 0 ? [announced(call)] : [];
}

/** The next call whose turn has come. */
export function announceNext(hall: HallView, at: EpochMs): EventDraft[] {
  const next = hall.pendingCalls[0];
  return next !== undefined && voiceIsFree(hall, at) ? [announced(next)] : [];
}

const voiceIsFree = (hall: HallView, at: EpochMs): boolean => hall.voice === null || hall.voice.untilMs <= at;

const announced = (call: PendingCall): EventDraft =>
  draft(
    "call.announced",
    { callId: call.callId, visitId: call.visitId, counterId: call.counterId, callCount: call.callCount },
    CONTROLLER,
    call.visitId,
  );

/** A ticket that is no longer called is not announced any more. */
export function forgetCalls(hall: HallState, visitId: VisitId): void {
  if (hall.pendingCalls.length > 0) {
    hall.pendingCalls = hall.pendingCalls.filter((call) => call.visitId !== visitId);
  }
}

export const announcerFolds: Folds<"call.announced"> = {
  "call.announced": (hall, { data, recordedAtMs }) => {
    const slotMs = hall.configuration?.rules.announcementSlotMs ?? 0;
    hall.pendingCalls = hall.pendingCalls.filter((call) => call.callId !== data.callId);
    hall.voice = { visitId: data.visitId, untilMs: (recordedAtMs + slotMs) as EpochMs };
    const visit = hall.counters.get(data.counterId)?.visit;
    if (visit?.visitId !== data.visitId) return;
    visit.firstAnnouncedAtMs ??= recordedAtMs;
    visit.lastAnnouncedAtMs = recordedAtMs;
  },
};

import {
  BOARD_LINE_MIN,
  BOARD_LINES_MAX,
  type CounterId,
  type EpochMs,
  MAIN_ZONE,
  type TicketNumber,
  type VisitId,
  type ZoneId,
} from "../../../protocol/index.ts";
import { configuredCounter } from "../configured.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { HallState, HallView, PendingCall } from "../state.ts";
import type { Folds } from "../fold.ts";

// Announcements are a queue of their own, one per zone: one call has a zone's voice at a time, none is overwritten, and
// every timer that could be held against a citizen runs from `call.announced`, not from the press. The text does not
// wait for the voice: it is on the board from the call on.

/** A call as it was decided; its counter says in which zone it is heard. */
export type DecidedCall = Omit<PendingCall, "zone">;

/** A counter that has just left the configuration keeps its voice until its last visit is over. */
export function zoneOf(hall: HallView, counterId: CounterId): ZoneId {
  return configuredCounter(hall, counterId)?.zone ?? MAIN_ZONE;
}

/** A call that was just decided: announced with it when its zone's voice is free, else when its turn comes. */
export function announceIfFree(hall: HallView, call: DecidedCall, at: EpochMs): EventDraft[] {
  const zone = zoneOf(hall, call.counterId);
  const isNext = !hall.pendingCalls.some((pending) => pending.zone === zone);
  return isNext && voiceIsFree(hall, zone, at) ? [announced(call)] : [];
}

/** In each zone, the next call whose turn has come. */
export function announceNext(hall: HallView, at: EpochMs): EventDraft[] {
  if (hall.pendingCalls.length === 0) return [];
  const seen = new Set<ZoneId>();
  const first = hall.pendingCalls.filter(({ zone }) => !seen.has(zone) && seen.add(zone));
  return first.filter(({ zone }) => voiceIsFree(hall, zone, at)).map(announced);
}

const voiceIsFree = (hall: HallView, zone: ZoneId, at: EpochMs): boolean => (hall.voices.get(zone)?.untilMs ?? 0) <= at;

const announced = (call: DecidedCall): EventDraft =>
  draft(
    "call.announced",
    { callId: call.callId, visitId: call.visitId, counterId: call.counterId, callCount: call.callCount },
    CONTROLLER,
    call.visitId,
  );

/** For the folds of calls: the call waits for its zone's voice, and its line is on the board for its time. */
export function noteCall(hall: HallState, call: DecidedCall, number: TicketNumber, at: EpochMs): void {
  const { callId, visitId, counterId, callCount } = call;
  const zone = zoneOf(hall, counterId);
  hall.pendingCalls = [...hall.pendingCalls, { callId, visitId, counterId, callCount, zone }];
  const untilMs = (at + BOARD_LINE_MIN) as EpochMs;
  // The board has no room for more, and those before them go sooner: a rush must not make each call dearer.
  const recent = Math.max(0, hall.boardLines.length - BOARD_LINES_MAX);
  const kept = hall.boardLines.filter(
    (line, index) => line.visitId !== visitId && ((line.untilMs > at && index >= recent) || isAtHand(hall, line)),
  );
  hall.boardLines = [...kept, { visitId, number, counterId, zone, callCount, calledAtMs: at, untilMs }];
}

export const isAtHand = (hall: HallView, { counterId, visitId }: Pick<PendingCall, "counterId" | "visitId">): boolean =>
  hall.counters.get(counterId)?.visit?.visitId === visitId;

/** A ticket that is no longer called is not announced any more. */
export function forgetCalls(hall: HallState, visitId: VisitId): void {
  if (hall.pendingCalls.length > 0) {
    hall.pendingCalls = hall.pendingCalls.filter((call) => call.visitId !== visitId);
  }
}

export const announcerFolds: Folds<"call.announced"> = {
  "call.announced": (hall, { data, recordedAtMs }) => {
    const slotMs = hall.configuration?.rules.announcementSlotMs ?? 0;
    const { callId, visitId, counterId, callCount } = data;
    hall.pendingCalls = hall.pendingCalls.filter((call) => call.callId !== callId);
    const visit = hall.counters.get(counterId)?.visit;
    if (visit?.visitId !== visitId) return;
    const zone = zoneOf(hall, counterId);
    const untilMs = (recordedAtMs + slotMs) as EpochMs;
    hall.voices.set(zone, { callId, visitId, number: visit.number, counterId, callCount, untilMs });
    visit.firstAnnouncedAtMs ??= recordedAtMs;
    visit.lastAnnouncedAtMs = recordedAtMs;
  },
};

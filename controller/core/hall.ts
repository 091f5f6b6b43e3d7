import { accepted, type EpochMs, type Result, unreachable } from "../../protocol/index.ts";
import { accessFolds, noteAccess } from "./access/access-events.ts";
import { appointmentFolds, noteForAppointments } from "./appointments/appointment-folds.ts";
import { decideAppointment } from "./appointments/appointments.ts";
import { settleAppointments } from "./appointments/settling.ts";
import type { Command, Rejection } from "./commands.ts";
import { clockFolds, noteGuess, noteSetting } from "./clock-setting.ts";
import { extensionFolds, settleExtensions } from "./closing/extended-service.ts";
import { callingFolds } from "./counters/calling.ts";
import { armingFolds, callForArmed, expireArming } from "./counters/arming.ts";
import { holdingFolds } from "./counters/holding.ts";
import { pausingFolds } from "./counters/pausing.ts";
import { presumeStarts, presumingFolds } from "./counters/presuming.ts";
import { returningFolds, returnStranded } from "./counters/returning.ts";
import { visitFolds } from "./counters/visits.ts";
import { dayFolds, openDay } from "./days.ts";
import { clerkAction } from "./desk/clerk-actions.ts";
import { CITIZEN } from "./drafts.ts";
import type { EventDraft, EventType, HallEvent } from "./events.ts";
import type { Fold, Folds } from "./fold.ts";
import { applyInput } from "./inputs/apply-input.ts";
import { recordFolds } from "./inputs/record-folds.ts";
import { settleAlarms } from "./office/alarms/settle-alarms.ts";
import { decideOffice } from "./office/office.ts";
import { officeFolds } from "./office/office-folds.ts";
import { noteForOffice } from "./office/office-watch.ts";
import { noteVacancies } from "./office/vacancies.ts";
import { noteRestore, restoringFolds, settleRestored } from "./restoring.ts";
import { closeUnprinted, confirmPrint, printingFolds } from "./queue/printing.ts";
import { reEnterByNumber } from "./queue/missed-ticket.ts";
import { reEnter, reEntryFolds } from "./queue/re-entry.ts";
import { decideSeal, sealFolds } from "./sealing/day-seals.ts";
import { releaseBound, transferFolds } from "./queue/transfer.ts";
import { issueTicket, ticketFolds } from "./queue/tickets.ts";
import { expireRatings, ratingFolds } from "./ratings/rating-windows.ts";
import { announcerFolds, announceNext } from "./sequencing/announcer.ts";
import { assistanceFolds, clearAssistance } from "./staff/assistance.ts";
import { dutyFolds, outingFolds } from "./staff/duty-folds.ts";
import { settleDuty } from "./staff/duty.ts";
import { maintenanceFolds, settleMaintenance } from "./staff/maintenance.ts";
import { startFolds, startHall } from "./start.ts";
import { cursorKey, type HallState, type HallView } from "./state.ts";
import { noteBirth, noteLoss, presenceFolds } from "./terminals/presence.ts";

/** What would follow from `command` here and now. Pure: the same hall and command give the same answer. */
export function decide(hall: HallView, command: Command): Result<readonly EventDraft[], Rejection> {
  switch (command.type) {
    case "start":
      return accepted([...startHall(hall, command, command.at), ...noteSetting(hall, command)]);
    case "apply-input":
      return accepted(applyInput(hall, command));
    case "note-birth":
      return accepted(noteBirth(hall, command.terminalId, command.birth));
    case "note-loss":
      return accepted(noteLoss(hall, command));
    case "issue-ticket":
      return issueTicket(hall, command, command);
    case "confirm-print":
      return confirmPrint(hall, command);
    case "re-enter":
      return reEnter(hall, command.ticketId, command.at, CITIZEN);
    case "re-enter-by-number":
      return reEnterByNumber(hall, command, command.at);
    case "clerk-action":
      return clerkAction(hall, command);
    case "clear-assistance":
      return clearAssistance(hall, command.counterId, command.by);
    case "note-restore":
      return accepted(noteRestore(hall, command, command.at));
    case "settle-restored":
      return settleRestored(hall, command);
    case "name-log-key":
    case "seal-day":
      return decideSeal(hall, command);
    case "note-view":
    case "note-account":
      return accepted(noteAccess(command));
    case "file-document":
    case "sign-document":
    case "publish-attendance":
    case "note-reported":
    case "note-evidence":
    case "erase-evidence":
      return decideOffice(hall, command, command.at);
    case "book-appointment":
    case "cancel-appointment":
    case "check-in-appointment":
      return decideAppointment(hall, command, command);
    case "tick":
      return accepted(dueAt(hall, command));
    default:
      return unreachable(command);
  }
}

/**
 * Everything whose time has come. Each kind looks at what is due since, so a missed tick costs nothing. What may touch
 * the same counter comes one after the other, a tick each: a window that signs off gets no ticket in the same breath.
 */
function dueAt(hall: HallView, command: Command): EventDraft[] {
  const { at, commandId } = command;
  const setting = noteSetting(hall, command);
  if (setting.length > 0) return setting;
  const newDay = openDay(hall, command);
  if (newDay.length > 0) return newDay; // The rest is looked at by the next tick, on the new day's state.
  const settled = dueOf(SETTLED, hall, command);
  if (settled.length > 0) return settled;
  const overdue = dueOf(OVERDUE, hall, command);
  return overdue.length > 0 ? overdue : callForArmed(hall, commandId, at);
}

type Due = (hall: HallView, at: EpochMs, command: Command) => readonly EventDraft[];

const SETTLED: readonly Due[] = [
  expireRatings,
  closeUnprinted,
  releaseBound,
  settleExtensions,
  settleDuty,
  settleMaintenance,
  announceNext,
  (hall, _at, command) => settleAppointments(hall, command),
  noteVacancies,
  settleAlarms,
];
const OVERDUE: readonly Due[] = [returnStranded, presumeStarts, expireArming];

/** Ticks come four times a second, and mostly nothing is due. */
function dueOf(kinds: readonly Due[], hall: HallView, command: Command): EventDraft[] {
  const all: EventDraft[] = [];
  for (const due of kinds) {
    const some = due(hall, command.at, command);
    if (some.length > 0) all.push(...some);
  }
  return all;
}

const FOLDS: Folds<EventType> = {
  ...startFolds,
  ...clockFolds,
  ...accessFolds,
  ...appointmentFolds,
  ...sealFolds,
  ...officeFolds,
  ...restoringFolds,
  ...dayFolds,
  ...presenceFolds,
  ...dutyFolds,
  ...outingFolds,
  ...maintenanceFolds,
  ...assistanceFolds,
  ...ticketFolds,
  ...printingFolds,
  ...transferFolds,
  ...reEntryFolds,
  ...extensionFolds,
  ...callingFolds,
  ...announcerFolds,
  ...visitFolds,
  ...ratingFolds,
  ...pausingFolds,
  ...armingFolds,
  ...holdingFolds,
  ...presumingFolds,
  ...returningFolds,
  ...recordFolds,
};

/** Folds one event into the state, in place (see `state.ts`). Deterministic; an assertion stops a wrong decision. */
export function evolve(hall: HallState, event: HallEvent): void {
  const fold = FOLDS[event.type] as Fold<EventType>;
  fold(hall, event);
  noteForAppointments(hall, event);
  noteForOffice(hall, event);
  noteGuess(hall, event);
  if (event.cause.kind === "input") {
    hall.cursors.set(cursorKey(event.cause.terminalId, event.cause.stream), event.cause.seq);
  }
  hall.position = event.seq;
  hall.lastRecordedAtMs = event.recordedAtMs;
}

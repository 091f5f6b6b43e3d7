import { accepted, type Result, unreachable } from "../../protocol/index.ts";
import type { Command, Rejection } from "./commands.ts";
import { callingFolds } from "./counters/calling.ts";
import { pausingFolds } from "./counters/pausing.ts";
import { visitFolds } from "./counters/visits.ts";
import { dayFolds, type Instant, openDay } from "./days.ts";
import type { EventDraft, EventType, HallEvent } from "./events.ts";
import type { Fold, Folds } from "./fold.ts";
import { applyInput } from "./inputs/apply-input.ts";
import { recordFolds } from "./inputs/record-folds.ts";
import { issueTicket, ticketFolds } from "./queue/tickets.ts";
import { expireRatings, ratingFolds } from "./ratings/rating-windows.ts";
import { announcerFolds, announceNext } from "./sequencing/announcer.ts";
import { dutyFolds, settleDuty } from "./staff/duty.ts";
import { startFolds, startHall } from "./start.ts";
import { cursorKey, type HallState, type HallView } from "./state.ts";
import { noteBirth, noteLoss, presenceFolds } from "./terminals/presence.ts";

/** What would follow from `command` here and now. Pure: the same hall and command give the same answer. */
export function decide(hall: HallView, command: Command): Result<readonly EventDraft[], Rejection> {
  switch (command.type) {
    case "start":
      return accepted(startHall(hall, command, command.at));
    case "apply-input":
      return accepted(applyInput(hall, command));
    case "note-birth":
      return accepted(noteBirth(hall, command.terminalId, command.birth));
    case "note-loss":
      return accepted(noteLoss(hall, command));
    case "issue-ticket":
      return issueTicket(hall, command, command);
    case "tick":
      return accepted(dueAt(hall, command));
    default:
      return unreachable(command);
  }
}

/** Everything whose time has come. Each kind looks at what is due since, so a missed tick costs nothing. */
function dueAt(hall: HallView, instant: Instant): EventDraft[] {
  const { at } = instant;
  const newDay = openDay(hall, instant);
  if (newDay.length > 0) return newDay; // The rest is looked at by the next tick, on the new day's state.
  return [...expireRatings(hall, at), ...settleDuty(hall, at), ...announceNext(hall, at)];
}

const FOLDS: Folds<EventType> = {
  ...startFolds,
  ...dayFolds,
  ...presenceFolds,
  ...dutyFolds,
  ...ticketFolds,
  ...callingFolds,
  ...announcerFolds,
  ...visitFolds,
  ...ratingFolds,
  ...pausingFolds,
  ...recordFolds,
};

/** Folds one event into the state, in place (see `state.ts`). Deterministic; an assertion stops a wrong decision. */
export function evolve(hall: HallState, event: HallEvent): void {
  const fold = FOLDS[event.type] as Fold<EventType>;
  fold(hall, event);
  if (event.cause.kind === "input") {
    hall.cursors.set(cursorKey(event.cause.terminalId, event.cause.stream), event.cause.seq);
  }
  hall.position = event.seq;
  hall.lastRecordedAtMs = event.recordedAtMs;
}

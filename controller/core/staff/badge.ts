import {
  assert,
  type EpochMs,
  present,
  QUESTION_WITHIN,
  type StaffId,
  type TerminalId,
} from "../../../protocol/index.ts";
import { isOfBookedSlot } from "../appointments/slot-badge.ts";
import { byStaff, byTerminal, draft } from "../drafts.ts";
import type { BadgeEffect, EventDraft, QuestionAbout } from "../events.ts";
import type { BodyOf, InputContext } from "../inputs/context.ts";
import type { HallView } from "../state.ts";
import { coverOf, peopleAt, type Person, personOf } from "./authority.ts";
import { effectOf } from "./badge-effect.ts";

/**
 * A badge at a counter. The tap is always recorded, for attendance; what it does to the window follows from that
 * person's own session and the time, never from a toggle.
 */
export function presentBadge(context: InputContext, { badge }: BodyOf<"badge-presented">): EventDraft[] {
  const { hall, counter } = context;
  const { counterId } = counter;
  const staffId = hall.staffByBadge.get(badge) ?? null;
  if (staffId === null) {
    const effect = isRevoked(hall, badge) ? "refused-revoked" : "refused-unknown";
    return [draft("badge.recorded", { counterId, badge, staffId, effect }, byTerminal(counter.terminalId))];
  }
  const person = personOf(hall, staffId);
  const effect = effectOf(context, person);
  const booked = isOfBookedSlot(context, person, effect) ? ({ booked: true } as const) : {};
  const recorded = draft("badge.recorded", { counterId, badge, staffId, effect, ...booked }, byStaff(staffId));
  return [recorded, ...consequences(context, person, effect)];
}

const isRevoked = (hall: HallView, badge: BodyOf<"badge-presented">["badge"]): boolean =>
  hall.configuration?.staff.some(({ revokedBadges }) => revokedBadges.includes(badge)) === true;

/** A badge at a terminal that is no window: on record for attendance, with nothing to open. */
export function noteBadge(hall: HallView, terminalId: TerminalId, { badge }: BodyOf<"badge-presented">): EventDraft {
  const place = hall.configuration?.desks.find((desk) => desk.terminal === terminalId)?.kind ?? "unassigned";
  const staffId = hall.staffByBadge.get(badge) ?? null;
  const actor = staffId === null ? byTerminal(terminalId) : byStaff(staffId);
  return draft("badge.noted", { terminalId, place, badge, staffId }, actor);
}

function consequences(context: InputContext, person: Person, effect: BadgeEffect): EventDraft[] {
  const { hall, counter } = context;
  const { counterId } = counter;
  const who = { counterId, staffId: person.id };
  const actor = byStaff(person.id);
  switch (effect) {
    case "sign-on":
      return [draft("staff.signed-on", { ...who, coverFor: coverOf(hall, person, counter) }, actor)];
    case "sign-off":
      return [draft("staff.signed-off", who, actor)];
    case "sign-off-planned":
      return counter.signOffPlanned ? [] : [draft("staff.sign-off-planned", who, actor)];
    case "asked-going-out":
      return [ask(context, person.id, "going-out")];
    case "asked-take-over":
      return [ask(context, person.id, "take-over")];
    case "took-over":
      return [takeOver(context, person)];
    case "became-acting":
      return becomeActing(context, person.id);
    case "went-out":
      return [draft("staff.went-out", who, actor)];
    case "came-back":
      return [draft("staff.came-back", who, actor)];
    case "patrol":
      return patrol(context, person.id);
    case "maintenance-begun":
      return [draft("maintenance.begun", who, actor)];
    case "maintenance-ended":
      return [draft("maintenance.ended", { counterId, how: "technician" }, actor)];
    default:
      return []; // Refused or too late for the window; the record stands.
  }
}

function ask({ counter, occurred }: InputContext, staffId: StaffId, about: QuestionAbout): EventDraft {
  // From the tap itself: a question that arrives long after its asker has gone lapses at once.
  const untilMs = (occurred.latest + QUESTION_WITHIN) as EpochMs;
  return draft("question.asked", { counterId: counter.counterId, staffId, about, untilMs }, byStaff(staffId));
}

/** Whoever comes back to a place that was kept for them covers nobody; else the one whose place it is stays named. */
function takeOver({ hall, counter }: InputContext, person: Person): EventDraft {
  const covered = present(counter.onDuty, "staff on duty");
  const owner = hall.staff.get(covered)?.coverFor ?? covered;
  const coverFor = owner === person.id ? null : owner;
  const { counterId } = counter;
  return draft("staff.took-over", { counterId, by: person.id, covered, coverFor }, byStaff(person.id));
}

/** The one who waited for a ticket's end to sign off need not wait any more: the colleague has the window. */
function becomeActing({ counter }: InputContext, staffId: StaffId): EventDraft[] {
  const { counterId, onDuty, signOffPlanned } = counter;
  assert(onDuty !== null, "somebody acts where a colleague is");
  const acting = draft("staff.became-acting", { counterId, staffId }, byStaff(staffId));
  return signOffPlanned
    ? [acting, draft("staff.signed-off", { counterId, staffId: onDuty }, byStaff(onDuty))]
    : [acting];
}

/** The window stays as it is. An inspector who is there has answered a call for assistance. */
function patrol({ counter }: InputContext, staffId: StaffId): EventDraft[] {
  const { counterId, assistanceAtMs } = counter;
  const actor = byStaff(staffId);
  const recorded = draft("patrol.recorded", { counterId, staffId, onDuty: [...peopleAt(counter)] }, actor);
  if (assistanceAtMs === null) return [recorded];
  return [recorded, draft("assistance.answered", { counterId, how: "inspector" }, actor)];
}

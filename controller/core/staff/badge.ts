import {
  type EpochMs,
  milliseconds,
  minutes,
  present,
  QUESTION_WITHIN,
  type StaffId,
} from "../../../protocol/index.ts";
import { keypadIsKept } from "../counters/counter.ts";
import { byStaff, byTerminal, draft } from "../drafts.ts";
import type { BadgeEffect, EventDraft } from "../events.ts";
import type { BodyOf, InputContext } from "../inputs/context.ts";

/** A tap of the person who has just signed on, within this time, is the same card lying on the reader. */
const SAME_TAP_WITHIN = milliseconds(3000);

/**
 * A badge at a counter. The tap is always recorded, for attendance; what it does to the window follows from that
 * person's own session and the time, never from a toggle.
 */
export function presentBadge(context: InputContext, { badge }: BodyOf<"badge-presented">): EventDraft[] {
  const { hall, counter } = context;
  const staffId = hall.staffByBadge.get(badge) ?? null;
  const effect = staffId === null ? "refused-unknown" : effectOf(context, staffId);
  const { counterId } = counter;
  const actor = staffId === null ? byTerminal(counter.terminalId) : byStaff(staffId);
  const recorded = draft("badge.recorded", { counterId, badge, staffId, effect }, actor);
  return staffId === null ? [recorded] : [recorded, ...consequences(context, staffId, effect)];
}

function effectOf(context: InputContext, staffId: StaffId): BadgeEffect {
  const { hall, counter, occurred } = context;
  const person = present(hall.staff.get(staffId), `staff ${staffId}`);
  if (isOvertaken(context, person.lastWordMs)) return "recorded-late";
  if (counter.onDuty === staffId) return effectOnDuty(context, staffId);
  if (counter.onDuty !== null) return "refused-window-taken";
  if (person.onDutyAt !== null) return "refused-elsewhere";
  if (!person.counters.includes(counter.counterId)) return "refused-wrong-window";
  return sessionAt(context, occurred.earliest) === null ? "refused-closed" : "sign-on";
}

/** True when this tap is surely not the latest word for the person or the window, or is of another day. */
function isOvertaken({ hall, counter, occurred }: InputContext, personLastWordMs: number): boolean {
  if (occurred.latest < counter.lastWordMs || occurred.latest < personLastWordMs) return true;
  return hall.day === null || occurred.latest < hall.day.startsAtMs;
}

function effectOnDuty(context: InputContext, staffId: StaffId): BadgeEffect {
  const { hall, counter, occurred, at } = context;
  if (counter.paused === "out") return "came-back";
  if (counter.question?.staffId === staffId && occurred.earliest <= counter.question.untilMs) return "went-out";
  if (occurred.earliest - (counter.onDutySinceMs ?? 0) < SAME_TAP_WITHIN) return "recorded-repeat";
  if (nearsItsEnd(context)) {
    const busy = counter.visit !== null || keypadIsKept(hall, counter, at);
    return busy ? "sign-off-planned" : "sign-off";
  }
  return counter.visit === null ? "asked-going-out" : "refused-serving";
}

type Session = NonNullable<InputContext["hall"]["day"]>["sessions"][number];

/** The session that is open at `instant`, or about to be. */
function sessionAt({ hall }: InputContext, instant: EpochMs): Session | null {
  const lead = minutes(hall.configuration?.rules.signOnFromMinutes ?? 0);
  const sessions = hall.day?.sessions ?? [];
  return sessions.find(({ fromMs, toMs }) => instant >= fromMs - lead && instant < toMs) ?? null;
}

/** An *out* is judged at its latest possible instant: doubt favours the employee. */
function nearsItsEnd(context: InputContext): boolean {
  const session = sessionAt(context, context.occurred.latest);
  const lead = minutes(context.hall.configuration?.rules.signOffFromMinutes ?? 0);
  return session === null || context.occurred.latest >= session.toMs - lead;
}

function consequences({ counter, at }: InputContext, staffId: StaffId, effect: BadgeEffect): EventDraft[] {
  const who = { counterId: counter.counterId, staffId };
  const actor = byStaff(staffId);
  switch (effect) {
    case "sign-on":
      return [draft("staff.signed-on", who, actor)];
    case "sign-off":
      return [draft("staff.signed-off", who, actor)];
    case "sign-off-planned":
      return counter.signOffPlanned ? [] : [draft("staff.sign-off-planned", who, actor)];
    case "asked-going-out":
      return [draft("question.asked", { ...who, untilMs: (at + QUESTION_WITHIN) as EpochMs }, actor)];
    case "went-out":
      return [draft("staff.went-out", who, actor)];
    case "came-back":
      return [draft("staff.came-back", who, actor)];
    default:
      return []; // Refused or too late for the window; the record stands.
  }
}

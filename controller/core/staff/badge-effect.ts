import { milliseconds, present, QUESTION_WITHIN } from "../../../protocol/index.ts";
import { mustStayOpen } from "../closing/close-window.ts";
import { isServing, keypadIsKept } from "../counters/counter.ts";
import type { BadgeEffect, QuestionAbout } from "../events.ts";
import type { InputContext } from "../inputs/context.ts";
import { hasTurn } from "../office/turns.ts";
import type { HallView } from "../state.ts";
import { isAuthorised, isShared, type Person } from "./authority.ts";
import { nearsItsEnd, sessionAt } from "./sessions.ts";

/** A tap of somebody whose badge acted here within this time is the same card lying on the reader. */
const SAME_TAP_WITHIN = milliseconds(3000);

/** What this person's tap comes to at this window. Whoever is on duty somewhere acts as what they are on duty as. */
export function effectOf(context: InputContext, person: Person): BadgeEffect {
  const { hall, counter } = context;
  const { onDutyAt, lastWordMs } = memberOf(hall, person);
  if (isOvertaken(context, lastWordMs)) return "recorded-late";
  if (counter.onDuty === person.id) return effectActing(context, person);
  if (counter.colleague === person.id) return effectBeside(context, person);
  if (counter.maintenance?.staffId === person.id)
    return isRepeat(context, person) ? "recorded-repeat" : "maintenance-ended";
  const asClerk = person.roles.includes("clerk") ? effectComing(context, person) : "refused-wrong-window";
  if (asClerk === "sign-on" || onDutyAt !== null) return asClerk;
  if (person.roles.includes("inspector")) return "patrol";
  if (!person.roles.includes("technician") || asClerk === "asked-take-over" || asClerk === "took-over") return asClerk;
  if (counter.maintenance !== null) return "refused-maintenance";
  return counter.onDuty === null ? "maintenance-begun" : "refused-not-closed";
}

const memberOf = (hall: HallView, { id }: Person) => present(hall.staff.get(id), `staff ${id}`);

/** True when this tap is surely not the latest word for the person or the window, or is of another day. */
function isOvertaken({ hall, counter, occurred }: InputContext, personLastWordMs: number): boolean {
  if (occurred.latest < counter.lastWordMs || occurred.latest < personLastWordMs) return true;
  return hall.day === null || occurred.latest < hall.day.startsAtMs;
}

function isRepeat({ hall, occurred }: InputContext, person: Person): boolean {
  return occurred.earliest - memberOf(hall, person).lastWordMs < SAME_TAP_WITHIN;
}

/** The second tap, judged by when both taps were, so that two that arrive late answer as they would have. */
function isConfirmed({ counter, occurred }: InputContext, person: Person, about: QuestionAbout): boolean {
  const { question } = counter;
  if (question?.staffId !== person.id || question.about !== about) return false;
  return occurred.earliest <= question.askedAtMs + QUESTION_WITHIN;
}

/** Somebody who is not on duty here. */
function effectComing(context: InputContext, person: Person): BadgeEffect {
  const { hall, counter, occurred, at } = context;
  const { counterId, onDuty, colleague, visit } = counter;
  if (!isAuthorised(person, counterId) || !hasTurn(hall, person.id, counterId)) return "refused-wrong-window";
  if (!person.trained) return "refused-untrained";
  if (memberOf(hall, person).onDutyAt !== null) return "refused-elsewhere";
  const session = sessionAt(hall, person.id, occurred.earliest);
  if (session === null) return "refused-closed";
  if (sessionAt(hall, person.id, at)?.fromMs !== session.fromMs) return "recorded-late"; // Of a session that is over.
  if (counter.maintenance !== null) return "refused-maintenance";
  if (isConfirmed(context, person, "take-over")) return visit === null ? "took-over" : "refused-serving";
  if (isRepeat(context, person)) return "recorded-repeat";
  if (onDuty === null) return "sign-on";
  if (isShared(hall, counterId)) {
    if (colleague !== null) return "refused-window-taken";
    return isServing(visit) ? "refused-serving" : "sign-on";
  }
  return visit === null ? "asked-take-over" : "refused-serving";
}

function effectActing(context: InputContext, person: Person): BadgeEffect {
  const { hall, counter, occurred, at } = context;
  if (memberOf(hall, person).outing !== null) return isRepeat(context, person) ? "recorded-repeat" : "came-back";
  if (isConfirmed(context, person, "going-out")) return counter.visit === null ? "went-out" : "refused-serving";
  if (isRepeat(context, person)) return "recorded-repeat";
  if (nearsItsEnd(hall, person.id, occurred.latest)) {
    if (mustStayOpen(hall, counter)) return "refused-waiting";
    const busy = counter.visit !== null || keypadIsKept(hall, counter, at);
    return busy ? "sign-off-planned" : "sign-off";
  }
  return counter.visit === null ? "asked-going-out" : "refused-serving";
}

/** The second one at a shared window. A ticket being served stays with who serves it; else the later presser serves. */
function effectBeside(context: InputContext, person: Person): BadgeEffect {
  const { hall, counter, occurred } = context;
  if (isRepeat(context, person)) return "recorded-repeat";
  if (memberOf(hall, person).outing !== null) return "came-back";
  if (nearsItsEnd(hall, person.id, occurred.latest)) return "sign-off";
  return isServing(counter.visit) ? "refused-serving" : "became-acting";
}

import { accepted, type EpochMs, minutes, PAUSE_CYCLE_WITHIN, present, refused } from "../../../protocol/index.ts";
import { byStaff, draft } from "../drafts.ts";
import type { EventBodies, EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { actorAt, type CounterContext, type Decided } from "../inputs/context.ts";
import type { ReasonId } from "../reasons.ts";
import { chooseStrictly } from "../sequencing/strict.ts";
import type { HallView, PauseShown } from "../state.ts";
import { callTicket } from "./calling.ts";
import type { CounterView } from "./counter.ts";

/** What the clerk says of a pause; a key says nothing, and the first configured reason stands. */
export interface PauseWish {
  readonly reason?: ReasonId | undefined;
  /** How long it is expected to last. */
  readonly minutes?: number | undefined;
}

/** Pauses with a reason (QUE-07); one that is paused by the keys already gets the reason and the time now given. */
export function pause(context: CounterContext, wish: PauseWish = {}): Decided {
  const { hall, counter, at } = context;
  if (counter.visit !== null) return refused("has-ticket");
  const reasons = reasonsOf(hall);
  const reason = wish.reason ?? counter.pause?.reason ?? firstReason(hall);
  if (!reasons.includes(reason)) return refused("unknown-reason");
  const untilMs = wish.minutes === undefined ? null : ((at + minutes(wish.minutes)) as EpochMs);
  const paused = { counterId: counter.counterId, reason, untilMs };
  if (counter.paused === "keys" && (wish.reason ?? wish.minutes) !== undefined) {
    return accepted([draft("counter.pause-changed", paused, actorAt(counter))]);
  }
  if (counter.paused !== null) return refused("paused");
  if (leavesTooFew(hall, counter)) return refused("field-needs-counters");
  return accepted([draft("counter.paused", paused, actorAt(counter))]);
}

/** Back to work, and the next ticket with it if one waits. Somebody who went out comes back by badge only. */
export function resume(context: CounterContext): Decided {
  const { hall, counter, at } = context;
  const hindrance = whyNoResume(counter);
  if (hindrance !== null) return refused(hindrance);
  const resumed = backToWork(context);
  const choice = counter.signOffPlanned ? null : chooseStrictly(hall, counter, at);
  return accepted(choice?.chosen ? [...resumed, ...callTicket(context, choice.chosen)] : resumed);
}

/** The pause key, while paused: soon after a reason came up it is the next reason, later it is back to work. */
export function cyclePause(context: CounterContext): Decided {
  const { hall, counter, occurred } = context;
  const hindrance = whyNoResume(counter);
  if (hindrance !== null) return refused(hindrance);
  const { pause: shown, counterId } = counter;
  if (shown === null || occurred.earliest - shown.chosenAtMs >= PAUSE_CYCLE_WITHIN)
    return accepted(backToWork(context));
  const reasons = reasonsOf(hall);
  const reason = reasons[(reasons.indexOf(shown.reason) + 1) % reasons.length] ?? shown.reason;
  const changed = { counterId, reason, untilMs: shown.untilMs };
  return accepted([draft("counter.pause-changed", changed, actorAt(counter))]);
}

function whyNoResume(counter: CounterView): "not-paused" | "is-out" | null {
  if (counter.paused === null) return "not-paused";
  return counter.paused === "out" ? "is-out" : null;
}

function backToWork({ counter }: CounterContext): EventDraft[] {
  const staffId = present(counter.onDuty, "staff on duty");
  return [draft("counter.resumed", { counterId: counter.counterId }, byStaff(staffId))];
}

export function planPause(context: CounterContext): Decided {
  const { hall, counter } = context;
  if (counter.visit?.phase !== "serving") return refused("not-serving");
  if (counter.pausePlanned) return refused("paused");
  if (leavesTooFew(hall, counter)) return refused("field-needs-counters");
  return accepted([draft("counter.pause-planned", { counterId: counter.counterId }, actorAt(counter))]);
}

export function unplanPause({ counter }: CounterContext): Decided {
  if (!counter.pausePlanned) return refused("not-paused");
  return accepted([draft("counter.pause-unplanned", { counterId: counter.counterId }, actorAt(counter))]);
}

/** The pause that was planned for when this ticket has left the window. */
export function pauseWithTicketsEnd({ hall, counter }: CounterContext): EventDraft[] {
  if (!counter.pausePlanned) return [];
  const paused = { counterId: counter.counterId, reason: firstReason(hall), untilMs: null };
  return [draft("counter.paused", paused, actorAt(counter))];
}

const reasonsOf = (hall: HallView): readonly ReasonId[] =>
  present(hall.configuration, "configuration").pauseReasons.map(({ id }) => id);

const firstReason = (hall: HallView): ReasonId => present(reasonsOf(hall)[0], "pause reason");

/** True when one of its queues would be left with fewer open counters than the hall's rules ask for. */
function leavesTooFew(hall: HallView, counter: CounterView): boolean {
  const { counters, rules } = present(hall.configuration, "configuration");
  if (rules.openPerQueueMin === 0) return false;
  const staying = counters.filter(({ id }) => id !== counter.counterId && isStaying(hall.counters.get(id)));
  const own = counters.find(({ id }) => id === counter.counterId)?.queues ?? [];
  return own.some((queueId) => staying.filter(({ queues }) => queues.includes(queueId)).length < rules.openPerQueueMin);
}

const isStaying = (counter: CounterView | undefined): boolean =>
  counter !== undefined && counter.onDuty !== null && counter.paused === null && !counter.pausePlanned;

export const pausingFolds: Folds<
  "counter.paused" | "counter.pause-changed" | "counter.resumed" | "counter.pause-planned" | "counter.pause-unplanned"
> = {
  "counter.paused": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.paused = "keys";
      counter.pause = shownBy(event.data, event.recordedAtMs, event.recordedAtMs);
      counter.pausePlanned = false;
    }),
  "counter.pause-changed": (hall, { data, recordedAtMs }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter === undefined || counter.pause === null) return;
    counter.pause = shownBy(data, counter.pause.sinceMs, recordedAtMs); // The keys mean what they meant: no new basis.
  },
  "counter.resumed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.paused = null;
    }),
  "counter.pause-planned": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.pausePlanned = true;
    }),
  "counter.pause-unplanned": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.pausePlanned = false;
    }),
};

const shownBy = (
  { reason, untilMs }: EventBodies["counter.paused"],
  sinceMs: EpochMs,
  chosenAtMs: EpochMs,
): PauseShown => ({ reason, sinceMs, chosenAtMs, untilMs });

import { present } from "../../../protocol/index.ts";
import { byStaff, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import { actorAt, type InputContext, refuseIntent } from "../inputs/context.ts";
import { chooseStrictly } from "../sequencing/strict.ts";
import { callTicket } from "./calling.ts";

export function pause(context: InputContext): EventDraft[] {
  const { counter } = context;
  if (counter.visit !== null) return refuseIntent(context, "has-ticket");
  if (counter.paused !== null) return refuseIntent(context, "paused");
  return [draft("counter.paused", { counterId: counter.counterId }, actorAt(counter))];
}

/** Back to work, and the next ticket with it if one waits. Somebody who went out comes back by badge only. */
export function resume(context: InputContext): EventDraft[] {
  const { hall, counter, at } = context;
  if (counter.paused === null) return refuseIntent(context, "not-paused");
  if (counter.paused === "out") return refuseIntent(context, "is-out");
  const staffId = present(counter.onDuty, "staff on duty");
  const resumed = draft("counter.resumed", { counterId: counter.counterId }, byStaff(staffId));
  const choice = counter.signOffPlanned ? null : chooseStrictly(hall, counter, at);
  return choice?.chosen ? [resumed, ...callTicket(context, choice.chosen)] : [resumed];
}

export function planPause(context: InputContext): EventDraft[] {
  const { counter } = context;
  if (counter.visit?.phase !== "serving") return refuseIntent(context, "not-serving");
  if (counter.pausePlanned) return refuseIntent(context, "paused");
  return [draft("counter.pause-planned", { counterId: counter.counterId }, actorAt(counter))];
}

export function unplanPause(context: InputContext): EventDraft[] {
  const { counter } = context;
  if (!counter.pausePlanned) return refuseIntent(context, "not-paused");
  return [draft("counter.pause-unplanned", { counterId: counter.counterId }, actorAt(counter))];
}

export const pausingFolds: Folds<
  "counter.paused" | "counter.resumed" | "counter.pause-planned" | "counter.pause-unplanned"
> = {
  "counter.paused": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.paused = "keys";
      counter.pausePlanned = false;
    }),
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

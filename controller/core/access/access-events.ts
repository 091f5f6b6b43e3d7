import { draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { Folds } from "../fold.ts";
import { type AccessEvents, type AccessOrder, VIEWED_MAX } from "./access-event-bodies.ts";

export function noteAccess(order: AccessOrder): EventDraft[] {
  const { accountId } = order;
  const actor = { kind: "account", accountId } as const;
  if (order.type === "note-account") return [draft(`account.${order.deed}`, { accountId }, actor)];
  const people = [...new Set(order.view.people)].toSorted().slice(0, VIEWED_MAX);
  return [draft("record.viewed", { ...order.view, people, accountId }, actor)];
}

const nothing = (): void => {};

/** On record, and nothing else. */
export const accessFolds: Folds<keyof AccessEvents> = {
  "record.viewed": nothing,
  "account.signed-in": nothing,
  "account.signed-out": nothing,
  "account.locked-out": nothing,
  "account.password-changed": nothing,
  "account.created": nothing,
};

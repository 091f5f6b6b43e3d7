import { accepted, type CounterId, refused, type Result } from "../../../protocol/index.ts";
import type { AccountId } from "../access/actor.ts";
import type { Rejection } from "../commands.ts";
import { byAccount, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import type { Folds } from "../fold.ts";
import type { HallView } from "../state.ts";

/** Somebody of the hall has been at the window. Answering a call nobody has made changes nothing. */
export function clearAssistance(
  hall: HallView,
  counterId: CounterId,
  by?: AccountId,
): Result<readonly EventDraft[], Rejection> {
  const counter = hall.counters.get(counterId);
  if (counter === undefined) return refused({ code: "unknown-counter", detail: `no counter "${counterId}"` });
  if (counter.assistanceAtMs === null) return accepted([]);
  return accepted([draft("assistance.answered", { counterId, how: "hall" }, byAccount(by))]);
}

/** A call stands until somebody has answered it, whoever is on duty meanwhile. */
export const assistanceFolds: Folds<"assistance.requested" | "assistance.answered"> = {
  "assistance.requested": (hall, { data, recordedAtMs }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter !== undefined) counter.assistanceAtMs ??= recordedAtMs;
  },
  "assistance.answered": (hall, { data }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter !== undefined) counter.assistanceAtMs = null;
  },
};

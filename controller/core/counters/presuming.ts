import { type EpochMs, present } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { HallView } from "../state.ts";
import { type CounterView, phaseOf } from "./counter.ts";

/**
 * Called citizens whose start nobody pressed: some time after the last announcement they are taken to be at the window.
 * Not at a terminal that is offline: its clerk may have pressed start already, or be gone with it.
 */
export function presumeStarts(hall: HallView, at: EpochMs): EventDraft[] {
  const presumedAfterMs = present(hall.configuration, "configuration").rules.presumedAfterMs;
  const presumed: EventDraft[] = [];
  for (const counter of hall.counters.values()) {
    const { visit, counterId } = counter;
    if (visit === null || phaseOf(counter) !== "called" || isSilent(hall, counter)) continue;
    if (hall.pendingCalls.some((call) => call.visitId === visit.visitId)) continue; // A recall is still to be heard.
    if (visit.lastAnnouncedAtMs === null || at - visit.lastAnnouncedAtMs < presumedAfterMs) continue;
    presumed.push(draft("visit.presumed", { visitId: visit.visitId, counterId }, CONTROLLER, visit.visitId));
  }
  return presumed;
}

const isSilent = (hall: HallView, { terminalId }: CounterView): boolean =>
  hall.terminals.get(terminalId)?.online === false;

export const presumingFolds: Folds<"visit.presumed"> = {
  "visit.presumed": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, ({ visit }) => {
      if (visit?.visitId === event.data.visitId) visit.presumedAtMs = event.recordedAtMs;
    }),
};

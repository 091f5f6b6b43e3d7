import { type EpochMs, minutes } from "../../../protocol/index.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft } from "../events.ts";
import { changeKeys, type Folds } from "../fold.ts";
import type { HallView } from "../state.ts";

/** Maintenance that nobody ended: a window must not stay out of service because a card was forgotten. */
export function settleMaintenance(hall: HallView, at: EpochMs): EventDraft[] {
  const longest = minutes(hall.configuration?.rules.maintenanceMinutes ?? 0);
  const due: EventDraft[] = [];
  for (const { counterId, maintenance } of hall.counters.values()) {
    if (maintenance === null || at - maintenance.sinceMs < longest) continue;
    due.push(draft("maintenance.ended", { counterId, how: "timeout" }, CONTROLLER));
  }
  return due;
}

export const maintenanceFolds: Folds<"maintenance.begun" | "maintenance.ended"> = {
  "maintenance.begun": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      const { staffId } = event.data;
      counter.maintenance = { staffId, sinceMs: event.recordedAtMs };
      counter.lastWordMs = Math.max(counter.lastWordMs, event.occurredAtMs);
      const member = hall.staff.get(staffId);
      if (member !== undefined) member.lastWordMs = Math.max(member.lastWordMs, event.occurredAtMs);
    }),
  "maintenance.ended": (hall, event) =>
    changeKeys(hall, event, event.data.counterId, (counter) => {
      counter.maintenance = null;
      counter.lastWordMs = Math.max(counter.lastWordMs, event.occurredAtMs);
    }),
};

import type { HallEvent } from "../../events.ts";
import type { OfficeState } from "../office-state.ts";

/** Events with which a window does its work; whoever is at it is there. */
const WORK = /^(?:ticket|visit|counter)\./u;

/** For folds: who badged at a window whose hand-over is due, and when a window last did something. */
export function noteForAlarms(office: OfficeState, event: HallEvent): void {
  if (!("counterId" in event.data) || event.data.counterId === null || event.data.counterId === undefined) return;
  const { counterId } = event.data;
  if (WORK.test(event.type) && event.actor.kind === "staff") office.worked.set(counterId, event.occurredAtMs);
  if (event.type !== "badge.recorded" || event.data.staffId === null) return;
  for (const [id, alarm] of office.alarms) {
    if (alarm.kind !== "hand-over-due" || alarm.counterId !== counterId) continue;
    office.alarms.set(id, { ...alarm, seen: [...new Set([...alarm.seen, event.data.staffId])] });
  }
}

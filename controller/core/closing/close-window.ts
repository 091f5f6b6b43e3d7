import type { StaffId } from "../../../protocol/index.ts";
import { configuredCounter } from "../configured.ts";
import type { CounterView } from "../counters/counter.ts";
import { CONTROLLER, draft } from "../drafts.ts";
import type { Actor, EventDraft } from "../events.ts";
import { regulationOf } from "../office/regulation.ts";
import { bindingKey } from "../queue/lines.ts";
import type { HallView } from "../state.ts";

/**
 * HRS-20: where the regulation says so, nobody closes a window while somebody waits whom no other open window serves:
 * they are served first, or declined one by one with a reason on file (HRS-19). A colleague who stays keeps it open.
 */
export function mustStayOpen(hall: HallView, counter: CounterView): boolean {
  const regulation = regulationOf(hall.configuration);
  if (regulation === null || regulation.policy.profile.schedule.closeWhileWaiting) return false;
  if (counter.colleague !== null) return false;
  const { counterId, onDuty } = counter;
  const bound = [bindingKey({ counterId, staffId: null })];
  if (onDuty !== null) bound.push(bindingKey({ counterId: null, staffId: onDuty }));
  if (bound.some((key) => (hall.boundLines.get(key)?.size ?? 0) > 0)) return true;
  const queues = configuredCounter(hall, counterId)?.queues ?? [];
  return queues.some((queue) => (hall.lines.get(queue)?.size ?? 0) > 0 && !isServedElsewhere(hall, counter, queue));
}

/** A sign-off that waited for the last ticket: carried out, or put off because others have come meanwhile. */
export function plannedSignOff(hall: HallView, counter: CounterView, staffId: StaffId, by: Actor): EventDraft {
  const { counterId } = counter;
  return mustStayOpen(hall, counter)
    ? draft("staff.sign-off-deferred", { counterId, staffId }, CONTROLLER)
    : draft("staff.signed-off", { counterId, staffId }, by);
}

type Queue = NonNullable<ReturnType<typeof configuredCounter>>["queues"][number];

function isServedElsewhere(hall: HallView, { counterId }: CounterView, queue: Queue): boolean {
  return [...hall.counters.values()].some((other) => {
    if (other.counterId === counterId || other.onDuty === null) return false;
    if (other.paused === "out" || other.maintenance !== null || other.signOffPlanned) return false;
    return configuredCounter(hall, other.counterId)?.queues.includes(queue) === true;
  });
}

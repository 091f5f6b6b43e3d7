import type { HallSeconds } from "../../../controller/index.ts";
import { type CounterId, Level, type ServiceId, TicketId } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { DemoHall } from "../hall-plan.ts";
import { type PastDay, sessionOf } from "./past-days.ts";
import type { PastHall } from "./past-hall.ts";

/** One citizen: a ticket, and somebody who calls a while later. */
interface PastVisit {
  readonly counterId: CounterId;
  readonly serviceId: ServiceId;
  readonly comesAt: HallSeconds;
  readonly waitsS: number;
}

/** A past is kept small: so many visits a day in the whole hall, at least one a window. */
const VISITS_A_DAY = 18;
const VISITS_A_WINDOW_MAX = 6;
const MINUTE_S = 60;
/** From a session's start to its first citizen. The last comes early enough that nobody waits when it ends. */
const FIRST_AFTER_S = 20 * MINUTE_S;
const LAST_BEFORE_S = 50 * MINUTE_S;
const WAITS_S = { least: 20, most: 6 * MINUTE_S } as const;
const WALKS_S = { least: 8, most: 40 } as const;
const SERVED_S = { least: 3 * MINUTE_S, most: 10 * MINUTE_S } as const;
const RATES_AFTER_S = 9;
const RATES_PART = 0.7;
/** Most people are content. */
const LEVELS: readonly number[] = [5, 5, 5, 5, 4, 4, 4, 3, 2];
const CALLS_AGAIN_AFTER_S = 25;
const LOOKS_AFTER_S = 2;

export function visitsOn({ counters, services }: DemoHall, day: PastDay, chance: Chance): readonly PastVisit[] {
  const each = Math.min(VISITS_A_WINDOW_MAX, Math.max(1, Math.floor(VISITS_A_DAY / counters.length)));
  return counters.flatMap(({ counterId, queues }) =>
    Array.from({ length: each }, (_, index): PastVisit => {
      const { from, to } = sessionOf(day, index % day.sessions.length);
      const fitting = services.filter(({ queueId }) => queues.includes(queueId));
      return {
        counterId,
        serviceId: chance.pick(fitting).serviceId,
        comesAt: Math.round(chance.between(from + FIRST_AFTER_S, to - LAST_BEFORE_S)),
        waitsS: Math.round(chance.between(WAITS_S.least, WAITS_S.most)),
      };
    }),
  );
}

export function liveVisit(past: PastHall, { counterId, serviceId, comesAt, waitsS }: PastVisit, chance: Chance): void {
  const ticketId = TicketId.parse(chance.uuid());
  past.at(comesAt, () => past.order({ type: "issue-ticket", serviceId, ticketId }));
  const calledAt = comesAt + waitsS;
  past.at(calledAt, () => callNext(past, windowFor(past, counterId, serviceId), calledAt, chance));
}

/** This window, or if it stands empty the first other one that does the same and is free. */
function windowFor({ hall }: PastHall, counterId: CounterId, serviceId: ServiceId): CounterId {
  if (hall.counters.get(counterId)?.onDuty !== null) return counterId;
  const { counters = [], services = [] } = hall.configuration ?? {};
  const queue = services.find(({ id }) => id === serviceId)?.queue;
  const others = counters.filter(({ queues }) => queue !== undefined && queues.includes(queue));
  const free = others.map(({ id }) => hall.counters.get(id)).find((other) => other?.onDuty && other.visit === null);
  return free?.counterId ?? counterId;
}

/** Before a session ends every window calls until nobody waits. */
export function emptyQueues(past: PastHall, { counters }: DemoHall, day: PastDay, chance: Chance): void {
  for (const { to } of day.sessions) {
    const at = to - LAST_BEFORE_S + WAITS_S.most;
    for (const { counterId } of counters) past.at(at, () => callNext(past, counterId, at, chance));
  }
}

/** The window does what its keys say: one that is closed or busy calls nobody, and the ticket waits for who is free. */
export function callNext(past: PastHall, counterId: CounterId, at: HallSeconds, chance: Chance): void {
  const counter = past.hall.counters.get(counterId);
  if (counter === undefined || counter.onDuty === null || counter.visit !== null || counter.paused !== null) return;
  past.terminalAt(counterId).intent({ type: "call-next", body: {} }, counter.basis);
  past.at(at + LOOKS_AFTER_S, () => serve(past, counterId, at + LOOKS_AFTER_S, chance));
}

/** Whoever was called sits down, is served, perhaps rates, and the next one is called. */
export function serve(past: PastHall, counterId: CounterId, at: HallSeconds, chance: Chance): void {
  const counter = past.hall.counters.get(counterId);
  const terminal = past.terminalAt(counterId);
  if (counter !== undefined && counter.armedSinceMs !== null) {
    // Nobody waited: a window that stays armed would be given whoever comes next, and nobody here would know.
    terminal.intent({ type: "disarm", body: {} }, counter.basis);
    return past.at(at + LOOKS_AFTER_S, () => serve(past, counterId, at + LOOKS_AFTER_S, chance));
  }
  const visitId = counter?.visit?.visitId;
  if (visitId === undefined) return;
  const startedAt = at + Math.round(chance.between(WALKS_S.least, WALKS_S.most));
  const endedAt = startedAt + Math.round(chance.between(SERVED_S.least, SERVED_S.most));
  past.at(startedAt, () => terminal.fact({ type: "service-started", body: { visitId } }));
  past.at(endedAt, () => terminal.fact({ type: "service-finished", body: { visitId } }));
  const againAt = endedAt + CALLS_AGAIN_AFTER_S;
  past.at(againAt, () => callNext(past, counterId, againAt, chance));
  if (!chance.happens(RATES_PART)) return;
  const level = Level.parse(chance.pick(LEVELS));
  past.at(endedAt + RATES_AFTER_S, () => terminal.fact({ type: "rating-given", body: { visitId, level } }));
}

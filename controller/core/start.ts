import { canonicalJson, type CounterId, type EpochMs, type Json, present } from "../../protocol/index.ts";
import type { HallConfiguration } from "./configuration.ts";
import { endArming } from "./counters/arming.ts";
import { closedCounter, type CounterView } from "./counters/counter.ts";
import { putBack, returnFrom } from "./counters/returning.ts";
import { reckonDay } from "./days.ts";
import { CONTROLLER, draft } from "./drafts.ts";
import type { EventDraft } from "./events.ts";
import type { Folds } from "./fold.ts";
import type { HallDay } from "./hall-day.ts";
import { flagPostings } from "./office/postings.ts";
import { forgetCalls } from "./sequencing/announcer.ts";
import { leaveTo, leaveWindow } from "./staff/window-hands.ts";
import type { Counter, HallState, HallView } from "./state.ts";

/** A controller wakes: a new epoch, the configuration if it changed, the running day's sessions if they moved. */
export function startHall(
  hall: HallView,
  order: { readonly version: string; readonly configuration: HallConfiguration },
  at: EpochMs,
): EventDraft[] {
  const { version, configuration } = order;
  const woken = draft("controller.started", { epoch: hall.epoch + 1, version }, CONTROLLER);
  const disarmed = [...hall.counters.values()].flatMap((counter) => endArming(counter, "restart"));
  const changed = !same(hall.configuration, configuration);
  if (!changed) return [woken, ...disarmed];
  const started = [woken, ...disarmed, ...returnFrom(hall, (counter) => !staysIn(configuration, counter))];
  const configured = [
    draft("hall.configured", { configuration }, CONTROLLER),
    ...flagPostings(hall, configuration, at),
  ];
  // The running day is reckoned anew by the new zone and sessions; a day that is over is closed by the first tick.
  const reckonFor = hall.day !== null && at >= hall.day.endsAtMs ? hall.day.startsAtMs : at;
  const day = reckonDay(configuration, reckonFor);
  if (same(hall.day, day)) return [...started, ...configured];
  return [...started, ...configured, draft("day.opened", day, CONTROLLER), ...flagHours(hall.day, day)];
}

/** HRS-12: hours of a day that has begun already were not told in advance, whatever the configuration says. */
function flagHours(former: HallDay | null, day: HallDay): EventDraft[] {
  if (former === null || former.date !== day.date || same(former.sessions, day.sessions)) return [];
  return [draft("hours.changed-unannounced", { date: day.date }, CONTROLLER)];
}

/** Whether the window is still there, and so is whoever is on duty at it. */
function staysIn({ counters, staff }: HallConfiguration, { counterId, onDuty }: CounterView): boolean {
  return counters.some(({ id }) => id === counterId) && (onDuty === null || staff.some(({ id }) => id === onDuty));
}

const same = (a: unknown, b: unknown): boolean => canonicalJson((a ?? null) as Json) === canonicalJson(b as Json);

export const startFolds: Folds<"controller.started" | "hall.configured"> = {
  "controller.started": (hall, { data, recordedAtMs }) => {
    hall.epoch = data.epoch;
    hall.startedAtMs = recordedAtMs;
    for (const terminal of hall.terminals.values()) {
      if (terminal.online) terminal.sinceMs = recordedAtMs;
      terminal.online = false; // Until it is heard again.
    }
  },
  "hall.configured": (hall, event) => {
    const { configuration } = event.data;
    hall.configuration = configuration;
    rosterFrom(hall, configuration);
    countersFrom(hall, configuration, event.seq);
  },
};

function rosterFrom(hall: HallState, configuration: HallConfiguration): void {
  const former = new Map(hall.staff);
  hall.staff.clear();
  hall.staffByBadge.clear();
  for (const { id, badges } of configuration.staff) {
    const known = former.get(id);
    hall.staff.set(id, {
      staffId: id,
      onDutyAt: known?.onDutyAt ?? null,
      onDutySinceMs: known?.onDutySinceMs ?? null,
      coverFor: known?.coverFor ?? null,
      outing: known?.outing ?? null,
      lastWordMs: known?.lastWordMs ?? 0,
    });
    for (const badge of badges) hall.staffByBadge.set(badge, id);
  }
}

function countersFrom(hall: HallState, configuration: HallConfiguration, position: number): void {
  const former = new Map<CounterId, Counter>(hall.counters);
  hall.counters.clear();
  hall.counterAt.clear();
  for (const { id, terminal, shared } of configuration.counters) {
    const counter = former.get(id) ?? closedCounter(id, terminal, hall.epoch, position);
    counter.terminalId = terminal;
    if (counter.colleague !== null && !hall.staff.has(counter.colleague)) counter.colleague = null;
    if (counter.onDuty !== null && !hall.staff.has(counter.onDuty)) clearAway(hall, counter);
    else if (counter.colleague !== null && !shared) leaveTo(hall, counter, counter.colleague);
    if (counter.maintenance !== null && !hall.staff.has(counter.maintenance.staffId)) counter.maintenance = null;
    hall.counters.set(id, counter);
    hall.counterAt.set(terminal, id);
    former.delete(id);
  }
  for (const removed of former.values()) clearAway(hall, removed);
}

/** The window or its person is no more, and its tickets have been returned: nobody is on duty. */
function clearAway(hall: HallState, counter: Counter): void {
  const { visit } = counter;
  leaveWindow(hall, counter);
  counter.maintenance = null;
  counter.visit = null;
  if (visit === null) return;
  forgetCalls(hall, visit.visitId);
  const ticket = present(hall.tickets.get(visit.ticketId), `ticket ${visit.number}`);
  putBack(hall, ticket);
}

import { canonicalJson, type CounterId, type EpochMs, type Json, present } from "../../protocol/index.ts";
import type { HallConfiguration } from "./configuration.ts";
import { closedCounter } from "./counters/counter.ts";
import { reckonDay } from "./days.ts";
import { CONTROLLER, draft } from "./drafts.ts";
import type { EventDraft } from "./events.ts";
import type { Folds } from "./fold.ts";
import { lineOf } from "./queue/tickets.ts";
import { forgetCalls } from "./sequencing/announcer.ts";
import { leaveWindow } from "./staff/duty.ts";
import type { Counter, HallState, HallView } from "./state.ts";

/** A controller wakes: a new epoch, the configuration if it changed, the running day's sessions if they moved. */
export function startHall(
  hall: HallView,
  order: { readonly version: string; readonly configuration: HallConfiguration },
  at: EpochMs,
): EventDraft[] {
  const { version, configuration } = order;
  const started = draft("controller.started", { epoch: hall.epoch + 1, version }, CONTROLLER);
  const changed = !same(hall.configuration, configuration);
  if (!changed) return [started];
  const configured = draft("hall.configured", { configuration }, CONTROLLER);
  // The running day is reckoned anew by the new zone and sessions; a day that is over is closed by the first tick.
  const reckonFor = hall.day !== null && at >= hall.day.endsAtMs ? hall.day.startsAtMs : at;
  const day = reckonDay(configuration, reckonFor);
  return same(hall.day, day) ? [started, configured] : [started, configured, draft("day.opened", day, CONTROLLER)];
}

const same = (a: unknown, b: unknown): boolean => canonicalJson((a ?? null) as Json) === canonicalJson(b as Json);

export const startFolds: Folds<"controller.started" | "hall.configured"> = {
  "controller.started": (hall, { data, recordedAtMs }) => {
    hall.epoch = data.epoch;
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
  for (const { id, counters, badges } of configuration.staff) {
    const known = former.get(id);
    hall.staff.set(id, {
      staffId: id,
      counters,
      onDutyAt: known?.onDutyAt ?? null,
      lastWordMs: known?.lastWordMs ?? 0,
    });
    for (const badge of badges) hall.staffByBadge.set(badge, id);
  }
}

function countersFrom(hall: HallState, configuration: HallConfiguration, position: number): void {
  const former = new Map<CounterId, Counter>(hall.counters);
  hall.counters.clear();
  hall.counterAt.clear();
  for (const { id, terminal } of configuration.counters) {
    const counter = former.get(id) ?? closedCounter(id, terminal, hall.epoch, position);
    counter.terminalId = terminal;
    if (counter.onDuty !== null && !hall.staff.has(counter.onDuty)) clearAway(hall, counter);
    hall.counters.set(id, counter);
    hall.counterAt.set(terminal, id);
    former.delete(id);
  }
  for (const removed of former.values()) clearAway(hall, removed);
}

/** The window or its person is no more: nobody is on duty, and its ticket goes back to its place in the line. */
function clearAway(hall: HallState, counter: Counter): void {
  const { visit } = counter;
  leaveWindow(hall, counter);
  counter.visit = null;
  if (visit === null) return;
  forgetCalls(hall, visit.visitId);
  const ticket = present(hall.tickets.get(visit.ticketId), `ticket ${visit.number}`);
  ticket.phase = "waiting";
  lineOf(hall, ticket.queueId).add(ticket);
}

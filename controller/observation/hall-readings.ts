import type { CounterPhase, EpochMs } from "../../protocol/index.ts";
import type { WaitingReading } from "../adapters/metrics/metric-sources.ts";
import { phaseOf } from "../core/counters/counter.ts";
import type { HallView } from "../core/state.ts";

/** Who waits for what, for every configured service, also where nobody does. */
export function waitingReadings(hall: HallView, now: EpochMs): WaitingReading[] {
  const found = new Map<string, { queue: string; service: string; tickets: number; oldestMs: number }>();
  const entry = (queue: string, service: string) => {
    const key = `${queue}/${service}`;
    const known = found.get(key) ?? { queue, service, tickets: 0, oldestMs: 0 };
    found.set(key, known);
    return known;
  };
  for (const { id, queue } of hall.configuration?.services ?? []) entry(queue, id);
  for (const { ticketId, phase, queueId, serviceId, enteredAtMs } of hall.tickets.values()) {
    if (phase !== "waiting" || hall.unprinted.has(ticketId) || hall.unconfirmed.has(ticketId)) continue;
    const line = entry(queueId, serviceId);
    line.tickets += 1;
    line.oldestMs = Math.max(line.oldestMs, now - enteredAtMs);
  }
  return [...found.values()];
}

export function openTickets(hall: HallView): [phase: string, tickets: number][] {
  const count = { called: 0, serving: 0, held: 0, unconfirmed: 0 };
  for (const { ticketId, phase } of hall.tickets.values()) {
    if (phase !== "waiting") count[phase] += 1;
    else if (hall.unconfirmed.has(ticketId)) count.unconfirmed += 1;
  }
  return Object.entries(count);
}

/** Empty posts (缺岗), by kind; both are always there, so that an alert can rest on them. */
export function vacantPosts({ office }: HallView): [kind: string, windows: number][] {
  const count = { vacant: 0, empty: 0 };
  for (const { kind } of office?.vacancies.values() ?? []) count[kind] += 1;
  return Object.entries(count);
}

export function waitingDocuments({ office }: HallView): number {
  let waiting = 0;
  for (const { state } of office?.documents.values() ?? []) if (state === "waiting") waiting += 1;
  return waiting;
}

export function counterPhases(hall: HallView): [phase: string, counters: number][] {
  const count = new Map<CounterPhase, number>();
  for (const counter of hall.counters.values()) {
    const phase = phaseOf(counter);
    count.set(phase, (count.get(phase) ?? 0) + 1);
  }
  return [...count];
}

import type { MetricSources } from "./metric-sources.ts";
import { plain, type Reading } from "./readings.ts";

/** Of the process, the log and the wire. */
export function controllerReadings(sources: MetricSources): Reading[] {
  const { version } = sources;
  const load = () => sources.brokerLoad?.();
  return [
    {
      kind: "gauge",
      name: "hallward_build_info",
      help: "Which build runs? Always 1; the answer is in the labels.",
      labels: ["version"],
      read: () => [[{ version }, 1]],
    },
    plain("gauge", "hallward_log_position", "How far is the log? Position of the last commit.", sources.logPosition),
    plain("gauge", "hallward_epoch", "How often did a controller start on this log?", sources.epoch),
    plain("gauge", "hallward_store_writable", "Can the hall be written to? 1 or 0.", () => Number(sources.writable())),
    plain("gauge", "hallward_engine_backlog", "How many orders wait for the next commit?", sources.backlog),
    plain("gauge", "hallward_invariant_breaches", "How many invariants are broken?", sources.breaches),
    plain("gauge", "hallward_clock_trusted", "Does the wall clock agree with the hall's time? 1 or 0.", () =>
      Number(sources.clockTrusted()),
    ),
    plain("gauge", "hallward_terminals_online", "How many terminals are heard now?", sources.terminalsOnline),
    plain("gauge", "hallward_broker_connections", "How many connections does the broker have?", sources.connections),
    plain(
      "gauge",
      "hallward_broker_strangers",
      "How many sockets have shown no certificate yet?",
      () => load()?.strangers ?? 0,
    ),
    plain(
      "gauge",
      "hallward_broker_buffered_bytes",
      "How many bytes of terminals wait in memory, read or to be written?",
      () => load()?.bufferedBytes ?? 0,
    ),
    plain(
      "gauge",
      "hallward_broker_outbound_peak_bytes",
      "What is the most that ever waited to be written to one terminal?",
      () => load()?.outboundBytesPeak ?? 0,
    ),
    plain("gauge", "hallward_event_listeners", "How many pages follow the hall live?", sources.listeners),
    plain("counter", "hallward_acks_total", "How many acknowledgements were sent?", sources.acks),
    plain(
      "counter",
      "hallward_needs_total",
      "How many gaps were found, that is, how often were inputs asked for again?",
      sources.needs,
    ),
    {
      kind: "counter",
      name: "hallward_inputs_total",
      help: "What became of the inputs of terminals: applied, repeated, beyond a gap, foreign, oversized, quarantined?",
      labels: ["fate"],
      read: () => [...sources.inputs()].map(([fate, count]) => [{ fate }, count]),
    },
  ];
}

/** Of the people in the hall. */
export function hallReadings(sources: MetricSources): Reading[] {
  const waiting = () => [...sources.waiting()];
  return [
    {
      kind: "gauge",
      name: "hallward_tickets_waiting",
      help: "How many tickets wait, and for what?",
      labels: ["queue", "service"],
      read: () => waiting().map(({ queue, service, tickets }) => [{ queue, service }, tickets]),
    },
    {
      kind: "gauge",
      name: "hallward_ticket_wait_oldest_seconds",
      help: "How long has the longest waiting ticket waited?",
      labels: ["queue", "service"],
      read: () => waiting().map(({ queue, service, oldestMs }) => [{ queue, service }, oldestMs / 1000]),
    },
    {
      kind: "gauge",
      name: "hallward_tickets_open",
      help: "How many tickets are called and not begun, served, set aside, or of before a restore and not confirmed?",
      labels: ["phase"],
      read: () => [...sources.ticketsOpen()].map(([phase, tickets]) => [{ phase }, tickets]),
    },
    plain("gauge", "hallward_documents_waiting", "How many documents wait for a signature?", sources.documentsWaiting),
    {
      kind: "gauge",
      name: "hallward_posts_vacant",
      help: "How many windows should be staffed and are not?",
      labels: ["kind"],
      read: () => [...sources.vacancies()].map(([kind, windows]) => [{ kind }, windows]),
    },
    {
      kind: "gauge",
      name: "hallward_counters",
      help: "What are the counters doing?",
      labels: ["phase"],
      read: () => [...sources.counters()].map(([phase, counters]) => [{ phase }, counters]),
    },
  ];
}

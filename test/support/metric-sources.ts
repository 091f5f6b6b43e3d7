import type { MetricSources, TerminalReading } from "../../controller/adapters/metrics/metric-sources.ts";

/** A hall in which nothing happens. */
export const quietSources = (): MetricSources => ({
  version: "9.9.9",
  logPosition: () => 0,
  epoch: () => 1,
  backlog: () => 0,
  breaches: () => 0,
  writable: () => true,
  clockTrusted: () => true,
  terminalsOnline: () => 0,
  connections: () => 0,
  listeners: () => 0,
  waiting: () => [],
  ticketsOpen: () => [],
  counters: () => [],
  vacancies: () => [],
  documentsWaiting: () => 0,
  inputs: () => [],
  acks: () => 0,
  needs: () => 0,
  terminals: () => [],
});

/** One that is 7 inputs behind, has reconnected twice, and whose clock is a quarter of a second late. */
export const terminalReading = (terminal: string): TerminalReading => ({
  terminal,
  online: true,
  heardAgoMs: 1_500,
  face: { sent: 4, shown: 3 },
  faults: [{ device: "badge-reader", fault: "unplugged" }],
  health: {
    head: 107,
    done: 100,
    uptimeMs: 60_000,
    memoryBytes: 70_000_000,
    clockOffsetMs: -250,
    counters: {
      keyPresses: 1,
      keysRefused: 0,
      keysStuck: 0,
      keysChattering: 0,
      badges: 1,
      badgeFramesBad: 0,
      ratings: 0,
      reconnects: 2,
      resends: 0,
      messagesRefused: 0,
    },
  },
});

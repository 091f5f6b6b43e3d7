import { type ControllerMetrics, createMetrics } from "../adapters/metrics.ts";
import type { BrokerLoad } from "../adapters/broker/broker.ts";
import type { HallEngine } from "../assembled-engine.ts";
import { counterPhases, openTickets, vacantPosts, waitingDocuments, waitingReadings } from "./hall-readings.ts";
import type { HallProgram } from "../hall-program.ts";
import { VERSION } from "../version.ts";

/** What is measured, each looked up when it is: a controller opens them one after the other. */
export interface HallMetricParts {
  readonly hall: () => HallEngine;
  readonly program: () => HallProgram;
  readonly connections: () => number;
  readonly brokerLoad: () => BrokerLoad | undefined;
  readonly listeners: () => number;
}

export function openHallMetrics({ hall, program, ...edges }: HallMetricParts): ControllerMetrics {
  const engine = () => hall().engine;
  const view = () => engine().hall;
  const intake = () => program().intake.counters;
  return createMetrics({
    ...edges,
    version: VERSION,
    logPosition: () => engine().head.seq,
    epoch: () => view().epoch,
    backlog: () => engine().backlog,
    writable: () => !engine().ended && engine().unwritable === null,
    clockTrusted: () => engine().time().trusted,
    breaches: () => hall().invariants.breaches,
    terminalsOnline: () => program().watch.online,
    waiting: () => waitingReadings(view(), engine().time().at),
    ticketsOpen: () => openTickets(view()),
    counters: () => counterPhases(view()),
    vacancies: () => vacantPosts(view()),
    documentsWaiting: () => waitingDocuments(view()),
    inputs: () => {
      const { applied, repeated, beyondGap, foreignStream, quarantined, oversized } = intake();
      const fates = { applied, repeated, "beyond-gap": beyondGap, "foreign-stream": foreignStream };
      return Object.entries({ ...fates, quarantined, oversized });
    },
    acks: () => intake().acks,
    needs: () => intake().needs,
    terminals: () => program().watch.pictures(),
  });
}

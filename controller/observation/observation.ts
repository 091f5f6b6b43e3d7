import type { Clock, HallId, Trace } from "../../protocol/index.ts";
import type { ControllerMetrics } from "../adapters/metrics.ts";
import type { HallEvent } from "../core/events.ts";
import type { Engine } from "../engine/engine.ts";
import type { HallEngineParts } from "../hall-engine.ts";
import { type HallMetricParts, openHallMetrics } from "./hall-metrics.ts";
import { LoopProbe } from "./loop-probe.ts";
import { Passages } from "./passages.ts";

export interface ObservationParts extends HallMetricParts {
  readonly hallId: HallId;
  readonly clock: Clock;
  readonly trace: Trace | null;
}

/** What a controller tells of itself: metrics, and traces if somebody asked for them. Changes nothing it looks at. */
export interface Observation {
  readonly metrics: ControllerMetrics;
  readonly passages: Passages;
  /** For the engine that is yet to be opened. */
  readonly ofEngine: Required<Pick<HallEngineParts, "onCommit" | "watch">>;
  /** From now on. */
  follow(engine: Engine): void;
  close(): void;
}

export function openObservation({ hallId, clock, trace, ...parts }: ObservationParts): Observation {
  const metrics = openHallMetrics(parts);
  const hallNow = () => parts.hall().engine.time().at;
  const passages = new Passages({ hall: hallId, clock, hallNow, onAcknowledged: metrics.acknowledged, trace });
  const probe = new LoopProbe(clock, metrics.loopDelayed);
  return {
    metrics,
    passages,
    ofEngine: {
      onCommit(took, { records, keys }, begun) {
        metrics.committed(took, records.length);
        passages.committed(keys, begun);
      },
      watch: { watching: (decide) => passages.watching(decide), onSnapshot: metrics.snapshotSaved },
    },
    follow(engine) {
      engine.onCommitted((events) => countRefusals(events, metrics));
      probe.start();
    },
    close: () => probe.stop(),
  };
}

function countRefusals(events: readonly HallEvent[], metrics: ControllerMetrics): void {
  for (const event of events) if (event.type === "intent.refused") metrics.intentRefused(event.data.code);
}

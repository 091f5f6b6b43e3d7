import type { Folds } from "../fold.ts";

// Events about a counter that change nothing but a lamp, or nothing at all.

const onRecordOnly = (): void => undefined;

export const recordFolds: Folds<
  "intent.refused" | "fact.recorded" | "input.rejected" | "device.faulted" | "device.recovered" | "assistance.requested"
> = {
  "intent.refused": onRecordOnly,
  "fact.recorded": onRecordOnly,
  "input.rejected": onRecordOnly,
  "device.faulted": onRecordOnly,
  "device.recovered": onRecordOnly,
  "assistance.requested": (hall, { data, recordedAtMs }) => {
    const counter = hall.counters.get(data.counterId);
    if (counter !== undefined) counter.assistanceAtMs = recordedAtMs;
  },
};

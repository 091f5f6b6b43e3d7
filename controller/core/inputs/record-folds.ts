import type { Folds } from "../fold.ts";

// Events about a counter that change nothing but a lamp, or nothing at all.

const onRecordOnly = (): void => undefined;

export const recordFolds: Folds<
  | "intent.refused"
  | "fact.recorded"
  | "input.rejected"
  | "device.faulted"
  | "device.recovered"
  | "hours.changed-unannounced"
  | "badge.noted"
  | "patrol.recorded"
> = {
  "intent.refused": onRecordOnly,
  "fact.recorded": onRecordOnly,
  "input.rejected": onRecordOnly,
  "device.faulted": onRecordOnly,
  "device.recovered": onRecordOnly,
  "hours.changed-unannounced": onRecordOnly,
  "badge.noted": onRecordOnly,
  "patrol.recorded": onRecordOnly,
};

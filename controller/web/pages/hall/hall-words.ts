import type { Words } from "../../design/design.ts";
import type { CounterOverview } from "./hall-contract.ts";

type Phase = CounterOverview["phase"];

const phase = (zh: string, en: string, tone: Tone): { readonly words: Words; readonly tone: Tone } => ({
  words: { zh, en },
  tone,
});

/** A colour of the design, by its meaning. */
export type Tone = "call" | "good" | "pause" | "alarm" | "off";

export const PHASES: { readonly [K in Phase]: { readonly words: Words; readonly tone: Tone } } = {
  closed: phase("关闭", "Closed", "off"),
  idle: phase("空闲", "Idle", "good"),
  armed: phase("待叫", "Armed", "good"),
  called: phase("呼叫中", "Calling", "call"),
  presumed: phase("应已到窗", "Presumed", "call"),
  serving: phase("办理中", "Serving", "good"),
  rating: phase("评价中", "Rating", "good"),
  paused: phase("暂停", "Paused", "pause"),
  question: phase("待确认", "Asking", "pause"),
  maintenance: phase("维护中", "Maintenance", "off"),
};

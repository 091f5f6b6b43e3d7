import type { HallEvent } from "../../controller/index.ts";
import type { Final, History } from "../history.ts";
import type { WorldPlan } from "../world-plan.ts";

/** Something that must not be. `invariant`: I1 to I19, or another stable short word. */
export interface Violation {
  readonly invariant: string;
  /** One line for people: what, where, when. */
  readonly detail: string;
  /** The name of the checker that found it; whoever asks the checkers fills it in. */
  readonly checker?: string;
}

/** All a checker may know: what the world did and saw, and the stores as they are at the end. */
export interface Evidence {
  readonly plan: WorldPlan;
  readonly history: History;
  readonly final: Final;
  /** The controller's log, read as events, once for all checkers. */
  readonly events: readonly HallEvent[];
  /** Parts per million by which the world's clocks drift at most; absent: as badly as quartzes may. */
  readonly driftPpm?: number;
}

/** Correctness holds at every moment, liveness only after faults have ended. */
export interface Checker {
  readonly name: string;
  readonly kind: "correctness" | "liveness";
  readonly check: (evidence: Evidence) => Violation[];
}

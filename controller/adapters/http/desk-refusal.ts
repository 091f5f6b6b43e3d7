import type { ProblemCode, ProblemReason } from "./problem.ts";

/** Why a request that reached the hall is refused. */
export interface DeskRefusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly reason?: ProblemReason;
  /** Where in the body it lies: a JSON pointer. */
  readonly pointer?: string;
}

/** A correction is a document: it adds a tap when it is approved, and never changes one. */
export interface CorrectionRequest {
  readonly person: string;
  readonly requester: string;
  readonly reason: string;
}

export type CorrectionFault = "own-request" | "own-benefit" | "no-reason";

/** Who approves is neither who asked nor who gains by it. */
export function correctionFault(request: CorrectionRequest, approver: string): CorrectionFault | null {
  if (request.reason.trim() === "") return "no-reason";
  if (approver === request.requester) return "own-request";
  return approver === request.person ? "own-benefit" : null;
}

import type { DecisionRequest } from "./document-request.ts";
import type { FiledDocument } from "./office-state.ts";

/** Which papers there are beside a leave. */
export interface PapersShown {
  /** Who wrote the sick note. */
  readonly certificate: string | null;
  /** The sending unit's opinion, in writing. */
  readonly unitOpinion: boolean;
}

type Filed = Pick<FiledDocument, "certificate" | "evidence" | "signed">;

/**
 * A paper is there when it lies in the vault or a signer says that it was shown to them: what somebody writes about
 * their own paper is not enough (ATT-14). The unit's opinion comes with its seal, so a signer has seen it.
 */
export function papersShown(filed: Filed, decision: Pick<DecisionRequest, "certificate" | "unitOpinion">): PapersShown {
  const said = [...filed.signed, decision];
  const seen = said.findLast(({ certificate }) => certificate !== undefined)?.certificate;
  const claimed = filed.evidence.length > 0 ? filed.certificate : null;
  return { certificate: seen ?? claimed, unitOpinion: said.some(({ unitOpinion }) => unitOpinion === true) };
}

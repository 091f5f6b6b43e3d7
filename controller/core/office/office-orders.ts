import type { EpochMs, TerminalId } from "../../../protocol/index.ts";
import type { Actor } from "../access/actor.ts";
import type { DecisionRequest, DocumentRequest, PublicationRequest } from "./document-request.ts";
import type { PublishedLine } from "./office-events.ts";

/** A sheet as it was derived at the edge, to be hung up. */
export interface DerivedSheet {
  readonly lines: readonly PublishedLine[];
  readonly digest: string;
  readonly position: number;
}

export type OfficeOrder =
  | {
      readonly type: "file-document";
      readonly actor: Actor;
      readonly documentId: string;
      readonly document: DocumentRequest;
    }
  | {
      readonly type: "sign-document";
      readonly actor: Actor;
      readonly documentId: string;
      readonly decision: DecisionRequest;
    }
  /** By a person, or (null) by the clock when the regulation's hour has come. */
  | {
      readonly type: "publish-attendance";
      readonly actor: Actor | null;
      readonly publicationId: string;
      readonly publication: PublicationRequest;
      readonly sheet: DerivedSheet;
    }
  /** Every terminal has reported past `untilMs` with an empty journal, but for those a person answers for. */
  | { readonly type: "note-reported"; readonly untilMs: EpochMs; readonly excused: readonly TerminalId[] }
  | {
      readonly type: "note-evidence";
      readonly actor: Actor;
      readonly digest: string;
      readonly bytes: number;
      readonly mediaType: string;
    }
  | { readonly type: "erase-evidence"; readonly actor: Actor; readonly digest: string; readonly reason: string };

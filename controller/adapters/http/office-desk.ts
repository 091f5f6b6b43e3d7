import type { Result } from "../../../protocol/index.ts";
import type { Actor } from "../../core/access/actor.ts";
import type {
  DecisionRequest,
  DocumentKind,
  DocumentRequest,
  PublicationRequest,
} from "../../core/office/document-request.ts";
import type {
  ActivePolicy,
  AttendanceRecord,
  AttendanceToday,
  CoverList,
  DocumentPicture,
  PublicationPicture,
} from "../../projections/attendance/attendance-pictures.ts";
import type { FilingChoices, FilingOutlook } from "../../projections/attendance/filing-choices.ts";
import type { DeskRefusal } from "./desk-refusal.ts";

type Asked<T> = Result<T, DeskRefusal>;

/** Attendance behind its HTTP interface. What somebody may not see is refused here; what is shown is put on record. */
export interface OfficeDesk {
  policy(): Asked<ActivePolicy>;
  today(actor: Actor): Promise<Asked<AttendanceToday>>;
  /** The JSON text of an AttendanceSheet. */
  sheet(actor: Actor, unit: string, period: string): Promise<Asked<Buffer>>;
  /** `person` "me": the actor's own. */
  record(actor: Actor, person: string, period: string): Promise<Asked<AttendanceRecord>>;
  documents(actor: Actor, kind: DocumentKind | null): Promise<Asked<readonly DocumentPicture[]>>;
  cover(actor: Actor): Promise<Asked<CoverList>>;
  publications(actor: Actor): Promise<Asked<readonly PublicationPicture[]>>;
  /** What a form needs before anything is filed. */
  choices(actor: Actor): Asked<FilingChoices>;
  /** What filing it would come to; nothing is recorded. */
  preview(actor: Actor, document: DocumentRequest): Asked<FilingOutlook>;
  file(actor: Actor, document: DocumentRequest, key: string | null): Promise<Asked<DocumentPicture>>;
  sign(
    actor: Actor,
    documentId: string,
    decision: DecisionRequest,
    key: string | null,
  ): Promise<Asked<DocumentPicture>>;
  publish(actor: Actor, publication: PublicationRequest, key: string | null): Promise<Asked<PublicationPicture>>;
}

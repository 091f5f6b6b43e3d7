import { hasRole, type Actor } from "../../core/access/actor.ts";
import { dateOf, type HallSeconds, momentOf } from "../../core/attendance/hall-time.ts";
import { coverStretches } from "../../core/office/cover-plans.ts";
import { maySee } from "../../core/office/filing-rights.ts";
import type { FiledDocument } from "../../core/office/office-state.ts";
import { daysOf } from "../../core/office/periods-named.ts";
import { isLocked } from "../../core/office/publishing.ts";
import { type Regulation, regulationOf } from "../../core/office/regulation.ts";
import { stillDue } from "../../core/office/sign-document.ts";
import type { HallView } from "../../core/state.ts";
import type { AttendanceLedger, Published } from "./attendance-ledger.ts";
import type { CoverList, DocumentPicture, PublicationPicture } from "./attendance-pictures.ts";
import { differencesIn } from "./cell-codes.ts";
import { hallSecondsOf } from "./tap-events.ts";

const named = ({ id, zh }: { readonly id: string; readonly zh: string }) => ({ role: id, zh });

export function documentPicture(filed: Readonly<FiledDocument>): DocumentPicture {
  return {
    id: filed.documentId,
    kind: filed.document.kind,
    state: filed.state,
    request: filed.document,
    filedBy: filed.filedBy,
    filedAtMs: filed.filedAtMs,
    signatures: filed.signed.map((signature) => ({ ...signature })),
    due: stillDue(filed).map(named),
    filedWith: filed.filedWith.map(named),
    rules: [...filed.rules],
    days: filed.days,
    evidence: [...filed.evidence],
  };
}

/** What the actor may see, newest first. `kind` null: of every kind. */
export function documentsFor(hall: HallView, actor: Actor, kind: DocumentPicture["kind"] | null): DocumentPicture[] {
  const documents = [...(hall.office?.documents.values() ?? [])].filter((filed) => {
    if (kind !== null && filed.document.kind !== kind) return false;
    if (filed.filedBy === actor.id) return true;
    const people = filed.beneficiaries;
    return people.length === 0
      ? hasRole(actor, ["manager", "inspector", "office"])
      : people.some((id) => maySee(hall, actor, id));
  });
  return documents.toReversed().map(documentPicture);
}

export function coverList(hall: HallView, actor: Actor): CoverList {
  const regulation = regulationOf(hall.configuration);
  const stretches = regulation === null ? [] : coverStretches(hall, regulation);
  return {
    documents: documentsFor(hall, actor, "cover"),
    stretches: stretches
      .filter(({ by, covers }) => maySee(hall, actor, by) || maySee(hall, actor, covers))
      .map(({ by, covers, day, halfDays, run, year, state, rules }) => ({
        person: by,
        covers,
        date: dateOf(day),
        halfDays,
        run,
        year,
        state,
        rules: [...rules],
      })),
  };
}

export function publicationPicture(
  ledger: AttendanceLedger,
  regulation: Regulation,
  { publication, lines }: Published,
  now: { readonly atMs: number; readonly asOf: HallSeconds },
  among: (person: string) => boolean,
): PublicationPicture {
  const span = daysOf(publication.period);
  const { objectionsCloseAtMs } = publication;
  const differences =
    span === null
      ? []
      : lines.flatMap(({ person, cells }) => {
          const member = among(person) ? ledger.member(person) : null;
          return member === null ? [] : differencesIn(person, span, cells, ledger.sessions(member, span, now.asOf));
        });
  return {
    id: publication.publicationId,
    what: publication.what,
    period: publication.period,
    from: publication.from,
    to: publication.to,
    version: publication.version,
    publishedAtMs: publication.publishedAtMs,
    by: publication.by,
    objectionsCloseAt:
      objectionsCloseAtMs === null ? null : momentOf(hallSecondsOf(objectionsCloseAtMs, regulation.zone)),
    locked: isLocked(publication, now.atMs),
    digest: publication.digest,
    position: publication.position,
    rules: [...publication.rules],
    differences,
  };
}

import { hasRole, type Actor } from "../../core/access/actor.ts";
import { dateOf, type HallSeconds, momentOf } from "../../core/attendance/hall-time.ts";
import { coverStretches } from "../../core/office/cover-plans.ts";
import { maySee } from "../../core/office/filing-rights.ts";
import type { FiledDocument } from "../../core/office/office-state.ts";
import { daysOf } from "../../core/office/periods-named.ts";
import { isLocked } from "../../core/office/publishing.ts";
import { type Regulation, regulationOf } from "../../core/office/regulation.ts";
import { OFFICE_REFUSALS, type OfficeRefusal } from "../../core/office/office-refusals.ts";
import { openDecisions, stillDue } from "../../core/office/sign-document.ts";
import type { HallView } from "../../core/state.ts";
import type { AttendanceLedger, Published } from "./attendance-ledger.ts";
import type { CoverList, DocumentPicture, PublicationPicture } from "./attendance-pictures.ts";
import { personPicture } from "./attendance-sheet.ts";
import { differencesIn } from "./cell-codes.ts";
import { hallSecondsOf } from "./tap-events.ts";

const named = ({ id, zh }: { readonly id: string; readonly zh: string }) => ({ role: id, zh });

/** As `actor` sees it: with what they may decide now. */
export function documentPicture(hall: HallView, actor: Actor, filed: Readonly<FiledDocument>): DocumentPicture {
  const { decisions, hindrance } = openDecisions(hall, actor, filed);
  return {
    id: filed.documentId,
    kind: filed.document.kind,
    state: filed.state,
    request: filed.document,
    filedBy: filed.filedBy,
    filedAtMs: filed.filedAtMs,
    signatures: filed.signed.map(({ delegate, ...signature }) => {
      const zh = filed.due.find(({ id }) => id === signature.role)?.zh ?? null;
      return { ...signature, zh: delegate === undefined ? zh : `${delegate.zh}（代${zh ?? ""}）` };
    }),
    due: stillDue(filed).map(named),
    filedWith: filed.filedWith.map(named),
    rules: [...filed.rules],
    days: filed.days,
    evidence: [...filed.evidence],
    erased: filed.evidence.filter((digest) => hall.office?.evidence.has(digest) !== true),
    may: [...decisions],
    hindrance: hindrance === null ? null : hindrancePicture(hindrance),
    names: namesIn(hall, filed),
  };
}

const hindrancePicture = ({ code, rules }: OfficeRefusal): DocumentPicture["hindrance"] => ({
  code,
  text: OFFICE_REFUSALS[code],
  rules: [...rules],
});

/** An account of somebody of the roster often has their id for its name. */
function namesIn({ configuration }: HallView, filed: Readonly<FiledDocument>): DocumentPicture["names"] {
  const { document, filedBy, signed, beneficiaries } = filed;
  const ids = new Set<string>([...beneficiaries, filedBy, ...signed.map(({ by }) => by)]);
  if ("substitute" in document && document.substitute !== undefined) ids.add(document.substitute);
  if (document.kind === "cover") ids.add(document.covers);
  const known = configuration?.staff.filter(({ id }) => ids.has(id)) ?? [];
  return Object.fromEntries(known.map(({ id, name }) => [id, name]));
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
  return documents.toReversed().map((filed) => documentPicture(hall, actor, filed));
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

/** In steps, one for each line: a difference of a month of three hundred people takes a while to find. */
export function* publicationPicture(
  ledger: AttendanceLedger,
  regulation: Regulation,
  { publication, lines }: Published,
  now: { readonly atMs: number; readonly asOf: HallSeconds },
  among: (person: string) => boolean,
): Generator<undefined, PublicationPicture> {
  const span = daysOf(publication.period);
  const { objectionsCloseAtMs } = publication;
  const differences: PublicationPicture["differences"] = [];
  for (const { person, cells } of span === null ? [] : lines) {
    const member = among(person) ? ledger.member(person) : null;
    if (span === null || member === null) continue;
    const found = differencesIn(person, span, cells, ledger.sessions(member, span, now.asOf));
    const name = found.length === 0 ? "" : personPicture(ledger, person).name;
    differences.push(...found.map((difference) => ({ ...difference, name })));
    yield;
  }
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
    sentTo: (publication.sentTo ?? []).map(named),
    differences,
  };
}

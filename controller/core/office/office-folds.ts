import type { EpochMs } from "../../../protocol/index.ts";
import type { EventOf } from "../events.ts";
import type { Folds } from "../fold.ts";
import type { HallState } from "../state.ts";
import type { OfficeEvents } from "./office-events.ts";
import { emptyOffice, type FiledDocument, type OfficeState, type Publication } from "./office-state.ts";

const accountOf = ({ actor }: Pick<EventOf<"document.filed">, "actor">): string =>
  actor.kind === "account" ? actor.accountId : actor.kind;

export function fileIn(documents: Map<string, FiledDocument>, event: EventOf<"document.filed">): FiledDocument {
  const { data, recordedAtMs } = event;
  const { document } = data;
  const filed: FiledDocument = {
    ...data,
    filedBy: accountOf(event),
    filedAtMs: recordedAtMs,
    signed: [],
    certificate: document.kind === "leave" ? (document.certificate ?? null) : null,
    evidence: document.evidence === undefined ? [] : [document.evidence],
  };
  documents.set(data.documentId, filed);
  return filed;
}

/** Null when the document is no longer kept. */
export function signIn(
  documents: ReadonlyMap<string, FiledDocument>,
  event: EventOf<"document.signed">,
): FiledDocument | null {
  const { data, actor, recordedAtMs } = event;
  const filed = documents.get(data.documentId);
  if (filed === undefined) return null;
  const by = actor.kind === "account" ? actor.accountId : actor.kind;
  const { role, delegate, decision, note, certificate, unitOpinion } = data;
  const shown = { ...(certificate !== null && { certificate }), ...(unitOpinion === true && { unitOpinion }) };
  const signature = {
    by,
    role,
    ...(delegate !== undefined && { delegate }),
    decision,
    note,
    ...shown,
    atMs: recordedAtMs,
  };
  filed.signed = [...filed.signed, signature];
  filed.state = data.state;
  filed.certificate = data.certificate ?? filed.certificate;
  if (data.evidence !== null) filed.evidence = [...filed.evidence, data.evidence];
  return filed;
}

export function publishedIn(event: EventOf<"attendance.published">): Publication {
  const { lines: _lines, ...data } = event.data;
  const by = event.actor.kind === "account" ? event.actor.accountId : event.actor.kind;
  return { ...data, publishedAtMs: event.recordedAtMs, by };
}

/** The office is there from the first event that concerns it. */
export function officeIn(hall: HallState, atMs: EpochMs): OfficeState {
  hall.office ??= emptyOffice(atMs);
  return hall.office;
}

export const officeFolds: Folds<keyof OfficeEvents> = {
  "document.filed": (hall, event) => void fileIn(officeIn(hall, event.recordedAtMs).documents, event),
  "document.signed": (hall, event) => void signIn(officeIn(hall, event.recordedAtMs).documents, event),
  "attendance.reported": (hall, { data, recordedAtMs }) => {
    officeIn(hall, recordedAtMs).reportedUntilMs = data.untilMs;
  },
  "attendance.published": (hall, event) => {
    officeIn(hall, event.recordedAtMs).publications.set(event.data.publicationId, publishedIn(event));
  },
  "post.vacated": (hall, { data, recordedAtMs }) => {
    const { counterId, sinceMs, kind, relief } = data;
    officeIn(hall, recordedAtMs).vacancies.set(counterId, { counterId, sinceMs, kind, relief });
  },
  "post.manned": (hall, { data, recordedAtMs }) => {
    officeIn(hall, recordedAtMs).vacancies.delete(data.counterId);
  },
  "posting.changed-unconsented": () => undefined, // On record only.
  "alarm.raised": (hall, { data, recordedAtMs }) => {
    officeIn(hall, recordedAtMs).alarms.set(data.alarmId, { ...data, seen: [] });
  },
  "alarm.cleared": (hall, { data, recordedAtMs }) => {
    const office = officeIn(hall, recordedAtMs);
    office.alarms.delete(data.alarmId);
    if (data.kind === "hand-over-due") office.handedOver.set(data.alarmId, recordedAtMs);
  },
  "evidence.kept": (hall, { data, actor, recordedAtMs }) => {
    const keptBy = actor.kind === "account" ? actor.accountId : actor.kind;
    const { evidence } = officeIn(hall, recordedAtMs);
    const known = evidence.get(data.digest);
    const paper = { keptBy, mediaType: data.mediaType };
    evidence.set(data.digest, known === undefined ? paper : { ...known, alsoBy: [...(known.alsoBy ?? []), keptBy] });
  },
  "evidence.erased": (hall, { data, recordedAtMs }) => {
    officeIn(hall, recordedAtMs).evidence.delete(data.digest);
  },
};

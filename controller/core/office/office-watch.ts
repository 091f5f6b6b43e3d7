import { type EpochMs, milliseconds } from "../../../protocol/index.ts";
import type { HallEvent } from "../events.ts";
import type { Counter, HallState } from "../state.ts";
import { noteForAlarms } from "./alarms/note-for-alarms.ts";
import { officeIn } from "./office-folds.ts";
import type { DocumentRequest } from "./document-request.ts";
import type { FiledDocument, OfficeState } from "./office-state.ts";
import { regulationOf } from "./regulation.ts";

/** Decided documents are kept by the office for so long; the log keeps them for ever. A year and its objections. */
const DOCUMENT_KEPT = milliseconds(400 * 86_400_000);

/** A window is staffed while somebody on duty there is not out. */
export const isManned = ({ onDuty, paused }: Pick<Counter, "onDuty" | "paused">): boolean =>
  onDuty !== null && paused !== "out";

/** What other parts' events mean to the office, after their own fold; nothing in a hall without attendance. */
export function noteForOffice(hall: HallState, event: HallEvent): void {
  if (event.type === "hall.configured" && regulationOf(hall.configuration) !== null) {
    const office = officeIn(hall, event.recordedAtMs);
    for (const counter of hall.counters.values()) noteManning(office, counter, event.recordedAtMs);
  }
  const { office } = hall;
  if (office === null) return;
  if (event.type === "day.opened") return forgetOld(office, event.data.startsAtMs);
  if (event.type === "staff.signed-on" || event.type === "staff.took-over") noteCover(hall, office, event);
  noteForAlarms(office, event);
  const counterId = "counterId" in event.data ? event.data.counterId : null;
  const counter = counterId === null ? undefined : hall.counters.get(counterId);
  if (counter !== undefined) noteManning(office, counter, event.occurredAtMs);
}

function noteManning(office: OfficeState, counter: Counter, sinceMs: EpochMs): void {
  if (isManned(counter)) office.unmanned.delete(counter.counterId);
  else if (!office.unmanned.has(counter.counterId)) office.unmanned.set(counter.counterId, sinceMs);
}

type Entering = Extract<HallEvent, { type: "staff.signed-on" | "staff.took-over" }>;

/** AMB-33: a half day in which B acted counts, however long it was. */
function noteCover(hall: HallState, office: OfficeState, event: Entering): void {
  const { coverFor } = event.data;
  const by = event.type === "staff.signed-on" ? event.data.staffId : event.data.by;
  const { day } = hall;
  if (coverFor === null || day === null) return;
  const running = day.sessions.findIndex(({ toMs }) => event.occurredAtMs < toMs);
  const session = running === -1 ? day.sessions.length - 1 : running;
  const key = `${by} ${coverFor} ${day.date}`;
  const acted = office.cover.get(key) ?? { by, covers: coverFor, date: day.date, sessions: [] };
  office.cover.set(key, acted);
  if (!acted.sessions.includes(session)) acted.sessions = [...acted.sessions, session].toSorted((a, b) => a - b);
}

function forgetOld(office: OfficeState, startsAtMs: EpochMs): void {
  const before = startsAtMs - DOCUMENT_KEPT;
  for (const [id, filed] of office.documents) if (isOver(office, filed, before)) office.documents.delete(id);
  for (const [id, { publishedAtMs }] of office.publications) if (publishedAtMs < before) office.publications.delete(id);
  for (const [id, handedOverMs] of office.handedOver) if (handedOverMs < before) office.handedOver.delete(id);
  const year = dateOn(before).slice(0, 4);
  for (const [key, { date }] of office.cover) if (date < year) office.cover.delete(key);
}

/** Kept besides: what still runs then, and what a paper in the vault belongs to: whose it is, and that it is filed. */
function isOver({ evidence }: OfficeState, filed: FiledDocument, before: number): boolean {
  if (filed.filedAtMs >= before || filed.state === "waiting") return false;
  return !filed.evidence.some((digest) => evidence.has(digest)) && lastDayOf(filed.document) < dateOn(before);
}

/** "" for what has no end of its own. */
function lastDayOf(document: DocumentRequest): string {
  if ("to" in document) return document.to?.slice(0, DATE_LENGTH) ?? "";
  return "date" in document ? document.date : "";
}

const DATE_LENGTH = 10;
const dateOn = (atMs: number): string => new Date(atMs).toISOString().slice(0, DATE_LENGTH);

import {
  accepted,
  type BusinessDate,
  canonicalJson,
  type Json,
  HallError,
  present,
  type Random,
  type Result,
  refused,
} from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { OfficeDesk } from "../adapters/http/office-desk.ts";
import type { EvidenceVault } from "../adapters/evidence/evidence-vault.ts";
import { type Actor, hasRole } from "../core/access/actor.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";
import { dateOf } from "../core/attendance/hall-time.ts";
import type { HallEvent } from "../core/events.ts";
import { maySee } from "../core/office/filing-rights.ts";
import type { OfficeOrder } from "../core/office/office-orders.ts";
import { daysOf } from "../core/office/periods-named.ts";
import { deskAnswer } from "../desks/desk-answer.ts";
import { BUSY, CANNOT_WRITE, isBusy } from "../desks/desk-refusals.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine, Outcome, SubmitOptions } from "../engine/engine.ts";
import { digestOfBytes } from "./paper-digest.ts";
import {
  recordOf,
  publicationsIn,
  type Seen,
  sheetOf,
  todayOf,
  unitFor,
} from "../projections/attendance/attendance-views.ts";
import { coverList, documentPicture, documentsFor } from "../projections/attendance/document-pictures.ts";
import { activePolicy } from "./active-policy.ts";
import type { AttendanceKeeper } from "./attendance-keeper.ts";

export interface OfficeDeskParts {
  readonly engine: Engine;
  readonly keeper: AttendanceKeeper;
  readonly vault: EvidenceVault;
  readonly random: Random;
  /** See HallDesk. */
  readonly viewed: (actor: Actor, view: RecordView) => Promise<Result<null, DeskRefusal>>;
}

const OFF: DeskRefusal = {
  code: "attendance-off",
  detail: "本大厅未启用考勤 This hall's configuration names no policy.",
};
const DERIVING: DeskRefusal = {
  code: "not-ready",
  detail: "Attendance is being derived from the log; ask again in a moment.",
};
const NOT_YOURS: DeskRefusal = { code: "not-allowed", detail: "您无权查看 That is not for you to see." };
const NO_PERIOD: DeskRefusal = { code: "malformed-request", detail: "period: 2025-03 or 2025-W10." };
const UNKNOWN_PERSON: DeskRefusal = {
  code: "unknown-person",
  detail: "Nobody of that id was ever on this hall's staff.",
};
const NO_PAPER: DeskRefusal = { code: "unknown-document", detail: "It was erased, or never kept." };

const DIGEST = /^[0-9a-f]{64}$/u;

/** Papers larger than this are scans nobody needs. */
export const PAPER_BYTES_MAX = 1_048_576;

/** Attendance behind its HTTP interface. */
export class OfficeRoom implements OfficeDesk {
  readonly #parts: OfficeDeskParts;

  constructor(parts: OfficeDeskParts) {
    this.#parts = parts;
  }

  policy(): ReturnType<OfficeDesk["policy"]> {
    const seen = this.#seen();
    return seen.ok ? accepted(activePolicy(seen.value.regulation)) : seen;
  }

  async today(actor: Actor): ReturnType<OfficeDesk["today"]> {
    const seen = this.#seen();
    if (!seen.ok) return seen;
    const today = todayOf(seen.value, actor);
    const view = viewOf(
      "today",
      today.people.map(({ person }) => person.person),
      today.date,
      today.date,
    );
    return this.#shown(actor, view, today);
  }

  async sheet(actor: Actor, asked: string, period: string): ReturnType<OfficeDesk["sheet"]> {
    const seen = this.#seen();
    const span = daysOf(period);
    if (!seen.ok) return seen;
    if (span === null) return refused(NO_PERIOD);
    const unit = unitFor(actor, asked);
    if (unit === null) return refused(NOT_YOURS);
    const sheet = sheetOf(seen.value, unit, period, span);
    const people = sheet.rows.map(({ person }) => person.person);
    return this.#shown(actor, viewOf("sheet", people, sheet.from, sheet.to), sheet);
  }

  async record(actor: Actor, asked: string, period: string): ReturnType<OfficeDesk["record"]> {
    const seen = this.#seen();
    const span = daysOf(period);
    if (!seen.ok) return seen;
    if (span === null) return refused(NO_PERIOD);
    const person = asked === "me" ? (actor.staffId ?? "") : asked;
    const member = seen.value.ledger.member(person);
    if (member === null && (asked === "me" || maySee(seen.value.hall, actor, person))) return refused(UNKNOWN_PERSON);
    if (member === null || !maySee(seen.value.hall, actor, person)) return refused(NOT_YOURS);
    const record = recordOf(seen.value, member, period, span);
    return this.#shown(actor, viewOf("record", [person], dateOf(span.from), dateOf(span.to)), record);
  }

  async documents(actor: Actor, kind: Parameters<OfficeDesk["documents"]>[1]): ReturnType<OfficeDesk["documents"]> {
    const { hall } = this.#parts.engine;
    if (hall.configuration?.attendance === undefined) return refused(OFF);
    const documents = documentsFor(hall, actor, kind);
    const people = documents.flatMap(({ id }) => hall.office?.documents.get(id)?.beneficiaries ?? []);
    return this.#shown(actor, viewOf(kind ?? "documents", people), documents);
  }

  async cover(actor: Actor): ReturnType<OfficeDesk["cover"]> {
    const { hall } = this.#parts.engine;
    if (hall.configuration?.attendance === undefined) return refused(OFF);
    const list = coverList(hall, actor);
    return this.#shown(
      actor,
      viewOf(
        "cover",
        list.stretches.map(({ person }) => person),
      ),
      list,
    );
  }

  publications(actor: Actor): ReturnType<OfficeDesk["publications"]> {
    const seen = this.#seen();
    if (!seen.ok) return seen;
    return accepted(publicationsIn(seen.value, (person) => maySee(seen.value.hall, actor, person)));
  }

  async file(
    actor: Actor,
    document: Parameters<OfficeDesk["file"]>[1],
    key: string | null,
  ): ReturnType<OfficeDesk["file"]> {
    const documentId = this.#parts.random.uuid();
    const order: OfficeOrder = { type: "file-document", actor, documentId, document };
    const filed = await this.#submitted(order, this.#keyed(actor, key, { document }, filedIn));
    return this.#pictured(filed);
  }

  async sign(
    actor: Actor,
    documentId: string,
    decision: Parameters<OfficeDesk["sign"]>[2],
    key: string | null,
  ): ReturnType<OfficeDesk["sign"]> {
    const order: OfficeOrder = { type: "sign-document", actor, documentId, decision };
    const keyed = this.#keyed(actor, key, { documentId, decision }, () => documentId);
    const signed = await this.#submitted(order, keyed);
    return this.#pictured(signed.ok ? accepted(documentId) : signed);
  }

  async publish(
    actor: Actor,
    publication: Parameters<OfficeDesk["publish"]>[1],
    key: string | null,
  ): ReturnType<OfficeDesk["publish"]> {
    const seen = this.#seen();
    if (!seen.ok) return seen;
    const keyed = this.#keyed(actor, key, { publication }, publishedIn);
    const done = await this.#answered(
      (finish) => this.#parts.keeper.publish(actor, publication, finish, keyed),
      publishedIn,
    );
    if (!done.ok) return done;
    const now = present(this.#parts.keeper.seen(), "the ledger that has just derived it");
    const picture = publicationsIn(now, () => true).find(({ id }) => id === done.value);
    return accepted(present(picture, "the publication"));
  }

  async keepEvidence(
    actor: Actor,
    { mediaType, base64 }: Parameters<OfficeDesk["keepEvidence"]>[1],
  ): ReturnType<OfficeDesk["keepEvidence"]> {
    if (this.#parts.engine.hall.configuration?.attendance === undefined) return refused(OFF);
    const bytes = Buffer.from(base64, "base64");
    if (bytes.length > PAPER_BYTES_MAX)
      return refused({ code: "body-too-large", detail: `At most ${PAPER_BYTES_MAX} bytes.` });
    const digest = digestOfBytes(bytes);
    if (!this.#kept(digest, { mediaType, base64 })) return refused(CANNOT_WRITE);
    const order: OfficeOrder = { type: "note-evidence", actor, digest, bytes: bytes.length, mediaType };
    const noted = await this.#submitted(order, {});
    return noted.ok ? accepted({ digest, bytes: bytes.length, mediaType }) : noted;
  }

  async evidence(actor: Actor, digest: string): ReturnType<OfficeDesk["evidence"]> {
    const { hall } = this.#parts.engine;
    const known = hall.office?.evidence.get(digest);
    if (known === undefined) return refused(NO_PAPER);
    if (known.keptBy !== actor.id && !hasRole(actor, ["manager", "office"])) return refused(NOT_YOURS);
    const paper = this.#parts.vault.read(digest);
    if (paper === null) return refused(NO_PAPER);
    const about = [...(hall.office?.documents.values() ?? [])].filter(({ evidence }) => evidence.includes(digest));
    const view = viewOf(
      "evidence",
      about.flatMap(({ beneficiaries }) => beneficiaries),
    );
    return this.#shown(actor, view, { bytes: Buffer.from(paper.base64, "base64"), mediaType: paper.mediaType });
  }

  async eraseEvidence(actor: Actor, digest: string, reason: string): ReturnType<OfficeDesk["eraseEvidence"]> {
    const erased = await this.#submitted({ type: "erase-evidence", actor, digest, reason }, {});
    // On record already, and perhaps not gone yet: the process may have ended between the two.
    const isRepeat = !erased.ok && erased.error.reason?.code === "unknown-evidence" && DIGEST.test(digest);
    if (erased.ok || isRepeat) this.#parts.vault.erase(digest);
    return erased.ok ? accepted(null) : erased;
  }

  #seen(): Result<Seen, DeskRefusal> {
    const { engine, keeper } = this.#parts;
    if (engine.hall.configuration?.attendance === undefined) return refused(OFF);
    const seen = keeper.seen();
    return seen === null ? refused(DERIVING) : accepted(seen);
  }

  async #shown<T>(actor: Actor, view: RecordView, picture: T): Promise<Result<T, DeskRefusal>> {
    const noted = await this.#parts.viewed(actor, view);
    return noted.ok ? accepted(picture) : noted;
  }

  #kept(digest: string, paper: { readonly mediaType: string; readonly base64: string }): boolean {
    try {
      this.#parts.vault.keep(digest, paper);
      return true;
    } catch (thrown) {
      if (thrown instanceof HallError && thrown.code === "FILE_UNWRITABLE") return false;
      throw thrown;
    }
  }

  #pictured(done: Result<string, DeskRefusal>): Awaited<ReturnType<OfficeDesk["file"]>> {
    if (!done.ok) return done;
    const filed = this.#parts.engine.hall.office?.documents.get(done.value);
    return filed === undefined ? refused(NO_PAPER) : accepted(documentPicture(filed));
  }

  #keyed(
    actor: Actor,
    key: string | null,
    content: Json,
    answerOf: (events: readonly HallEvent[]) => string,
  ): SubmitOptions {
    if (key === null) return {};
    return { key: { key: `office/${actor.id}/${key}`, digest: digestOf(canonicalJson(content)), answerOf } };
  }

  #submitted(order: OfficeOrder, options: SubmitOptions): Promise<Result<string, DeskRefusal>> {
    return this.#answered((finish) => this.#parts.engine.submit(order, finish, options), filedIn);
  }

  #answered(
    submit: (finish: (outcome: Outcome) => void) => void,
    idOf: (events: readonly HallEvent[]) => string,
  ): Promise<Result<string, DeskRefusal>> {
    if (isBusy(this.#parts.engine)) return Promise.resolve(refused(BUSY));
    return new Promise((resolve) => submit((outcome) => resolve(deskAnswer(outcome, idOf, asBefore))));
  }
}

const asBefore = (answer: string): string => answer;

function filedIn(events: readonly HallEvent[]): string {
  for (const event of events) if (event.type === "document.filed") return event.data.documentId;
  return "";
}

function publishedIn(events: readonly HallEvent[]): string {
  for (const event of events) if (event.type === "attendance.published") return event.data.publicationId;
  return "";
}

const viewOf = (
  what: string,
  people: readonly string[],
  from: string | null = null,
  to: string | null = null,
): RecordView => ({
  what,
  people: [...new Set(people)] as unknown as RecordView["people"],
  from: from as BusinessDate | null,
  to: to as BusinessDate | null,
});

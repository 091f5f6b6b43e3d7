import {
  accepted,
  canonicalJson,
  type Json,
  present,
  type Random,
  type Result,
  refused,
} from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { OfficeDesk } from "../adapters/http/office-desk.ts";
import type { Actor } from "../core/access/actor.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";
import { dateOf } from "../core/attendance/hall-time.ts";
import type { HallEvent } from "../core/events.ts";
import { maySee } from "../core/office/filing-rights.ts";
import type { OfficeOrder } from "../core/office/office-orders.ts";
import { deskAnswer } from "../desks/desk-answer.ts";
import { BUSY, isBusy, refusalOf } from "../desks/desk-refusals.ts";
import { digestOf } from "../engine/chain.ts";
import type { Engine, Outcome, SubmitOptions } from "../engine/engine.ts";
import { publicationsIn, recordOf, todayOf, unitFor } from "../projections/attendance/attendance-views.ts";
import { coverList, documentPicture, documentsFor } from "../projections/attendance/document-pictures.ts";
import { filingChoices, filingOutlook } from "../projections/attendance/filing-choices.ts";
import { drawSheet } from "../projections/attendance/sheet-drawing.ts";
import { previewFiling } from "../core/office/preview-filing.ts";
import { activePolicy } from "./active-policy.ts";
import type { AttendanceKeeper } from "./attendance-keeper.ts";
import { NOT_YOURS, OFF, viewOf } from "./office-answers.ts";
import { type Turns, atOnce } from "./in-turns.ts";
import { memberFor, seenIn, seenOver } from "./seen-by.ts";

export interface OfficeDeskParts {
  readonly engine: Engine;
  readonly keeper: AttendanceKeeper;
  readonly random: Random;
  readonly turns: Turns;
  /** See HallDesk. */
  readonly viewed: (actor: Actor, view: RecordView) => Promise<Result<null, DeskRefusal>>;
}

const NO_DOCUMENT: DeskRefusal = { code: "unknown-document", detail: "There is no such document." };

/** Attendance behind its HTTP interface. */
export class OfficeRoom implements OfficeDesk {
  readonly #parts: OfficeDeskParts;

  constructor(parts: OfficeDeskParts) {
    this.#parts = parts;
  }

  policy(): ReturnType<OfficeDesk["policy"]> {
    const seen = seenIn(this.#parts);
    return seen.ok ? accepted(activePolicy(seen.value.regulation)) : seen;
  }

  async today(actor: Actor): ReturnType<OfficeDesk["today"]> {
    const seen = seenIn(this.#parts);
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
    const seen = seenOver(this.#parts, period);
    if (!seen.ok) return seen;
    const unit = unitFor(actor, asked);
    if (unit === null) return refused(NOT_YOURS);
    const sheet = await this.#parts.turns.run(drawSheet(seen.value, unit, period, seen.value.span));
    if (sheet === null) return refused(BUSY);
    return this.#shown(actor, viewOf("sheet", sheet.people, sheet.from, sheet.to), sheet.json);
  }

  async record(actor: Actor, asked: string, period: string): ReturnType<OfficeDesk["record"]> {
    const seen = seenOver(this.#parts, period);
    if (!seen.ok) return seen;
    const { span } = seen.value;
    const member = memberFor(seen.value, actor, asked);
    if (!member.ok) return member;
    const record = await this.#parts.turns.run(recordOf(seen.value, actor, member.value, period, span));
    if (record === null) return refused(BUSY);
    return this.#shown(actor, viewOf("record", [member.value.id], dateOf(span.from), dateOf(span.to)), record);
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

  async publications(actor: Actor): ReturnType<OfficeDesk["publications"]> {
    const seen = seenIn(this.#parts);
    if (!seen.ok) return seen;
    const all = publicationsIn(seen.value, (person) => maySee(seen.value.hall, actor, person));
    const pictures = await this.#parts.turns.run(all);
    return pictures === null ? refused(BUSY) : accepted(pictures);
  }

  choices(actor: Actor): ReturnType<OfficeDesk["choices"]> {
    const seen = seenIn(this.#parts);
    return seen.ok ? accepted(filingChoices(seen.value, actor)) : seen;
  }

  preview(actor: Actor, document: Parameters<OfficeDesk["preview"]>[1]): ReturnType<OfficeDesk["preview"]> {
    const seen = seenIn(this.#parts);
    if (!seen.ok) return seen;
    const { hall, at } = seen.value;
    const order: OfficeOrder = { type: "file-document", actor, documentId: this.#parts.random.uuid(), document };
    const preview = previewFiling(hall, order, at);
    return preview.ok ? accepted(filingOutlook(hall, preview.value)) : refused(refusalOf(preview.error));
  }

  async file(
    actor: Actor,
    document: Parameters<OfficeDesk["file"]>[1],
    key: string | null,
  ): ReturnType<OfficeDesk["file"]> {
    const documentId = this.#parts.random.uuid();
    const order: OfficeOrder = { type: "file-document", actor, documentId, document };
    const filed = await this.#submitted(order, this.#keyed(actor, key, { document }, filedIn));
    return this.#pictured(actor, filed);
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
    return this.#pictured(actor, signed.ok ? accepted(documentId) : signed);
  }

  async publish(
    actor: Actor,
    publication: Parameters<OfficeDesk["publish"]>[1],
    key: string | null,
  ): ReturnType<OfficeDesk["publish"]> {
    const seen = seenIn(this.#parts);
    if (!seen.ok) return seen;
    const keyed = this.#keyed(actor, key, { publication }, publishedIn);
    const done = await this.#answered(
      (finish) => this.#parts.keeper.publish(actor, publication, finish, keyed),
      publishedIn,
    );
    if (!done.ok) return done;
    const now = present(this.#parts.keeper.seen(), "the ledger that has just derived it");
    const isIt = ({ publicationId }: { readonly publicationId: string }): boolean => publicationId === done.value;
    const [picture] = atOnce(publicationsIn(now, () => true, isIt));
    return accepted(present(picture, "the publication"));
  }

  async #shown<T>(actor: Actor, view: RecordView, picture: T): Promise<Result<T, DeskRefusal>> {
    const noted = await this.#parts.viewed(actor, view);
    return noted.ok ? accepted(picture) : noted;
  }

  #pictured(actor: Actor, done: Result<string, DeskRefusal>): Awaited<ReturnType<OfficeDesk["file"]>> {
    if (!done.ok) return done;
    const { hall } = this.#parts.engine;
    const filed = hall.office?.documents.get(done.value);
    return filed === undefined ? refused(NO_DOCUMENT) : accepted(documentPicture(hall, actor, filed));
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

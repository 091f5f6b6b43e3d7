import { accepted, type Bilingual, refused, type Result } from "../../protocol/index.ts";
import type { DeskRefusal } from "../adapters/http/desk-refusal.ts";
import type { ExportDesk, ExportedFile } from "../adapters/http/export-desk.ts";
import type { ProblemCode } from "../adapters/http/problem.ts";
import type { Actor } from "../core/access/actor.ts";
import type { RecordView } from "../core/access/access-event-bodies.ts";
import { dateOf } from "../core/attendance/hall-time.ts";
import { unitName } from "../core/office/unit-name.ts";
import type { Engine } from "../engine/engine.ts";
import type { ExportOrder } from "../exports/export-order.ts";
import type { ExportFault, ExportPress } from "../exports/export-press.ts";
import { substitutesOf } from "../exports/person-export.ts";
import { isWeek, periodName } from "../exports/sheet-marks.ts";
import { membersOf, personPicture } from "../projections/attendance/attendance-sheet.ts";
import { unitFor } from "../projections/attendance/attendance-views.ts";
import type { AttendanceKeeper } from "./attendance-keeper.ts";
import { NOT_YOURS, viewOf } from "./office-answers.ts";
import { memberFor, seenOver } from "./seen-by.ts";

export interface ExportRoomParts {
  readonly engine: Engine;
  readonly keeper: AttendanceKeeper;
  readonly press: ExportPress;
  /** The hall's data directory. */
  readonly directory: string;
  /** See HallDesk. */
  readonly viewed: (actor: Actor, view: RecordView) => Promise<Result<null, DeskRefusal>>;
}

/** Hands out attendance as files: first who may have them, then the record of it, then the file. */
export class ExportRoom implements ExportDesk {
  readonly #parts: ExportRoomParts;

  constructor(parts: ExportRoomParts) {
    this.#parts = parts;
  }

  async sheet(...[actor, asked, period, format]: Parameters<ExportDesk["sheet"]>): ReturnType<ExportDesk["sheet"]> {
    const seen = seenOver(this.#parts, period);
    if (!seen.ok) return seen;
    const { ledger, span, hall } = seen.value;
    const unit = unitFor(actor, asked);
    if (unit === null) return refused(NOT_YOURS);
    const name = unitName(ledger.configuration?.attendance?.units ?? [], unit);
    if (name === null) return refused({ code: "unknown-unit", detail: `This hall has no unit "${unit}".` });
    const people = membersOf(ledger, unit, span).map(({ id }) => id);
    const view = viewOf("export", people, dateOf(span.from), dateOf(span.to));
    const order = { kind: "sheet", unit, period, format } as const;
    return this.#handOut(
      actor,
      view,
      order,
      sheetFileName(hall.configuration?.name.zh ?? "", unit, name, period, format),
    );
  }

  async record(...[actor, asked, period]: Parameters<ExportDesk["record"]>): ReturnType<ExportDesk["record"]> {
    const seen = seenOver(this.#parts, period);
    if (!seen.ok) return seen;
    const { ledger, span } = seen.value;
    const member = memberFor(seen.value, actor, asked);
    if (!member.ok) return member;
    const { id: person } = member.value;
    // The taps of whoever stood in are in it: the verdicts rest on them.
    const people = [person, ...substitutesOf(ledger, person)];
    const view = viewOf("export", people, dateOf(span.from), dateOf(span.to));
    const name = `${personPicture(ledger, person).name}_${periodName(period)}考勤.json`;
    return this.#handOut(actor, view, { kind: "person", person, period }, { name, plain: `${person}-${period}.json` });
  }

  async #handOut(
    actor: Actor,
    view: RecordView,
    asked: Unplaced<ExportOrder>,
    names: Omit<ExportedFile, "bytes">,
  ): Promise<Result<ExportedFile, DeskRefusal>> {
    const { engine, press, directory, viewed } = this.#parts;
    const noted = await viewed(actor, view);
    if (!noted.ok) return noted;
    const drawn = await press.draw(actor.id, { ...asked, directory, position: engine.head.seq });
    return drawn.ok ? accepted({ ...names, bytes: bufferOf(drawn.value) }) : refused(problemOf(drawn.error));
  }
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

type Unplaced<T> = T extends unknown ? Omit<T, "directory" | "position"> : never;

function sheetFileName(hall: string, unit: string, { zh }: Bilingual, period: string, format: string) {
  const among = unit === "all" ? "" : `_${zh}`;
  const sheet = `${periodName(period)}${isWeek(period) ? "周" : ""}考勤表`;
  return { name: `${hall}${among}_${sheet}.${format}`, plain: `attendance-${unit}-${period}.${format}` };
}

/** What a HallError of the derivation means to somebody who asks for a file. */
const PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  ATTENDANCE_OFF: "attendance-off",
  PERSON_UNKNOWN: "unknown-person",
};

const problemOf = ({ code, text }: ExportFault): DeskRefusal => ({
  code: PROBLEMS[code] ?? "export-unavailable",
  detail: text.zh === text.en ? text.zh : `${text.zh} ${text.en}`,
  reason: { code, text },
});

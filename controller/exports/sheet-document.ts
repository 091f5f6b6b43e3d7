import { type Bilingual, type EpochMs, HallError } from "../../protocol/index.ts";
import { readReadings, readRules } from "../adapters/policies/policy-files.ts";
import { dateOf, type DayNumber, type HallSeconds, momentOf, weekdayOf } from "../core/attendance/hall-time.ts";
import { type DaySpan, daysOf } from "../core/office/periods-named.ts";
import { unitName } from "../core/office/unit-name.ts";
import type { SessionName } from "../core/policy/policy.ts";
import { GENESIS } from "../engine/chain.ts";
import type { LogReader, LogRecord } from "../engine/ports.ts";
import { readEvent } from "../engine/upcast.ts";
import { WANTED } from "../office/wanted-events.ts";
import { AttendanceLedger } from "../projections/attendance/attendance-ledger.ts";
import type { AttendanceSheet } from "../projections/attendance/attendance-pictures.ts";
import { membersOf, policyName, rowsDigest, sheetRows } from "../projections/attendance/attendance-sheet.ts";
import { plannedLeave } from "../projections/attendance/planned-leave.ts";
import { hallSecondsOf } from "../projections/attendance/tap-events.ts";
import { type WindowMark, windowMarks } from "../projections/attendance/window-marks.ts";
import { VERSION } from "../version.ts";

/** From 2 on a sheet shows planned leave. One of format 1 is verified as what it is. */
export const SHEET_FORMATS_KNOWN = ["hallward-sheet-1", "hallward-sheet-2"] as const;
export type SheetShape = (typeof SHEET_FORMATS_KNOWN)[number];
export const SHEET_FORMAT: SheetShape = "hallward-sheet-2";

/** Which sheet: everything else follows from the log up to `position`. */
export interface SheetScope {
  /** A unit's id, or "all". */
  readonly unit: string;
  /** 2026-03 or 2026-W10. */
  readonly period: string;
  /** Null: the log's end. */
  readonly position: number | null;
  /** What an older sheet is derived again as. */
  readonly shape?: SheetShape | undefined;
}

export interface SheetDay {
  readonly date: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly workday: boolean;
}

/** A week's or month's sheet as it is hung up, with what it takes to derive it again. */
export interface SheetDocument {
  readonly format: SheetShape;
  /** Of the program that wrote it. */
  readonly version: string;
  readonly hall: { readonly id: string; readonly name: Bilingual };
  readonly unit: { readonly id: string; readonly name: Bilingual };
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly policy: AttendanceSheet["policy"];
  /** Hall time of the last event it rests on: what it says was known then. */
  readonly asOf: string;
  readonly reportedUntil: string | null;
  readonly position: number;
  /** The chain's hash at `position`. */
  readonly head: string;
  /** SHA-256 of the canonical JSON of `rows`. */
  readonly digest: string;
  readonly days: readonly SheetDay[];
  readonly sessions: readonly SessionName[];
  readonly rows: AttendanceSheet["rows"];
  /** Leave on file for sessions that were not over yet: no verdict, and no part of the digest. */
  readonly planned?: AttendanceSheet["planned"];
  /** Where the text wants daily patrols (ATT-08): working days so far, and those without one. */
  readonly patrols?: { readonly days: number; readonly missing: readonly string[] };
  /** Where the text has a substitute's errors count against the window (ATT-39). How much, it does not say. */
  readonly windowMarks?: readonly WindowMark[];
  /** Every rule that decided something on it. */
  readonly rules: readonly { readonly id: string; readonly zh: string }[];
}

/** Where the log stood, and what it came to there. */
export interface LedgerAt {
  readonly ledger: AttendanceLedger;
  readonly position: number;
  readonly head: string;
  readonly recordedAtMs: EpochMs;
}

/** HallErrors SHEET_AHEAD, ATTENDANCE_OFF; LOG_UNREADABLE. */
export function ledgerAt(reader: LogReader, position: number | null): LedgerAt {
  const end = reader.head().seq;
  const upTo = position ?? end;
  if (upTo > end) {
    throw new HallError("SHEET_AHEAD", `it was derived at position ${upTo}, and the log ends at ${end}`, { upTo });
  }
  const ledger = new AttendanceLedger();
  let last: LogRecord | null = null;
  for (const stored of reader.read(1, upTo)) {
    // Most of a log is tickets: what attendance does not rest on is not even parsed.
    if (WANTED.test(stored.record)) ledger.note(readEvent(stored));
    last = stored;
  }
  const head = last?.hash ?? GENESIS.hash;
  const recordedAtMs = last === null ? (0 as EpochMs) : readEvent(last).recordedAtMs;
  if (ledger.regulation === null) {
    throw new HallError("ATTENDANCE_OFF", `up to position ${upTo} the hall keeps no attendance`, { upTo });
  }
  return { ledger, position: upTo, head, recordedAtMs };
}

/** HallErrors of `ledgerAt`, PERIOD_UNKNOWN, UNIT_UNKNOWN. */
export function deriveSheet(reader: LogReader, { unit, period, position, shape }: SheetScope): SheetDocument {
  return sheetIn(ledgerAt(reader, position), unit, period, shape);
}

export function sheetIn(
  { ledger, position, head, recordedAtMs }: LedgerAt,
  unit: string,
  period: string,
  format: SheetShape = SHEET_FORMAT,
): SheetDocument {
  const span = daysOf(period);
  const { configuration } = ledger;
  if (span === null)
    throw new HallError("PERIOD_UNKNOWN", `"${period}" is neither a month (2026-03) nor a week (2026-W10)`);
  const name = unitName(configuration?.attendance?.units ?? [], unit);
  if (configuration === null || name === null) throw new HallError("UNIT_UNKNOWN", `"${unit}" is no unit of this hall`);
  const asOf = hallSecondsOf(recordedAtMs, configuration.zone);
  const rows = sheetRows(ledger, unit, span, asOf);
  const patrols = patrolsIn(ledger, span, asOf);
  const shown = new Set(rows.map(({ person }) => person.person));
  const marks = windowMarks(ledger, span)?.filter(({ person }) => shown.has(person)) ?? null;
  const cells = rows.flatMap((row) => row.cells);
  const worked = new Set(cells.filter(({ code }) => !code.startsWith("-")).map(({ date }) => date));
  const days = Array.from({ length: span.to - span.from + 1 }, (_, ahead) => {
    const date = dateOf(span.from + ahead);
    return { date, weekday: weekdayOf(span.from + ahead), workday: worked.has(date) };
  });
  return {
    format,
    version: VERSION,
    hall: { id: configuration.hall, name: configuration.name },
    unit: { id: unit, name },
    period,
    from: dateOf(span.from),
    to: dateOf(span.to),
    policy: policyName(ledger),
    asOf: momentOf(asOf),
    reportedUntil: ledger.reportedUntil === 0 ? null : momentOf(ledger.reportedUntil),
    position,
    head,
    digest: rowsDigest(rows),
    days,
    sessions: SESSIONS.filter((session) => cells.some((cell) => cell.session === session)),
    ...(patrols !== null && { patrols }),
    ...(marks !== null && { windowMarks: marks }),
    ...(format !== "hallward-sheet-1" && { planned: plannedIn(ledger, unit, span, asOf) }),
    rows,
    rules: rulesOf(cells.flatMap(({ rules }) => rules)),
  };
}

const plannedIn = (ledger: AttendanceLedger, unit: string, span: DaySpan, asOf: HallSeconds) =>
  membersOf(ledger, unit, span).flatMap((member) =>
    plannedLeave(ledger, member, ledger.sessions(member, span, asOf), asOf),
  );

/** Null where the text asks for no daily patrol. A day counts once its last session is over. */
function patrolsIn(ledger: AttendanceLedger, span: DaySpan, asOf: HallSeconds): SheetDocument["patrols"] | null {
  const since = Math.min(...ledger.people().map(({ from }) => from));
  const days: DayNumber[] = [];
  for (let day = Math.max(span.from, since); day <= span.to; day += 1) {
    const rules = ledger.rulesOn(day);
    const plan = rules?.policy.profile.patrol.daily === true ? rules.timetable.on(day) : null;
    if (plan?.isWorkday === true && (plan.slots.at(-1)?.to ?? 0) <= asOf) days.push(day);
  }
  if (ledger.rulesOn(span.to)?.policy.profile.patrol.daily !== true) return null;
  return { days: days.length, missing: days.filter((day) => !ledger.patrolled.has(day)).map(dateOf) };
}

const SESSIONS: readonly SessionName[] = ["am", "pm", "day"];

/** The rules and readings among `ids`, with their text. Others name the hall's own word, or a product default. */
function rulesOf(ids: readonly string[]): SheetDocument["rules"] {
  const [rules, readings] = [readRules(), readReadings()];
  return [...new Set(ids)]
    .toSorted()
    .map((id) => ({ id, zh: rules.get(id)?.zh ?? readings.get(id)?.question ?? ownWord(id) }));
}

const ownWord = (id: string): string => (id.startsWith("default:") ? "产品默认值" : "本厅规定");

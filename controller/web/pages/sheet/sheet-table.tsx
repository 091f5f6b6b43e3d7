import { useEffect, useMemo, useState } from "preact/hooks";
import {
  hasNotInUse,
  LEAVE_MARKS,
  LEGEND,
  type Mark,
  markOf,
  NOT_IN_USE,
  TOTALS,
} from "../../../core/attendance/cell-marks.ts";
import type { AttendanceSheet } from "../../../projections/attendance/attendance-pictures.ts";
import { Bi, useWords } from "../../design/design.ts";
import type { Chosen } from "./day-explained.tsx";
import { weekdayOf } from "../office/period.ts";

type Row = AttendanceSheet["rows"][number];
type Planned = AttendanceSheet["planned"];
type SheetMark = Omit<Mark, "tone"> & { readonly tone: Mark["tone"] | "leave planned" };

const NOTHING_PLANNED: Planned = [];

interface SheetTableProps {
  readonly sheet: AttendanceSheet;
  /** Empty: of every unit. */
  readonly unit: string;
  readonly onChoose: (chosen: Chosen) => void;
}

/** What a first look shows; the rest is painted right after it. */
const FIRST_ROWS_MAX = 40;
const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];
const TOTALS_EN = ["Due", "Attended", "Late", "Early", "Absent", "Business", "Leave"];

export function SheetTable({ sheet, unit, onChoose }: SheetTableProps) {
  const rows = useMemo(
    () => (unit === "" ? sheet.rows : sheet.rows.filter(({ person }) => person.unit === unit)),
    [sheet, unit],
  );
  const [shown, setShown] = useState(FIRST_ROWS_MAX);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setShown(Number.POSITIVE_INFINITY));
    return () => cancelAnimationFrame(frame);
  }, []);
  const dates = useMemo(() => datesOf(sheet), [sheet]);
  const planned = useMemo(() => Map.groupBy(sheet.planned, ({ person }) => person), [sheet]);
  return (
    <>
      <div class="table-frame sheet-frame" tabIndex={0} role="region" aria-label="考勤表 Sheet">
        <table class="sheet-table">
          <SheetHead dates={dates} />
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <SheetRow
                key={row.person.person}
                row={row}
                dates={dates}
                planned={planned.get(row.person.person) ?? NOTHING_PLANNED}
                onChoose={onChoose}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Legend rows={sheet.rows} />
    </>
  );
}

function datesOf({ rows }: AttendanceSheet): readonly string[] {
  return [...new Set(rows.flatMap(({ cells }) => cells.map(({ date }) => date)))].toSorted();
}

const isWeekend = (date: string): boolean => weekdayOf(date) % 6 === 0;

function SheetHead({ dates }: { readonly dates: readonly string[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" class="sheet-name">
          <Bi zh="姓名" en="Name" />
        </th>
        {dates.map((date) => (
          <th key={date} scope="col" class={isWeekend(date) ? "sheet-rest" : ""}>
            {Number(date.slice(8))}
            <span class="sheet-weekday">{WEEKDAYS[weekdayOf(date)]}</span>
          </th>
        ))}
        {TOTALS.map(({ zh }, at) => (
          <th key={zh} scope="col" class="sheet-total stacked">
            <Bi zh={zh} en={TOTALS_EN[at] ?? ""} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface SheetRowProps {
  readonly row: Row;
  readonly dates: readonly string[];
  readonly planned: Planned;
  readonly onChoose: (chosen: Chosen) => void;
}

function SheetRow({ row, dates, planned, onChoose }: SheetRowProps) {
  const { person, totals } = row;
  const days = Map.groupBy(row.cells, ({ date }) => date);
  const choose: Choose = (event) => {
    const date = event.currentTarget.value;
    onChoose({ row, date, planned: planned.filter((plan) => plan.date === date) });
  };
  return (
    <tr>
      <th scope="row" class="sheet-name">
        {person.name} <small>{person.number}</small>
      </th>
      {dates.map((date) => dayCell(date, days.get(date) ?? [], planned, choose))}
      {TOTALS.map(({ zh, of }) => (
        <td key={zh} class="sheet-total">
          {of(totals)}
        </td>
      ))}
    </tr>
  );
}

type Choose = (event: { readonly currentTarget: HTMLButtonElement }) => void;

/**
 * Few elements, no component, and one listener for all of a row: a month of three hundred people has nine thousand of
 * these, and laying them out is most of what opening the sheet takes.
 */
function dayCell(date: string, cells: Row["cells"], planned: Planned, choose: Choose) {
  const marks = cells.map((cell) => plannedMark(planned, cell) ?? markOf(cell));
  if (marks.every((mark) => mark === null)) return <td key={date} class="sheet-rest" />;
  const tone = marks[0]?.tone ?? "rest";
  const isPlain = marks.every((mark) => mark?.tone === tone);
  return (
    <td key={date}>
      <button type="button" class={`sheet-day ${isPlain ? `cell-mark ${tone}` : ""}`} value={date} onClick={choose}>
        {isPlain
          ? marks.map((mark) => mark?.zh).join("\n")
          : marks.map((mark, at) => (
              <span key={cells[at]?.session} class={`cell-mark ${mark?.tone ?? "rest"}`}>
                {mark?.zh ?? "\u00A0"}
              </span>
            ))}
      </button>
    </td>
  );
}

/** Leave for a session that is not over: its mark, with a question mark while it waits for a signature. */
function plannedMark(planned: Planned, { date, session }: Row["cells"][number]): SheetMark | null {
  const plan = planned.find((each) => each.date === date && each.session === session);
  if (plan === undefined) return null;
  const mark = LEAVE_MARKS[plan.leaveKind]?.[0] ?? "假";
  return { zh: plan.approved ? mark : `${mark}?`, tone: "leave planned" };
}

function Legend({ rows }: Pick<AttendanceSheet, "rows">) {
  const say = useWords();
  const rare = useMemo(() => (hasNotInUse(rows) ? [NOT_IN_USE] : []), [rows]);
  return (
    <ul class="sheet-legend" aria-label={say({ zh: "图例", en: "Legend" })}>
      {[...LEGEND, ...rare, ...Object.values(LEAVE_MARKS).slice(0, 9)].map(([mark, zh]) => (
        <li key={mark}>
          <strong>{mark}</strong> {zh}
        </li>
      ))}
      <li>
        <strong class="cell-mark leave planned">年</strong> <Bi zh="已批准、尚未开始" en="approved, not begun" />
      </li>
      <li>
        <strong class="cell-mark leave planned">年?</strong> <Bi zh="待审批" en="waiting" />
      </li>
    </ul>
  );
}

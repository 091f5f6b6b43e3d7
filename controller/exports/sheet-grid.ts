import type { SheetDay, SheetDocument } from "./sheet-document.ts";
import { cellKey, type Mark, marksOf, SESSION_NAMES, TOTALS } from "./sheet-marks.ts";

/** One session of one day of one person, as it is drawn. */
export interface GridCell {
  readonly mark: Mark | null;
  /** "07:58–12:01", empty where nobody tapped. */
  readonly times: string;
  readonly workday: boolean;
}

export interface GridLine {
  readonly session: string;
  readonly cells: readonly GridCell[];
}

/** One person: a line per session of the day, days from left to right. */
export interface GridPerson {
  readonly name: string;
  readonly number: string;
  readonly lines: readonly GridLine[];
  readonly totals: readonly number[];
}

/** A sheet as rows and columns, for those who draw it. */
export function gridOf(sheet: SheetDocument): readonly GridPerson[] {
  const { days, sessions, rows } = sheet;
  const marksByRow = marksOf(sheet);
  return rows.map(({ person, cells, totals }, at) => {
    const known = new Map(cells.map((cell) => [cellKey(cell), cell]));
    const lineOf = (session: SheetDocument["sessions"][number]): GridLine => ({
      session: SESSION_NAMES[session],
      cells: days.map((day) => {
        const key = cellKey({ date: day.date, session });
        return cellOf(day, known.get(key), marksByRow[at]?.get(key) ?? null);
      }),
    });
    return {
      name: person.name,
      number: person.number,
      lines: sessions.map(lineOf),
      totals: TOTALS.map(({ of }) => of(totals)),
    };
  });
}

type Cell = SheetDocument["rows"][number]["cells"][number];

function cellOf({ workday }: SheetDay, cell: Cell | undefined, mark: Mark | null): GridCell {
  if (cell === undefined) return { mark: null, times: "", workday };
  const [from, to] = [cell.in, cell.out].map((time) => time?.slice(0, 5) ?? "");
  const times = from === "" && to === "" ? "" : `${from}–${to}`;
  return { mark, times, workday };
}

/** "3月2日", or the day alone where the month stands above. */
export const dayWords = ({ date }: SheetDay, withMonth: boolean): string => {
  const [, month = "", day = ""] = date.split("-");
  return withMonth ? `${Number(month)}月${Number(day)}日` : String(Number(day));
};

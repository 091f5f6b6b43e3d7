import type { SheetDocument } from "./sheet-document.ts";
import { cellKey, markerOf, marksOf, noteLines, periodWords, SESSION_NAMES, TOTALS, titleOf } from "./sheet-marks.ts";

/** A cell that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/u;

const cell = (text: string | number): string => {
  const plain = typeof text === "string" && FORMULA.test(text) ? `'${text}` : String(text);
  return /[",\n\r]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};
const line = (cells: readonly (string | number)[]): string => cells.map(cell).join(",");

/** UTF-8 with a mark at the front, so that spreadsheets read the Chinese; CRLF, as RFC 4180 has it. */
export function csvOf(sheet: SheetDocument): Buffer {
  const columns = sheet.days.flatMap(({ date }) => sheet.sessions.map((session) => ({ date, session })));
  const marksByRow = marksOf(sheet);
  const head = columns.map(({ date, session }) => `${date} ${SESSION_NAMES[session]}`);
  const lines = [
    line([titleOf(sheet), sheet.unit.name.zh, periodWords(sheet)]),
    line(["姓名", "工号", "单位", "岗位", ...head, ...TOTALS.map(({ zh }) => zh)]),
    ...sheet.rows.map(({ person, totals }, at) => {
      const days = columns.map((column) => marksByRow[at]?.get(cellKey(column))?.zh ?? "");
      const sums = TOTALS.map(({ of }) => of(totals));
      return line([person.name, person.number, person.unitName.zh, person.post.zh, ...days, ...sums]);
    }),
    ...noteLines(sheet).map((text) => line(text.split("　"))),
    line(["日志位置", sheet.position]),
    line(["日志摘要", sheet.head]),
    line(["本表摘要", sheet.digest]),
    line(["核对标记", markerOf(sheet)]),
  ];
  return Buffer.from(`\uFEFF${lines.join("\r\n")}\r\n`, "utf8");
}

/** Indented, one line per row's cell: for programs, and for people with a difference tool. */
export const jsonOf = (sheet: SheetDocument): Buffer => {
  const { rows, ...rest } = sheet;
  const head = JSON.stringify({ ...rest, marker: markerOf(sheet) }, null, 2).slice(0, -2);
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
  return Buffer.from(`${head},\n  "rows": [\n${lines}\n  ]\n}\n`, "utf8");
};

import type { SheetDocument } from "./sheet-document.ts";
import { dayWords, type GridCell, gridOf } from "./sheet-grid.ts";
import {
  isWeek,
  LEAVE_MARKS,
  legendOf,
  markerOf,
  periodWords,
  ruleLines,
  SIGNATURES,
  stampWords,
  type Tone,
  TOTALS,
  TOTALS_NOTE,
  titleOf,
  weekdayName,
} from "./sheet-marks.ts";
import { STYLE, STYLES_XML } from "./xlsx-styles.ts";
import {
  CONTENT_TYPES,
  corePart,
  escaped,
  ROOT_RELATIONS,
  WORKBOOK_RELATIONS,
  workbookPart,
  worksheetPart,
} from "./xlsx-parts.ts";
import { zipOf } from "./zip-archive.ts";

// Office Open XML, written by hand: a sheet has no formulas, and the same sheet is the same bytes for ever.

/** 0 is A, 26 is AA. */
export const columnName = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : columnName(Math.floor(at / 26) - 1) + columnName(at % 26);

type Value = string | number;

/** A worksheet that grows downwards. */
class Worksheet {
  readonly merges: string[] = [];
  /** Rows after which a printed page ends. */
  readonly breaks: number[] = [];
  readonly #rows: string[] = [];
  #next = 1;

  get nextRow(): number {
    return this.#next;
  }

  /** Cells from the left; an empty text is a cell with a frame and nothing in it. */
  row(cells: readonly (readonly [value: Value, style: number])[], height: number): number {
    const at = this.#next;
    this.#next += 1;
    const written = cells.map(([value, style], column) => cellXml(`${columnName(column)}${at}`, value, style)).join("");
    this.#rows.push(`<row r="${at}" ht="${height}" customHeight="1">${written}</row>`);
    return at;
  }

  /** One text across the whole width. */
  banner(text: string, style: number, width: number, height: number): void {
    const at = this.row([[text, style], ...Array.from({ length: width - 1 }, () => ["", style] as const)], height);
    this.merge(0, at, width - 1, at);
  }

  merge(left: number, top: number, right: number, bottom: number): void {
    if (left !== right || top !== bottom) this.merges.push(`${columnName(left)}${top}:${columnName(right)}${bottom}`);
  }

  get xml(): string {
    return this.#rows.join("");
  }
}

function cellXml(place: string, value: Value, style: number): string {
  if (typeof value === "number") return `<c r="${place}" s="${style}"><v>${value}</v></c>`;
  if (value === "") return `<c r="${place}" s="${style}"/>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

const TONE_STYLES: { readonly [K in Tone]: number } = {
  good: STYLE.cell,
  rest: STYLE.rest,
  warn: STYLE.warn,
  bad: STYLE.bad,
  leave: STYLE.leave,
  open: STYLE.open,
};

/** Characters of the rules that fit side by side. */
const RULE_LINE = 110;
/** Name, number, session: left of the days. */
const FIXED = 3;
const HEADER_ROWS = 4;

export function xlsxOf(sheet: SheetDocument): Buffer {
  const paper = new Worksheet();
  const width = FIXED + sheet.days.length + TOTALS.length;
  paper.banner(titleOf(sheet), STYLE.title, width, 34);
  paper.banner(
    `单位：${sheet.unit.name.zh}　　${periodWords(sheet)}　　制度：${sheet.policy.name.zh}`,
    STYLE.info,
    width,
    20,
  );
  headOf(sheet, paper);
  bodyOf(sheet, paper);
  footOf(sheet, paper, width);
  return zipOf([
    { name: "[Content_Types].xml", text: CONTENT_TYPES },
    { name: "_rels/.rels", text: ROOT_RELATIONS },
    { name: "docProps/core.xml", text: corePart(titleOf(sheet), markerOf(sheet)), stored: true },
    { name: "xl/workbook.xml", text: workbookPart(HEADER_ROWS, columnName(width - 1)) },
    { name: "xl/_rels/workbook.xml.rels", text: WORKBOOK_RELATIONS },
    { name: "xl/styles.xml", text: STYLES_XML },
    { name: "xl/worksheets/sheet1.xml", text: worksheetXml(sheet, paper, width) },
  ]);
}

function headOf({ days, period }: SheetDocument, paper: Worksheet): void {
  const week = isWeek(period);
  const dayStyle = (workday: boolean): number => (workday ? STYLE.head : STYLE.headRest);
  const top = paper.row(
    [
      ["姓名", STYLE.head],
      ["工号", STYLE.head],
      ["", STYLE.head],
      ...days.map((day) => [dayWords(day, week), dayStyle(day.workday)] as const),
      ...TOTALS.map(({ zh }) => [zh, STYLE.head] as const),
    ],
    20,
  );
  paper.row(
    [
      ...Array.from({ length: FIXED }, () => ["", STYLE.head] as const),
      ...days.map(({ weekday, workday }) => [weekdayName(weekday), dayStyle(workday)] as const),
      ...TOTALS.map(() => ["", STYLE.head] as const),
    ],
    16,
  );
  for (let column = 0; column < FIXED; column += 1) paper.merge(column, top, column, top + 1);
  for (let at = 0; at < TOTALS.length; at += 1) {
    const column = FIXED + days.length + at;
    paper.merge(column, top, column, top + 1);
  }
}

function bodyOf(sheet: SheetDocument, paper: Worksheet): void {
  const week = isWeek(sheet.period);
  const lineHeight = week ? 30 : 17;
  let left = roomOnPage(sheet);
  for (const { name, number, lines, totals } of gridOf(sheet)) {
    const top = paper.nextRow;
    const height = lines.length * lineHeight;
    if (height > left) {
      paper.breaks.push(top - 1);
      left = roomOnPage(sheet);
    }
    left -= height;
    for (const [at, { session, cells }] of lines.entries()) {
      const first = at === 0;
      paper.row(
        [
          [first ? name : "", STYLE.name],
          [first ? number : "", STYLE.cell],
          [session, STYLE.session],
          ...cells.map((cell) => [cellText(cell, week), cellStyle(cell)] as const),
          ...totals.map((total) => [first ? total : "", total > 0 ? STYLE.total : STYLE.none] as const),
        ],
        lineHeight,
      );
    }
    const bottom = top + lines.length - 1;
    for (const column of [0, 1]) paper.merge(column, top, column, bottom);
    for (let at = 0; at < totals.length; at += 1) {
      const column = FIXED + sheet.days.length + at;
      paper.merge(column, top, column, bottom);
    }
  }
}

function footOf(sheet: SheetDocument, paper: Worksheet, width: number): void {
  const marks = legendOf(sheet)
    .map(([mark, zh]) => `${mark} ${zh}`)
    .join("　");
  paper.banner("", STYLE.plain, width, 6);
  const leaves = Object.values(LEAVE_MARKS)
    .map(([mark, name]) => `${mark} ${name}`)
    .join("　");
  paper.banner(`图例：${marks}`, STYLE.note, width, 18);
  paper.banner(`假别：${leaves}　　${TOTALS_NOTE}`, STYLE.note, width, 18);
  const rules = ruleLines(sheet);
  if (rules.length > 0)
    paper.banner(
      `依据：${rules.join("；")}`,
      STYLE.wrapped,
      width,
      13 * (1 + Math.ceil(rules.join("；").length / RULE_LINE)),
    );
  paper.banner(SIGNATURES.map((who) => `${who}：____________________`).join("　　"), STYLE.sign, width, 40);
  for (const words of stampWords(sheet)) paper.banner(words, STYLE.stamp, width, 13);
}

const cellText = ({ mark, times }: GridCell, week: boolean): string =>
  week && times !== "" ? `${mark?.zh ?? ""}\n${times}` : (mark?.zh ?? "");

function cellStyle({ mark, workday }: GridCell): number {
  if (mark === null) return workday ? STYLE.cell : STYLE.rest;
  return TONE_STYLES[mark.tone];
}

/** In characters, as spreadsheets measure columns. */
function widthsOf({ days, period }: SheetDocument): readonly number[] {
  const dayWidth = isWeek(period) ? 13 : 4.2;
  return [11, 7, 3.6, ...days.map(() => dayWidth), ...TOTALS.map(() => 6.6)];
}

/** Points between the margins of an A4 sheet on its side. */
const PRINTED = { width: 784, height: 516 };
/** Points of a character, and beside each column. */
const CHARACTER = { width: 5.25, beside: 3.75 };
const HEAD_HEIGHT = 90;
/** Programs measure characters each in its own way. */
const SURELY = 0.97;

/** What fits on a printed page below its head, once the sheet is as wide as the page: nobody is cut in two. */
function roomOnPage(sheet: SheetDocument): number {
  const widths = widthsOf(sheet).map((width) => width * CHARACTER.width + CHARACTER.beside);
  const scale = PRINTED.width / widths.reduce((sum, width) => sum + width, 0);
  return (PRINTED.height / scale) * SURELY - HEAD_HEIGHT;
}

function worksheetXml(sheet: SheetDocument, paper: Worksheet, width: number): string {
  const columns = widthsOf(sheet)
    .map((size, at) => `<col min="${at + 1}" max="${at + 1}" width="${size}" customWidth="1"/>`)
    .join("");
  const corner = `${columnName(FIXED)}${HEADER_ROWS + 1}`;
  const merges = paper.merges.map((area) => `<mergeCell ref="${area}"/>`).join("");
  return worksheetPart({
    columns,
    corner,
    frozen: [FIXED, HEADER_ROWS],
    area: `A1:${columnName(width - 1)}${paper.nextRow - 1}`,
    rows: paper.xml,
    merges,
    mergeCount: paper.merges.length,
    breaks: paper.breaks,
  });
}

import PdfDocument from "pdfkit";
import type { SheetDocument } from "./sheet-document.ts";
import { openSheetFonts } from "./sheet-font.ts";
import { dayWords, type GridCell, type GridPerson, gridOf } from "./sheet-grid.ts";
import {
  isWeek,
  ruleLines,
  LEAVE_MARKS,
  legendOf,
  markerOf,
  periodWords,
  PRESENT,
  SIGNATURES,
  stampWords,
  type Tone,
  TOTALS,
  TOTALS_NOTE,
  titleOf,
  weekdayName,
} from "./sheet-marks.ts";

// A4, landscape, as an office hangs it up. Lengths are points, 1/72 inch.

const PAGE = { width: 841.89, height: 595.28 };
const MARGIN = 28;
const FOOT = 34;
const BOTTOM = PAGE.height - FOOT - 12;
const WIDTHS = { name: 52, number: 32, session: 16, total: 29 };
const HEADER_HEIGHT = 30;

const INK = "#14202e";
const QUIET = "#48586b";
const EDGE = "#9aa7b6";
const INKS: { readonly [K in Tone]: string } = {
  good: INK,
  rest: QUIET,
  warn: "#8a4b00",
  bad: "#a81e17",
  leave: "#573a9e",
  open: QUIET,
};
const GROUNDS: { readonly [K in Tone]: string | null } = {
  good: null,
  rest: "#e6ebf2",
  warn: "#ffefcc",
  bad: "#fde6e3",
  leave: "#ece7f9",
  open: null,
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Ink {
  readonly size: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly ground?: string | null;
}

/** HallError FONT_MISSING. The same sheet is the same bytes. */
export async function pdfOf(sheet: SheetDocument): Promise<Buffer> {
  const paper = new SheetPaper(sheet);
  paper.draw();
  return paper.bytes();
}

class SheetPaper {
  readonly #sheet: SheetDocument;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #done: Promise<Buffer>;
  readonly #week: boolean;
  readonly #dayWidth: number;
  readonly #lineHeight: number;
  #y = MARGIN;

  constructor(sheet: SheetDocument) {
    this.#sheet = sheet;
    this.#week = isWeek(sheet.period);
    this.#lineHeight = this.#week ? 24 : 13;
    const fixed = WIDTHS.name + WIDTHS.number + WIDTHS.session + TOTALS.length * WIDTHS.total;
    this.#dayWidth = (PAGE.width - 2 * MARGIN - fixed) / sheet.days.length;
    const made = new Date(`${sheet.asOf}Z`);
    this.#pdf = new PdfDocument({
      size: "A4",
      layout: "landscape",
      margin: 0,
      bufferPages: true,
      lang: "zh-CN",
      info: { Title: titleOf(sheet), Keywords: markerOf(sheet), CreationDate: made, ModDate: made },
    });
    const fonts = openSheetFonts();
    this.#pdf.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
    const chunks: Buffer[] = [];
    this.#pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    this.#done = new Promise((resolve) => this.#pdf.on("end", () => resolve(Buffer.concat(chunks))));
  }

  draw(): void {
    this.#title();
    this.#head();
    for (const person of gridOf(this.#sheet)) {
      this.#room(person.lines.length * this.#lineHeight);
      this.#person(person);
    }
    this.#foot();
    this.#pageNumbers();
    this.#pdf.end();
  }

  bytes(): Promise<Buffer> {
    return this.#done;
  }

  #title(): void {
    const { unit, policy } = this.#sheet;
    const width = PAGE.width - 2 * MARGIN;
    this.#text(titleOf(this.#sheet), { x: MARGIN, y: this.#y, width, height: 26 }, { size: 19, bold: true }, "center");
    this.#y += 30;
    const words = `单位：${unit.name.zh}　　${periodWords(this.#sheet)}　　制度：${policy.name.zh}`;
    this.#text(words, { x: MARGIN, y: this.#y, width, height: 14 }, { size: 9.5, color: QUIET }, "center");
    this.#y += 20;
  }

  /** On every page. */
  #head(): void {
    const half = HEADER_HEIGHT / 2;
    let x = MARGIN;
    const column = (width: number, words: string, size = 8.5): void => {
      this.#cell({ x, y: this.#y, width, height: HEADER_HEIGHT }, words, { size, bold: true, ground: "#e3eefa" });
      x += width;
    };
    column(WIDTHS.name, "姓名");
    column(WIDTHS.number, "工号");
    column(WIDTHS.session, "");
    for (const day of this.#sheet.days) {
      const ink = day.workday ? { color: INK, ground: "#e3eefa" } : { color: QUIET, ground: "#e6ebf2" };
      const box = { x, width: this.#dayWidth, height: half };
      this.#cell({ ...box, y: this.#y }, dayWords(day, this.#week), { size: 8, bold: true, ...ink });
      this.#cell({ ...box, y: this.#y + half }, weekdayName(day.weekday), { size: 7.5, ...ink });
      x += this.#dayWidth;
    }
    for (const { zh } of TOTALS) column(WIDTHS.total, zh, 7.5);
    this.#y += HEADER_HEIGHT;
  }

  #person({ name, number, lines, totals }: GridPerson): void {
    const height = lines.length * this.#lineHeight;
    const top = this.#y;
    this.#cell({ x: MARGIN, y: top, width: WIDTHS.name, height }, name, { size: 9.5, bold: true });
    this.#cell({ x: MARGIN + WIDTHS.name, y: top, width: WIDTHS.number, height }, number, { size: 8 });
    for (const [at, { session, cells }] of lines.entries()) {
      const y = top + at * this.#lineHeight;
      let x = MARGIN + WIDTHS.name + WIDTHS.number;
      const line = { y, height: this.#lineHeight };
      this.#cell({ x, width: WIDTHS.session, ...line }, session, { size: 7.5, color: QUIET, ground: "#f3f5f8" });
      x += WIDTHS.session;
      for (const cell of cells) {
        this.#mark({ x, width: this.#dayWidth, ...line }, cell);
        x += this.#dayWidth;
      }
    }
    let x = PAGE.width - MARGIN - TOTALS.length * WIDTHS.total;
    for (const total of totals) {
      const ink = { size: 9, bold: total > 0, color: total > 0 ? INK : QUIET, ground: "#f3f5f8" };
      this.#cell({ x, y: top, width: WIDTHS.total, height }, String(total), ink);
      x += WIDTHS.total;
    }
    this.#y += height;
  }

  #mark(box: Box, { mark, times, workday }: GridCell): void {
    const tone = mark?.tone ?? "good";
    const ground = mark === null && !workday ? GROUNDS.rest : GROUNDS[tone];
    if (!this.#week || times === "") {
      if (mark?.zh === PRESENT) {
        this.#cell(box, "", { size: 8, ground });
        return this.#tick(box.x + box.width / 2, box.y + box.height / 2);
      }
      return this.#cell(box, mark?.zh ?? "", { size: this.#week ? 10 : 8.5, bold: true, color: INKS[tone], ground });
    }
    this.#cell(box, "", { size: 8, ground });
    const upper = { ...box, height: box.height * 0.55 };
    if (mark?.zh === PRESENT) this.#tick(box.x + box.width / 2, box.y + box.height * 0.3);
    else this.#text(mark?.zh ?? "", upper, { size: 9.5, bold: true, color: INKS[tone] }, "center");
    const lower = { ...box, y: box.y + box.height * 0.5, height: box.height * 0.45 };
    this.#text(times, lower, { size: 7, color: QUIET }, "center");
  }

  /** √ is in no Chinese text font of this size: two strokes. */
  #tick(x: number, y: number): void {
    this.#pdf
      .moveTo(x - 2.9, y + 0.2)
      .lineTo(x - 0.8, y + 2.4)
      .lineTo(x + 3.1, y - 2.6)
      .lineWidth(0.95)
      .strokeColor("#0c6537")
      .stroke();
  }

  #foot(): void {
    const width = PAGE.width - 2 * MARGIN;
    const marks = legendOf(this.#sheet)
      .map(([mark, zh]) => `${mark === PRESENT ? "　" : mark} ${zh}`)
      .join("　");
    const leaves = Object.values(LEAVE_MARKS)
      .map(([mark, name]) => `${mark} ${name}`)
      .join("　");
    this.#room(58, false);
    this.#y += 8;
    this.#tick(MARGIN + 29, this.#y + 6);
    this.#paragraph(`图例：${marks}`, { size: 8 }, width);
    this.#paragraph(`假别：${leaves}　　${TOTALS_NOTE}`, { size: 8 }, width);
    const rules = ruleLines(this.#sheet);
    if (rules.length > 0) this.#paragraph(`依据：${rules.join("；")}`, { size: 7, color: QUIET }, width);
    this.#room(44, false);
    this.#y += 18;
    const part = width / SIGNATURES.length;
    for (const [at, who] of SIGNATURES.entries()) {
      const x = MARGIN + at * part;
      this.#text(`${who}：`, { x, y: this.#y, width: part, height: 14 }, { size: 9.5 }, "left");
      this.#pdf
        .moveTo(x + 62, this.#y + 12)
        .lineTo(x + part - 14, this.#y + 12)
        .lineWidth(0.6)
        .strokeColor(INK)
        .stroke();
    }
    this.#y += 22;
  }

  #paragraph(words: string, ink: Ink, width: number): void {
    this.#ink(ink);
    const height = this.#pdf.heightOfString(words, { width });
    this.#room(height + 2, false);
    this.#ink(ink);
    this.#pdf.text(words, MARGIN, this.#y, { width });
    this.#y += height + 2;
  }

  /** What stands at the foot of every page: where it comes from, and which page of how many. */
  #pageNumbers(): void {
    const { start, count } = this.#pdf.bufferedPageRange();
    const width = PAGE.width - 2 * MARGIN;
    const [first = "", ...digests] = stampWords(this.#sheet);
    for (let at = start; at < start + count; at += 1) {
      this.#pdf.switchToPage(at);
      const y = PAGE.height - FOOT;
      this.#pdf
        .moveTo(MARGIN, y - 4)
        .lineTo(PAGE.width - MARGIN, y - 4)
        .lineWidth(0.4)
        .strokeColor(EDGE)
        .stroke();
      this.#text(first, { x: MARGIN, y, width, height: 10 }, { size: 7, color: QUIET }, "left");
      this.#text(`第 ${at + 1} 页　共 ${count} 页`, { x: MARGIN, y, width, height: 10 }, { size: 8 }, "right");
      this.#text(digests.join("　"), { x: MARGIN, y: y + 10, width, height: 9 }, { size: 5.5, color: QUIET }, "left");
    }
  }

  /** A new page where `height` does not fit any more; with the head of the table on it while the table goes on. */
  #room(height: number, inTable = true): void {
    if (this.#y + height <= BOTTOM) return;
    this.#pdf.addPage();
    this.#y = MARGIN;
    if (inTable) this.#head();
  }

  #cell(box: Box, words: string, ink: Ink): void {
    const { x, y, width, height } = box;
    if (typeof ink.ground === "string") this.#pdf.rect(x, y, width, height).fill(ink.ground);
    this.#pdf.rect(x, y, width, height).lineWidth(0.4).strokeColor(EDGE).stroke();
    if (words !== "") this.#text(words, box, ink, "center");
  }

  /** One line in the middle of its box, made smaller where it is too wide. */
  #text(words: string, { x, y, width, height }: Box, ink: Ink, align: "left" | "center" | "right"): void {
    this.#ink(ink);
    const wide = this.#pdf.widthOfString(words);
    const size = wide > width - 1 ? (ink.size * (width - 1)) / wide : ink.size;
    this.#pdf.fontSize(size);
    const lift = (height - this.#pdf.currentLineHeight()) / 2;
    this.#pdf.text(words, x, y + Math.max(0, lift), { width, align, lineBreak: false });
  }

  #ink({ size, color = INK, bold = false }: Ink): void {
    this.#pdf
      .font(bold ? "bold" : "regular")
      .fontSize(size)
      .fillColor(color);
  }
}

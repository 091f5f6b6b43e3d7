import { padStart } from "./text-width.ts";

/** One column of bars, with the word under it; an empty word for none. */
export interface Bar {
  readonly value: number;
  readonly label: string;
}

export interface ChartFrame {
  /** Columns of the terminal. */
  readonly width: number;
  /** Lines of the tallest bar. */
  readonly height: number;
}

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
const INDENT = "  ";
/** Digits of the axis and its line. */
const AXIS = 6;
/** From so many columns a bar on, the last one stays free. */
const GAP_FROM = 3;

/** A standing bar chart, eight steps a line; a value above 0 is never drawn as nothing. */
export function barChart(bars: readonly Bar[], { width, height }: ChartFrame): string[] {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const columns = barColumns(bars.length, width);
  const lines: string[] = [];
  for (let line = height; line >= 1; line -= 1) {
    const signs = bars.map(({ value }) => paint(EIGHTHS[eighthsIn(value / most, line, height)] ?? " ", columns));
    lines.push(`${INDENT}${axisAt(line, height, most)}${signs.join("")}`.trimEnd());
  }
  lines.push(`${INDENT}${padStart("0", AXIS - 2)} └${"─".repeat(bars.length * columns)}`);
  lines.push(`${INDENT}${" ".repeat(AXIS)}${labels(bars, columns)}`.trimEnd());
  return lines;
}

/** Columns a bar gets when `bars` of them share `width`. */
export const barColumns = (bars: number, width: number): number =>
  Math.max(1, Math.floor((width - INDENT.length - AXIS) / Math.max(1, bars)));

function axisAt(line: number, height: number, most: number): string {
  const isMarked = line === height || (line === Math.ceil(height / 2) && height > 2);
  const digits = isMarked ? String(Math.round((most * line) / height)) : "";
  return `${padStart(digits, AXIS - 2)} ${isMarked ? "┤" : "│"}`;
}

function eighthsIn(share: number, line: number, height: number): number {
  const eighths = share === 0 ? 0 : Math.max(1, Math.round(share * height * 8));
  return Math.min(8, Math.max(0, eighths - (line - 1) * 8));
}

const paint = (sign: string, columns: number): string =>
  columns < GAP_FROM ? sign.repeat(columns) : `${sign.repeat(columns - 1)} `;

/** Each under its bar, as far as the one before has left room. */
function labels(bars: readonly Bar[], columns: number): string {
  let text = "";
  for (const [at, { label }] of bars.entries()) {
    if (label === "" || text.length > at * columns) continue;
    text = `${text.padEnd(at * columns)}${label} `;
  }
  return text.trimEnd();
}

/** A bound that a row has to keep; `of` is what is held against it. */
export interface Mark {
  readonly of: "measured" | "ratio";
  readonly bound: "at-most" | "at-least";
  readonly value: number;
}

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly measured: number;
  readonly unit: "ms" | "us" | "per s" | "MB" | "s" | "%" | "count";
  /** The raw figure of the same run that it is held against. */
  readonly baseline?: { readonly name: string; readonly value: number };
  readonly mark?: Mark;
  readonly samples: number;
  readonly note?: string;
}

export const ratioOf = ({ measured, baseline }: Row): number | null =>
  baseline === undefined || baseline.value === 0 ? null : measured / baseline.value;

/** Null for a row without a mark. */
export function isMet(row: Row): boolean | null {
  const { mark, measured } = row;
  if (mark === undefined) return null;
  const held = mark.of === "measured" ? measured : ratioOf(row);
  if (held === null || !Number.isFinite(held)) return false;
  return mark.bound === "at-most" ? held <= mark.value : held >= mark.value;
}

const HEAD = ["ratio", "measured", "baseline", "mark", "met", "what", "n"] as const;

/** Ratios first: they travel from machine to machine, figures do not. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    shownRatio(row),
    `${shown(row.measured)} ${row.unit}`,
    row.baseline === undefined ? "" : `${shown(row.baseline.value)} ${row.baseline.name}`,
    markOf(row),
    { true: "yes", false: "NO", null: "" }[String(isMet(row)) as "true" | "false" | "null"],
    row.note === undefined ? row.name : `${row.name} (${row.note})`,
    String(row.samples),
  ]);
  const all = [[...HEAD], ...lines];
  const widths = HEAD.map((_, column) => Math.max(...all.map((line) => (line[column] ?? "").length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same as `tableOf`, for programs. */
export const jsonOf = (rows: readonly Row[]): object[] =>
  rows.map((row) => ({ ...row, ratio: ratioOf(row), met: isMet(row) }));

const shownRatio = (row: Row): string => {
  const ratio = ratioOf(row);
  return ratio === null ? "" : `${ratio.toFixed(2)}x`;
};

function markOf({ mark, unit }: Row): string {
  if (mark === undefined) return "";
  const sign = mark.bound === "at-most" ? "<=" : ">=";
  return mark.of === "ratio" ? `${sign} ${mark.value}x` : `${sign} ${mark.value} ${unit}`;
}

/** Three digits say what a bench can know. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return "?";
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return String(Math.round(value));
  return size >= 10 ? value.toFixed(1) : value.toFixed(size >= 1 ? 2 : 3);
}

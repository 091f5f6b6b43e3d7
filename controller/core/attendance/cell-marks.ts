import type { SessionState, SessionVerdict } from "./verdict.ts";

// How a cell of the sheet is marked, on paper and on screens alike.

export type Tone = "good" | "rest" | "warn" | "bad" | "leave" | "open";

export interface Mark {
  /** One or two characters. */
  readonly zh: string;
  readonly tone: Tone;
}

interface Cell {
  /** See SheetCell of the attendance pictures. */
  readonly code: string;
  readonly leaveKind: string | null;
}

/** How a leave of each kind is marked, and what it is called. */
export const LEAVE_MARKS: Readonly<Record<string, readonly [mark: string, name: string]>> = {
  oral: ["口", "口头假"],
  personal: ["事", "事假"],
  sick: ["病", "病假"],
  annual: ["年", "年休假"],
  marriage: ["婚", "婚假"],
  maternity: ["产", "产假"],
  "home-visit": ["探", "探亲假"],
  bereavement: ["丧", "丧假"],
  "work-injury": ["伤", "工伤假"],
  business: ["公", "公出"],
  training: ["训", "培训"],
};

export const PRESENT = "√";

/** Every mark but leave, with its meaning: the sheet's legend. */
export const LEGEND: readonly (readonly [mark: string, zh: string])[] = [
  [PRESENT, "出勤"],
  ["迟", "迟到"],
  ["早", "早退"],
  ["微", "轻微迟到（不计次）"],
  ["旷", "旷工"],
  ["公", "公出"],
  ["训", "培训"],
  ["…", "尚未结算"],
  ["?", "待人工确认"],
];

/** Sessions before the hall had anything to tap at: in the legend of the sheets that have some. */
export const NOT_IN_USE: readonly [mark: string, zh: string] = ["未", "未启用"];

export const hasNotInUse = (rows: readonly { readonly cells: readonly Pick<Cell, "code">[] }[]): boolean =>
  rows.some(({ cells }) => cells.some(({ code }) => code.startsWith("u")));

/** What a cell says; null for one that says nothing: rest days, and days on which nobody was posted. */
export function markOf({ code, leaveKind }: Cell): Mark | null {
  const asks = code.includes("?") ? "?" : "";
  switch (code[0]) {
    case "a":
      return attended(code, asks);
    case "x":
      return { zh: `旷${asks}`, tone: "bad" };
    case "l":
      return { zh: `${LEAVE_MARKS[leaveKind ?? ""]?.[0] ?? "假"}${asks}`, tone: "leave" };
    case "b":
      return { zh: `公${asks}`, tone: "leave" };
    case "t":
      return { zh: `训${asks}`, tone: "leave" };
    case "p":
      return { zh: "…", tone: "open" };
    case "u":
      return { zh: NOT_IN_USE[0], tone: "open" };
    default:
      return null;
  }
}

function attended(code: string, asks: string): Mark {
  const [late, early] = [code.includes("L"), code.includes("E")];
  if (late || early) return { zh: `${late ? "迟" : ""}${early ? "早" : ""}${asks}`, tone: "warn" };
  return code.includes("S") ? { zh: `微${asks}`, tone: "good" } : { zh: `${PRESENT}${asks}`, tone: "good" };
}

/** Columns of totals, right of the days. */
export const TOTALS: readonly { readonly zh: string; readonly of: (totals: Totals) => number }[] = [
  { zh: "应出勤", of: ({ sessionsDue }) => sessionsDue },
  { zh: "实出勤", of: ({ sessionsAttended }) => sessionsAttended },
  { zh: "迟到", of: ({ late }) => late },
  { zh: "早退", of: ({ early }) => early },
  { zh: "旷工", of: ({ absenceDays }) => absenceDays },
  { zh: "公出", of: ({ leave }) => leave.business ?? 0 },
  { zh: "请假", of: ({ leave }) => leaveSum(leave) },
];

interface Totals {
  readonly sessionsDue: number;
  readonly sessionsAttended: number;
  readonly late: number;
  readonly early: number;
  readonly absenceDays: number;
  /** Half days. */
  readonly leave: { readonly [kind: string]: number | undefined };
}

const leaveSum = (leave: Totals["leave"]): number =>
  Object.entries(leave).reduce<number>(
    (sum, [kind, count = 0]) => sum + (kind === "business" || kind === "training" ? 0 : count),
    0,
  );

const LETTERS: { readonly [K in SessionState]: string } = {
  attended: "a",
  absent: "x",
  leave: "l",
  business: "b",
  training: "t",
  rest: "-",
  "not-due": "n",
  pending: "p",
};

/** A verdict in a few letters, as it is hung up: "a", "aL", "aLE", "x", "l". */
export function cellCode({
  state,
  late,
  early,
  flags,
}: Pick<SessionVerdict, "state" | "late" | "early" | "flags">): string {
  if (flags.includes("not-in-use")) return "u";
  const marks = [
    late > 0 ? "L" : "",
    early > 0 ? "E" : "",
    flags.includes("slight-late") ? "S" : "",
    flags.includes("needs-confirmation") ? "?" : "",
  ];
  return LETTERS[state] + marks.join("");
}

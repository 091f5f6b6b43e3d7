import type { SheetDocument } from "./sheet-document.ts";

export type Tone = "good" | "rest" | "warn" | "bad" | "leave" | "open";

export interface Mark {
  /** One or two characters. */
  readonly zh: string;
  readonly tone: Tone;
}

type Cell = SheetDocument["rows"][number]["cells"][number];

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

/** What a cell says; null for one that says nothing: rest days, and days on which nobody was posted. */
export function markOf({ code, leaveKind }: Pick<Cell, "code" | "leaveKind">): Mark | null {
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

type Totals = SheetDocument["rows"][number]["totals"];

const leaveSum = (leave: Totals["leave"]): number =>
  Object.entries(leave).reduce(
    (sum, [kind, count]) => sum + (kind === "business" || kind === "training" ? 0 : count),
    0,
  );

export const TOTALS_NOTE = "应出勤、实出勤、公出、请假以半天计；迟到、早退以次计；旷工以天计，含累计折算。";

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? "";
export const SESSION_NAMES = { am: "上", pm: "下", day: "日" } as const;

export const titleOf = ({ hall, period }: SheetDocument): string =>
  `${hall.name.zh}${isWeek(period) ? "周" : "月"}考勤表`;
export const isWeek = (period: string): boolean => period.includes("W");

export function periodWords({ period, from, to }: SheetDocument): string {
  const [year = "", part = ""] = period.split(/-W?/u);
  const span = `${from} 至 ${to}`;
  return isWeek(period) ? `${year}年第${Number(part)}周（${span}）` : `${year}年${Number(part)}月（${span}）`;
}

export const stampWords = ({ position, head, digest, asOf, version }: SheetDocument): readonly string[] => [
  `日志位置 ${position}　截至 ${asOf.replace("T", " ")}　值堂 ${version}`,
  `日志摘要 ${head}`,
  `本表摘要 ${digest}`,
];

/** What the verdicts rest on: each rule in its own words, and which of the doubtful places were read how. */
export function ruleLines({ rules }: SheetDocument): readonly string[] {
  const texts = rules.filter(({ id }) => !id.startsWith("AMB-")).map(({ id, zh }) => `${id}　${zh}`);
  const readings = rules.filter(({ id }) => id.startsWith("AMB-")).map(({ id }) => id);
  return readings.length === 0 ? texts : [...texts, `释义　${readings.join("、")}（见 hallward policy show）`];
}

/** By whom a sheet is signed on paper. */
export const SIGNATURES = ["制表", "单位负责人", "大厅负责人", "日期"] as const;

/** In which every format carries its scope: found again in the bytes of any of them. */
export function markerOf({ hall, unit, period, position, head, digest, format }: SheetDocument): string {
  const scope = { hall: hall.id, unit: unit.id, period, position, head, digest };
  return `${format}.${Buffer.from(JSON.stringify(scope), "utf8").toString("base64url")}.`;
}

import type { SheetDocument } from "./sheet-document.ts";

export { LEAVE_MARKS, LEGEND, type Mark, markOf, PRESENT, type Tone, TOTALS } from "../core/attendance/cell-marks.ts";

export const TOTALS_NOTE = "应出勤、实出勤、公出、请假以半天计；迟到、早退以次计；旷工以天计，含累计折算。";

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? "";
export const SESSION_NAMES = { am: "上", pm: "下", day: "日" } as const;

export const titleOf = ({ hall, period }: SheetDocument): string =>
  `${hall.name.zh}${isWeek(period) ? "周" : "月"}考勤表`;
export const isWeek = (period: string): boolean => period.includes("W");

export function periodName(period: string): string {
  const [year = "", part = ""] = period.split(/-W?/u);
  return isWeek(period) ? `${year}年第${Number(part)}周` : `${year}年${Number(part)}月`;
}

export const periodWords = ({ period, from, to }: SheetDocument): string => `${periodName(period)}（${from} 至 ${to}）`;

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

import { hasNotInUse, LEAVE_MARKS, LEGEND, type Mark, markOf, NOT_IN_USE } from "../core/attendance/cell-marks.ts";
import { periodWords as wordsOf } from "../core/office/period-words.ts";
import type { WindowMark } from "../projections/attendance/window-marks.ts";
import type { SheetDocument } from "./sheet-document.ts";

export { LEAVE_MARKS, type Mark, markOf, PRESENT, type Tone, TOTALS } from "../core/attendance/cell-marks.ts";

/** 拟: in black and white too, what is to come is not what was. */
const PLANNED = "拟";

/** Leave for a session that is not over, with a question mark while it waits for a signature. */
export const plannedMark = ({ leaveKind, approved }: Planned): Mark => ({
  zh: `${PLANNED}${LEAVE_MARKS[leaveKind]?.[0] ?? "假"}${approved ? "" : "?"}`,
  tone: approved ? "leave" : "open",
});

type Planned = Pick<NonNullable<SheetDocument["planned"]>[number], "leaveKind" | "approved">;

/** What is marked on a sheet, by day, session and person. */
export function marksOf({ rows, planned = [] }: SheetDocument): readonly ReadonlyMap<string, Mark | null>[] {
  const plans = Map.groupBy(planned, ({ person }) => person);
  return rows.map(({ person, cells }) => {
    const marks = new Map(cells.map((cell) => [cellKey(cell), markOf(cell)]));
    for (const plan of plans.get(person.person) ?? []) marks.set(cellKey(plan), plannedMark(plan));
    return marks;
  });
}

export const cellKey = ({ date, session }: { readonly date: string; readonly session: string }): string =>
  `${date} ${session}`;

/** What every mark on this sheet means; what is rare only where it stands on it. */
export function legendOf({ rows, planned = [], format }: SheetDocument): readonly (readonly [string, string])[] {
  if (format === "hallward-sheet-1") return LEGEND;
  const rare = [
    ...(hasNotInUse(rows) ? [NOT_IN_USE] : []),
    ...(planned.length > 0 ? [[PLANNED, "已批准、尚未开始的请假（?为待审批）"] as const] : []),
  ];
  return [...LEGEND, ...rare];
}

export const TOTALS_NOTE = "应出勤、实出勤、公出、请假以半天计；迟到、早退以次计；旷工以天计，含累计折算。";

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"] as const;
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? "";
export const SESSION_NAMES = { am: "上", pm: "下", day: "日" } as const;

export const titleOf = ({ hall, period }: SheetDocument): string =>
  `${hall.name.zh}${isWeek(period) ? "周" : "月"}考勤表`;
export const isWeek = (period: string): boolean => period.includes("W");

export const periodName = (period: string): string => wordsOf(period).zh;

export const periodWords = ({ period, from, to }: SheetDocument): string => `${periodName(period)}（${from} 至 ${to}）`;

export const stampWords = ({ position, head, digest, asOf, version }: SheetDocument): readonly string[] => [
  `日志位置 ${position}　截至 ${asOf.replace("T", " ")}　值堂 ${version}`,
  `日志摘要 ${head}`,
  `本表摘要 ${digest}`,
];

/** ATT-32: who missed sign-ins or was absent, and what that costs; 未设定 where the amount is blank. */
function fineLines({ rows }: SheetDocument): readonly string[] {
  return rows.flatMap(({ person, totals: { fines } }) => {
    if (fines === undefined || (fines.missedSignIns === 0 && fines.absenceDays === 0)) return [];
    const { missedSignIns, absenceDays, yuan } = fines;
    return [
      `扣款　${person.name}　缺签${missedSignIns}次、旷工${absenceDays}天：${yuan === null ? "金额未设定" : `${yuan}元`}`,
    ];
  });
}

/** ATT-08: working days on which nobody patrolled. */
function patrolLines({ patrols }: SheetDocument): readonly string[] {
  if (patrols === undefined) return [];
  const { days, missing } = patrols;
  if (missing.length === 0) return [`巡查　${days}个工作日均有巡查记录`];
  return [`巡查　${days}个工作日中${missing.length}日无巡查记录：${missing.map((date) => date.slice(5)).join("、")}`];
}

const FOUND: { readonly [K in WindowMark["finding"]]: string } = {
  proxy: "代打卡",
  "left-post": "擅自离岗",
  error: "推诿、失误",
};

/** ATT-39: against which window it counts; the text gives no number of points. */
function windowLines({ windowMarks = [], rows }: SheetDocument): readonly string[] {
  const names = new Map(rows.map(({ person: { person, name } }): [string, string] => [person, name]));
  return windowMarks.map(
    ({ counter, person, date, finding }) =>
      `窗口考核　${counter}号窗口　代岗人员${names.get(person) ?? person}　${date.slice(5)} ${FOUND[finding]}：扣分，分值未设定`,
  );
}

/** What stands beneath the sheet beside its rules: fines, patrols, windows. */
export const noteLines = (sheet: SheetDocument): readonly string[] => [
  ...fineLines(sheet),
  ...patrolLines(sheet),
  ...windowLines(sheet),
];

/** What the verdicts rest on: each rule in its own words, and which of the doubtful places were read how. */
export function ruleLines(sheet: SheetDocument): readonly string[] {
  const { rules } = sheet;
  const own = rules.filter(({ id }) => !id.startsWith("AMB-")).map(({ id, zh }) => `${id}　${zh}`);
  const texts = [...noteLines(sheet), ...own];
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

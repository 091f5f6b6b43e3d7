import { TicketNumber } from "../../protocol/index.ts";

/** A line of text on the plate, as a person reads it. */
export interface PlateText {
  readonly zh: string;
  readonly en: string;
}

/** What a person makes of a nameplate. */
export type PlateReading =
  | { readonly sign: "dark" }
  | { readonly sign: "closed" | "idle" | "rating" | "paused" }
  | { readonly sign: "called" | "serving"; readonly number: TicketNumber }
  /** Something else: it will pass, or somebody else will see to it. */
  | { readonly sign: "unclear" };

type PlainSign = "closed" | "idle" | "rating" | "paused";

/** How the status line begins, in the hall's own words; what follows are reasons and marks. The first match counts. */
const STATUSES: readonly (readonly [string, PlainSign | "unclear"])[] = [
  ["暂停服务", "closed"],
  ["正在服务 等候下一位", "unclear"],
  ["正在服务", "idle"],
  ["请您对本次服务评价", "rating"],
  ["服务结束", "rating"],
  ["暂停办理 外出", "unclear"],
  ["暂停办理", "paused"],
];
const COME_HERE = "请到窗口办理";

/** By the status line. A weak map over the faces themselves costs more than reading them: thousands come and go. */
const readings = new Map<string, PlateReading>();
const READINGS_MAX = 20_000;
const DARK: PlateReading = { sign: "dark" };

/** As `readPlate`; a status that was read before is not read again. */
export function readKnownPlate(lines: readonly PlateText[]): PlateReading {
  if (lines.length === 0) return DARK;
  const status = statusOf(lines);
  const known = readings.get(status);
  if (known !== undefined) return known;
  if (readings.size >= READINGS_MAX) readings.clear();
  const reading = readStatus(status);
  readings.set(status, reading);
  return reading;
}

export const readPlate = (lines: readonly PlateText[]): PlateReading =>
  lines.length === 0 ? DARK : readStatus(statusOf(lines));

/** The top line is the window's, the person's names a staff number, the status comes next. */
function statusOf(lines: readonly PlateText[]): string {
  for (let at = 1; at < lines.length; at += 1) {
    const zh = lines[at]?.zh ?? "";
    if (!zh.includes("工号")) return zh;
  }
  return "";
}

function readStatus(status: string): PlateReading {
  const [first, ...rest] = status.split(" ");
  const number = TicketNumber.safeParse(first);
  if (number.success) return { sign: rest[0] === COME_HERE ? "called" : "serving", number: number.data };
  return { sign: STATUSES.find(([words]) => status === words || status.startsWith(`${words} `))?.[1] ?? "unclear" };
}

import { type PlateReading, type PlateText, readKnownPlate } from "../plate-reading.ts";

/** What somebody who works here makes of a window's sign: more than a citizen does. */
export type WindowSign = PlateReading["sign"] | "armed" | "out" | "maintenance";

export interface WindowReading {
  readonly sign: WindowSign;
  readonly number: string | null;
  /** The question on the last line, to which the badge is the answer. */
  readonly asks: "going-out" | "take-over" | null;
}

const MORE_SIGNS: readonly (readonly [string, WindowSign])[] = [
  ["正在服务 等候下一位", "armed"],
  ["暂停办理 外出", "out"],
  ["设备维护", "maintenance"],
];

/** Sign, number and question of a plate. */
export function readSign(lines: readonly PlateText[]): WindowReading {
  const plate = readKnownPlate(lines);
  const number = "number" in plate ? plate.number : null;
  return { sign: plate.sign === "unclear" ? signOf(lines) : plate.sign, number, asks: questionOf(lines) };
}

const signOf = (lines: readonly PlateText[]): WindowSign =>
  MORE_SIGNS.find(([words]) => lines.some(({ zh }) => zh.startsWith(words)))?.[1] ?? "unclear";

function questionOf(lines: readonly PlateText[]): WindowReading["asks"] {
  const last = lines.at(-1)?.zh ?? "";
  if (last.startsWith("外出？")) return "going-out";
  return last.startsWith("代岗？") ? "take-over" : null;
}

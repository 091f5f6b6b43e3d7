import type { PlateLine } from "./led-layout.ts";

const DARK: PlateLine = { zh: "未启动", en: "Not running", emphasis: "normal" };

/** The line of a sign that says what the window is doing: after the window's own line and the person's. */
export function statusLine(plate: readonly PlateLine[]): PlateLine {
  return plate.slice(1).find((line) => !line.zh.includes("工号")) ?? plate[0] ?? DARK;
}

import { expect, test } from "vitest";
import { readPlate } from "../../../simulator/people/plate-reading.ts";

const WINDOW = { zh: "1号窗口 综合窗口", en: "Counter 1 All services" };
const CLERK = { zh: "王敏 综合岗 工号101", en: "General desk No. 101" };
const NOTICE = { zh: "咨询电话 12345", en: "Hotline 12345" };
const line = (zh: string): { zh: string; en: string } => ({ zh, en: "" });

// People have nothing but the plate: what each of its faces tells them.
test.each([
  { what: "no plate", lines: [], reading: { sign: "dark" } },
  { what: "no face yet", lines: [line("终端 t01")], reading: { sign: "unclear" } },
  { what: "nobody there", lines: [WINDOW, line("暂停服务"), NOTICE], reading: { sign: "closed" } },
  { what: "idle", lines: [WINDOW, CLERK, line("正在服务"), NOTICE], reading: { sign: "idle" } },
  { what: "called", lines: [WINDOW, CLERK, line("A001 请到窗口办理")], reading: { sign: "called", number: "A001" } },
  { what: "serving", lines: [WINDOW, CLERK, line("B012 正在办理")], reading: { sign: "serving", number: "B012" } },
  { what: "rating", lines: [WINDOW, CLERK, line("请您对本次服务评价")], reading: { sign: "rating" } },
  { what: "ended without the controller", lines: [WINDOW, CLERK, line("服务结束")], reading: { sign: "rating" } },
  { what: "paused", lines: [WINDOW, CLERK, line("暂停办理")], reading: { sign: "paused" } },
  {
    what: "paused with a reason",
    lines: [WINDOW, CLERK, line("暂停办理 取资料 预计10:15恢复")],
    reading: { sign: "paused" },
  },
  { what: "armed", lines: [WINDOW, CLERK, line("正在服务 等候下一位")], reading: { sign: "unclear" } },
  { what: "on lunch duty", lines: [WINDOW, CLERK, line("正在服务 午间值班")], reading: { sign: "idle" } },
  { what: "gone out", lines: [WINDOW, CLERK, line("暂停办理 外出")], reading: { sign: "unclear" } },
])("$what", ({ lines, reading }) => {
  expect(readPlate(lines)).toEqual(reading);
});

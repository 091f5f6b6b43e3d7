import { expect, test } from "vitest";
import { readSign } from "../../../../simulator/people/crowd/window-sign.ts";

const TOP = { zh: "1号窗口 综合", en: "Counter 1 General" };
const PERSON = { zh: "职员1 窗口岗 工号01", en: "Clerk No. 01" };
const line = (zh: string) => ({ zh, en: "" });

// Whoever works here reads more on a plate than a citizen does.
test.each([
  ["正在服务", "idle", null],
  ["正在服务 等候下一位", "armed", null],
  ["暂停办理 外出", "out", null],
  ["暂停办理 取资料", "paused", null],
  ["设备维护，暂停服务", "maintenance", null],
  ["A001 请到窗口办理", "called", "A001"],
  ["A001 正在办理 延时服务", "serving", "A001"],
])("%s", (status, sign, number) => {
  expect(readSign([TOP, PERSON, line(status)])).toEqual({ sign, number, asks: null });
});

test("the last line may ask for the badge", () => {
  expect(readSign([TOP, PERSON, line("正在服务"), line("外出？8秒内再刷确认")]).asks).toBe("going-out");
  expect(readSign([TOP, PERSON, line("正在服务"), line("代岗？8秒内再刷确认")]).asks).toBe("take-over");
});

test("a dark plate says nothing", () => {
  expect(readSign([])).toEqual({ sign: "dark", number: null, asks: null });
});

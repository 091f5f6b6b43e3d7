import { expect, test } from "vitest";
import { bilingual } from "../../../protocol/index.ts";
import { layoutPlate, type PlateView } from "../../../terminal/core/plate.ts";
import { desired, TERMINAL } from "../../support/counter-messages.ts";

const NOTICES = [bilingual("9:00-17:00", "9:00-17:00"), bilingual("热线 12345", "Hotline 12345")];
const idle = desired(1, "idle");
const noticed = desired(1, "idle", { nameplate: { ...idle.nameplate, notices: NOTICES } });
const QUESTION = bilingual("要外出吗？", "Going out?");
const REFUSED = bilingual("没有挂起的号", "No ticket is held here");

const view = (more: Partial<PlateView>): PlateView => ({
  terminal: TERMINAL,
  face: idle,
  connected: true,
  clockTrusted: true,
  unconfirmed: false,
  flash: null,
  noticeTurn: 0,
  ...more,
});
const linesOf = (more: Partial<PlateView>) => layoutPlate(view(more)).lines;

test("window and service, person, ticket and status, Chinese first", () => {
  expect(linesOf({ face: desired(1, "called") })).toEqual([
    { zh: "3号窗口 综合服务", en: "Counter 3 General service", emphasis: "normal" },
    { zh: "李明 审批岗 工号012", en: "Approvals No. 012", emphasis: "normal" },
    { zh: "A001 called", en: "A001 called", emphasis: "strong" },
  ]);
});

test("IDN-20: who covers is shown by their own name and post, with 代岗; a colleague gets a line of their own", () => {
  const { nameplate } = desired(1, "idle");
  const person = nameplate.person === null ? null : { ...nameplate.person, cover: true };
  const face = desired(1, "idle", { nameplate: { ...nameplate, person, colleague: nameplate.person } });
  expect(linesOf({ face }).slice(1, 3)).toEqual([
    { zh: "李明 审批岗 工号012 代岗", en: "Approvals No. 012, covering", emphasis: "normal" },
    { zh: "李明 审批岗 工号012", en: "Approvals No. 012", emphasis: "normal" },
  ]);
});

test("IDN-19: lunch duty and extended service stand beside the status", () => {
  const { nameplate } = desired(1, "idle");
  const marks = [bilingual("午间值班", "Lunch duty")];
  const face = desired(1, "called", { nameplate: { ...desired(1, "called").nameplate, marks } });
  expect(linesOf({ face })[2]).toEqual({
    zh: "A001 called 午间值班",
    en: "A001 called, Lunch duty",
    emphasis: "strong",
  });
  expect(linesOf({ face: desired(1, "idle", { nameplate: { ...nameplate, marks } }) })[2]?.zh).toBe("idle 午间值班");
});

test("an empty window names nobody and no ticket", () => {
  const face = desired(1, "closed", { nameplate: { ...idle.nameplate, person: null } });
  expect(linesOf({ face }).map(({ zh }) => zh)).toEqual(["3号窗口 综合服务", "idle"]);
});

test("before the first face it is only a terminal without a controller", () => {
  expect(linesOf({ face: null, connected: false })).toEqual([
    { zh: "终端 t-03", en: "Terminal t-03", emphasis: "normal" },
    { zh: "未连接控制器", en: "No controller", emphasis: "warning" },
  ]);
});

// One line for what is said just now: the answer to the last gesture first, notices last.
test.each<[string, Partial<PlateView>, string | undefined, string | undefined]>([
  [
    "a refusal comes before everything",
    { connected: false, unconfirmed: true, flash: { text: REFUSED, emphasis: "warning" } },
    "没有挂起的号",
    "warning",
  ],
  ["an unanswered press", { connected: false, unconfirmed: true }, "未确认", "warning"],
  ["no controller", { connected: false, face: { ...idle, prompt: QUESTION } }, "未连接控制器", "warning"],
  ["the controller's question", { face: { ...noticed, prompt: QUESTION } }, "要外出吗？", "strong"],
  ["the question before a clock", { clockTrusted: false, face: { ...idle, prompt: QUESTION } }, "要外出吗？", "strong"],
  ["a controller whose clock is not set", { clockTrusted: false, face: noticed }, "时钟未校准", "warning"],
  ["notices while idle", { face: noticed }, "9:00-17:00", "normal"],
  ["the next notice in its turn", { face: noticed, noticeTurn: 3 }, "热线 12345", "normal"],
  ["notices in maintenance", { face: { ...noticed, phase: "maintenance" } }, "9:00-17:00", "normal"],
  ["no notices while serving", { face: { ...noticed, phase: "serving" } }, undefined, undefined],
  ["nothing when there is nothing to say", {}, undefined, undefined],
])("%s", (_, more, zh, emphasis) => {
  const foot = linesOf(more)[3];
  expect(foot?.zh).toBe(zh);
  expect(foot?.emphasis).toBe(emphasis);
});

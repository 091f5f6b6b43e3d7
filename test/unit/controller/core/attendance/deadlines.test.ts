// Proves what the rules decide beyond one file of taps: who approves, until when one may object, how long one may stand
// in, who holds a window (acceptance C.2, by id).
import { describe, expect, test } from "vitest";
import {
  approvalChain,
  certificateVerdict,
  nextApprovalFault,
} from "../../../../../controller/core/attendance/approvals.ts";
import { correctionFault } from "../../../../../controller/core/attendance/corrections.ts";
import { coverVerdicts } from "../../../../../controller/core/attendance/cover-limits.ts";
import { dateOf, momentOf } from "../../../../../controller/core/attendance/hall-time.ts";
import { hoursNotice } from "../../../../../controller/core/attendance/hours-notice.ts";
import { objectionVerdict, weekPublishedAt } from "../../../../../controller/core/attendance/publication.ts";
import { backupsFault, isReportedInTime, turnTasks } from "../../../../../controller/core/attendance/rota-turn.ts";
import { windowPost } from "../../../../../controller/core/attendance/vacancy.ts";
import { addWorkdays, workdayFrom } from "../../../../../controller/core/attendance/work-calendar.ts";
import { present } from "../../../../../protocol/index.ts";
import { at, calendarOf, day, HALF_PAST_EIGHT, policyOf } from "./attendance-rig.ts";

const county = policyOf("county");
const jiayuguan = policyOf("jiayuguan", HALF_PAST_EIGHT);

describe("AC-27: objections within two days of the weekly list (ATT-17, ATT-18, AMB-07, AMB-46)", () => {
  const calendar = calendarOf(county);
  const published = weekPublishedAt(county, day("2025-03-05"));

  test("the list of 3 to 7 March hangs from Monday the 10th, nine o'clock", () => {
    expect(momentOf(published)).toBe("2025-03-10T09:00:00");
    expect(weekPublishedAt(county, day("2025-03-09"))).toBe(published);
  });

  test("until Wednesday's midnight", () => {
    expect(objectionVerdict(county, calendar, published, at("2025-03-12T23:59:59"))).toMatchObject({ accepted: true });
    expect(objectionVerdict(county, calendar, published, at("2025-03-13T00:00:00"))).toMatchObject({
      accepted: false,
      label: "逾期无效异议",
      rules: ["ATT-18", "AMB-07"],
    });
  });

  test("a last day that is no working day moves on", () => {
    const thursday = at("2025-03-06T09:00:00");
    expect(objectionVerdict(county, calendar, thursday, at("2025-03-10T23:59:59"))).toMatchObject({ accepted: true });
    expect(objectionVerdict(county, calendar, thursday, at("2025-03-11T00:00:00"))).toMatchObject({ accepted: false });
  });
});

describe("AC-29: who approves what length of leave (ATT-09..13, AMB-13)", () => {
  const HOUR = 3600;
  const DAY = 7 * HOUR;
  test.each([
    ["1 h", HOUR, 0.125, "oral", ["办公室"], "ATT-09"],
    ["1 h 01", HOUR + 60, 0.13, "slip", ["业务科"], "ATT-10"],
    ["1 day", DAY, 1, "slip", ["业务科"], "ATT-10"],
    ["1.5 days", 1.5 * DAY, 1.5, "slip", ["中心副主任"], "ATT-11"],
    ["3 days", 3 * DAY, 3, "slip", ["中心副主任"], "ATT-11"],
    ["3.5 days", 3.5 * DAY, 3.5, "slip", ["中心主任"], "ATT-12"],
  ])("county, %s", (_, workS, days, form, approvers, rule) => {
    const chain = present(approvalChain(county, "personal", { workS, days }), "chain");
    expect([chain.form, chain.approvers.map(({ zh }) => zh)]).toEqual([form, approvers]);
    expect(chain.rules).toContain(rule);
    expect(chain.filedWith).toMatchObject([{ zh: "中心办公室" }]);
    expect(chain.unit?.seal ?? null).toBe(rule === "ATT-11" ? true : rule === "ATT-12" ? false : null);
  });

  test.each([
    [1, ["首席代表", "协调管理科长"]],
    [1.5, ["首席代表", "监察室主任"]],
    [3.5, ["首席代表", "监察室主任"]],
    [4, ["单位领导", "监察室主任"]],
  ])("宝坻, %d days", (days, approvers) => {
    const chain = approvalChain(policyOf("baodi", HALF_PAST_EIGHT), "personal", { workS: days * DAY, days });
    expect(chain?.approvers.map(({ zh }) => zh)).toEqual(approvers);
  });

  const approversOf = (id: string, kind: "personal" | "business", days: number) =>
    approvalChain(policyOf(id, HALF_PAST_EIGHT), kind, { workS: days * DAY, days })?.approvers.map(({ zh }) => zh);

  test("ATT-22: in 宝坻 going out on business is reported to one section", () => {
    expect(approversOf("baodi", "business", 2)).toEqual(["综合科"]);
  });

  test("ATT-28: in 宝坻 every paper is filed with the supervision office", () => {
    const policy = policyOf("baodi", HALF_PAST_EIGHT);
    expect(approvalChain(policy, "personal", { workS: DAY, days: 1 })?.filedWith).toMatchObject([{ zh: "监察室" }]);
  });

  test("ATT-33: the town's one day, and what is longer", () => {
    expect([1, 1.5].map((days) => approversOf("town-money", "personal", days))).toEqual([
      ["分管领导"],
      ["党政主要领导"],
    ]);
  });

  test("ATT-35: the accounting centre's half day, day, and what is longer", () => {
    const approvers = [0.5, 1, 1.5].map((days) => approversOf("hesuan", "personal", days));
    expect(approvers).toEqual([["大厅负责人"], ["分管领导"], ["核算中心主任"]]);
  });

  test("ATT-40: B first, then the division leader, then the hall head", () => {
    expect(approversOf("zhen-b", "personal", 1)).toEqual(["B岗工作人员", "分管领导", "大厅负责人"]);
    expect(approversOf("linze", "personal", 1)).toBeUndefined();
  });

  test("ATT-42, ATT-43: in S3.5c one day exactly is the longer leave (含1天)", () => {
    const policy = policyOf("xiangzhen-c", HALF_PAST_EIGHT);
    const ruleFor = (days: number) => approvalChain(policy, "personal", { workS: days * DAY, days })?.rules[0];
    expect([ruleFor(0.5), ruleFor(1)]).toEqual(["ATT-42", "ATT-43"]);
  });

  test("nobody approves out of turn, twice, for themselves or what they asked for", () => {
    const chain = present(
      approvalChain(policyOf("baodi", HALF_PAST_EIGHT), "personal", { workS: DAY, days: 1 }),
      "chain",
    );
    const who = { requester: "li", beneficiary: "wang" };
    const first = { by: "zhao", role: "chief-representative" };
    const second = { by: "sun", role: "coordination-section" };
    expect(nextApprovalFault(chain, [], first, who)).toBeNull();
    expect(nextApprovalFault(chain, [], second, who)).toBe("not-in-turn");
    expect(nextApprovalFault(chain, [first], second, who)).toBeNull();
    expect(nextApprovalFault(chain, [first], first, who)).toBe("twice");
    expect(nextApprovalFault(chain, [], { ...first, by: "li" }, who)).toBe("own-request");
    expect(nextApprovalFault(chain, [], { ...first, by: "wang" }, who)).toBe("own-benefit");
    expect(nextApprovalFault(chain, [], { by: "zhao", role: "director" }, who)).toBe("not-an-approver");
  });

  test("ATT-52: in 嘉峪关 the two approve side by side", () => {
    const chain = present(approvalChain(jiayuguan, "personal", { workS: DAY, days: 1 }), "chain");
    expect(
      nextApprovalFault(chain, [], { by: "zhao", role: "centre" }, { requester: "li", beneficiary: "li" }),
    ).toBeNull();
  });
});

test.each([
  [null, "held"],
  ["township-clinic", "held"],
  ["county-hospital", "approvable"],
  ["provincial-hospital", "approvable"],
  ["something else", "held"],
])("AC-32: a sick leave with the paper %s is %s (ATT-14)", (certificate, verdict) => {
  expect(certificateVerdict(county, { kind: "sick", certificate })).toBe(verdict);
});

test.each(["baodi", "xiangzhen-c"])("ATT-26, ATT-44: any hospital's diagnosis will do under %s", (id) => {
  const policy = policyOf(id, HALF_PAST_EIGHT);
  const verdicts = [null, "clinic", "hospital"].map((certificate) =>
    certificateVerdict(policy, { kind: "sick", certificate }),
  );
  expect(verdicts).toEqual(["held", "held", "approvable"]);
});

describe("standing in (ATT-56, AMB-33)", () => {
  const calendar = calendarOf(jiayuguan);
  const workdays = (from: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      day: addWorkdays(calendar, day(from) - 1, index + 1),
      halfDays: 2,
    }));

  test("AC-41: the twentieth working day in a row is allowed, the twenty-first blocked", () => {
    const verdicts = coverVerdicts(jiayuguan, calendar, workdays("2025-03-03", 21));
    expect(verdicts.slice(-2)).toMatchObject([
      { day: day("2025-03-28"), run: 20, state: "warned" },
      { day: day("2025-03-31"), run: 21, state: "blocked", rules: ["ATT-56", "AMB-33"] },
    ]);
    expect(verdicts.find(({ state }) => state === "warned")?.run).toBe(18);
  });

  test("AC-42: forty days a year, also when the stretch is short", () => {
    const stretches = [...workdays("2025-01-06", 18), ...workdays("2025-03-03", 15), ...workdays("2025-06-02", 8)];
    const verdicts = coverVerdicts(jiayuguan, calendar, stretches.toReversed());
    expect(verdicts.slice(-2)).toMatchObject([
      { run: 7, year: 40, state: "warned" },
      { run: 8, year: 41, state: "blocked" },
    ]);
  });

  test("the year's sum begins anew with the year, the stretch does not", () => {
    const verdicts = coverVerdicts(jiayuguan, calendar, workdays("2025-12-24", 8));
    expect(verdicts.slice(5)).toMatchObject([
      { day: day("2025-12-31"), run: 6, year: 6 },
      { day: day("2026-01-01"), run: 7, year: 1 },
      { day: day("2026-01-02"), run: 8, year: 2 },
    ]);
  });

  test("half a day keeps the stretch and counts half; a day that A worked ends it", () => {
    const days = [
      { day: day("2025-03-07"), halfDays: 1 },
      { day: day("2025-03-10"), halfDays: 2 },
      { day: day("2025-03-12"), halfDays: 1 },
    ];
    const verdicts = coverVerdicts(jiayuguan, calendar, days);
    expect(verdicts).toMatchObject([
      { run: 1, year: 0.5 },
      { run: 2, year: 1.5 },
      { run: 1, year: 2 },
    ]);
  });
});

describe("AC-49: turns at 绍兴's integrated windows (ATT-67, ATT-68)", () => {
  const shaoxing = policyOf("shaoxing", HALF_PAST_EIGHT);
  const monday = day("2025-03-17");
  const tasks = turnTasks(shaoxing, calendarOf(shaoxing), monday, monday);

  test("hand-over a week before, absence by the working day before", () => {
    expect([tasks.handOverOn, tasks.reportBy].map((due) => dateOf(due ?? 0))).toEqual(["2025-03-10", "2025-03-14"]);
    expect(tasks.rules).toEqual(["ATT-67", "ATT-68"]);
    expect(isReportedInTime(tasks, at("2025-03-14T23:59:59"))).toBe(true);
    expect(isReportedInTime(tasks, at("2025-03-17T07:00:00"))).toBe(false);
  });

  test("one or two backups", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => backupsFault(shaoxing, names))).toEqual([
      "too-few",
      null,
      null,
      "too-many",
    ]);
  });
});

describe("AC-51: a window may never be empty (ATT-57, ATT-59)", () => {
  const policy = policyOf("xiangzhen-c", HALF_PAST_EIGHT);
  const post = (...present_: readonly string[]) =>
    windowPost(policy, { a: "a", b: "b", present: new Set(present_), qualified: new Set(["c"]) });

  test("A, else B, else a third who is qualified, else the window head is alarmed", () => {
    expect(post("a", "b")).toMatchObject({ state: "held", by: "a", acting: false });
    expect(post("b", "c")).toMatchObject({ state: "held", by: "b", acting: true, rules: ["ATT-57"] });
    expect(post("c", "d")).toMatchObject({ state: "held", by: "c", acting: true, rules: ["ATT-59"] });
    expect(post("d")).toEqual({ state: "empty", alarm: "window-head", rules: ["ATT-59"] });
  });
});

test("ATT-60: in 成都 an empty post is the managing department's to fill", () => {
  const post = windowPost(policyOf("chengdu", {}), { a: "a", b: null, present: new Set(), qualified: new Set() });
  expect(post).toEqual({ state: "empty", alarm: "managing-department", rules: ["ATT-60"] });
});

test("AC-52: other hours are told before they hold, and shown from then (HRS-12)", () => {
  const std = policyOf("std", {});
  const effective = at("2025-03-11T08:00:00");
  expect(hoursNotice(std, at("2025-03-11T08:05:00"), effective)).toMatchObject({ accepted: false, rules: ["HRS-12"] });
  expect(hoursNotice(std, effective, effective)).toMatchObject({ accepted: false });
  const friday = at("2025-03-07T16:00:00");
  expect(hoursNotice(std, friday, effective)).toMatchObject({ accepted: true, shownFrom: friday });
});

test("a correction is approved by somebody else", () => {
  const request = { person: "li", requester: "wang", reason: "读卡器故障" };
  expect(["zhao", "wang", "li"].map((id) => correctionFault(request, id))).toEqual([
    null,
    "own-request",
    "own-benefit",
  ]);
  expect(correctionFault({ ...request, reason: " " }, "zhao")).toBe("no-reason");
});

test("working days skip holidays and take in the weekends worked for them (HRS-10, HRS-11)", () => {
  const calendar = calendarOf(county);
  expect(dateOf(addWorkdays(calendar, day("2025-09-30"), 1))).toBe("2025-10-09");
  expect(dateOf(addWorkdays(calendar, day("2025-10-09"), 2))).toBe("2025-10-11");
  expect(dateOf(workdayFrom(calendar, day("2025-04-06"), -1))).toBe("2025-04-03");
});

// Proves what a window tells about who is there and how it serves (IDN-01 to IDN-05, 19, 20, 21): the person by name,
// post and staff number, cover, the second person, lunch duty, extended service, maintenance; and its notices.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readProfile } from "../../../../controller/adapters/policies/policy-files.ts";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { faceOf } from "../../../../controller/projections/face.ts";
import { Desired } from "../../../../protocol/index.ts";
import { badge, TestHall, testConfiguration } from "../../../support/test-hall.ts";

/** Hall time on Monday 2 March 2026 in the hall's zone. Sessions 08:00 to 12:00 and 14:30 to 17:30. */
const at = (time: string, date = "2026-03-02"): number => Date.parse(`${date}T${time}+08:00`);

const hallAt = (time: string, change: object = {}): TestHall =>
  new TestHall(HallConfiguration.parse({ ...testConfiguration(2), ...change }), at(time));

const plateOf = (hall: TestHall, n = 1): Desired["nameplate"] =>
  Desired.parse({ ...faceOf(hall.hall, hall.counter(n), hall.now), epoch: 1, rev: 1 }).nameplate;

function clockTo(hall: TestHall, time: string): void {
  hall.now = at(time) as typeof hall.now;
}

function tap(hall: TestHall, person: number, times = 1): void {
  for (let tapped = 0; tapped < times; tapped += 1) {
    if (tapped > 0) hall.wait(4_000, 1_000);
    hall.input(1, "badge-presented", { badge: badge(person) });
  }
}

const HOURS = { hours: { am: ["08:00", "12:00"], pm: ["14:30", "17:30"] } };
const underRegulation = (policy: string) => ({
  attendance: { policy, settings: HOURS, profiles: { [policy]: readProfile(policy) } },
});

/** A and B post of window 1, an inspector and a technician. */
const POSTS = {
  staff: testConfiguration(2).staff.map((person, index) => ({
    ...person,
    counters: index === 0 ? ["1"] : [],
    backup: index === 1 ? ["1"] : [],
    roles: index === 2 ? ["technician"] : ["clerk"],
  })),
};

test("IDN-01 to IDN-05: name, post and staff number of who is really there", () => {
  const hall = hallAt("09:00:00");
  expect(plateOf(hall)).toMatchObject({ person: null, status: { zh: "暂停服务" } });
  tap(hall, 1);
  expect(plateOf(hall).person).toEqual({
    staffId: "s01",
    name: "职员1",
    post: { zh: "窗口岗", en: "Clerk" },
    number: "01",
    cover: false,
  });
});

test("AC-104, IDN-20: A out: paused, calls refused; then B's own name and post, as covering", () => {
  const hall = hallAt("09:00:00", POSTS);
  tap(hall, 1);
  clockTo(hall, "10:00:00");
  tap(hall, 1, 2);
  expect(plateOf(hall)).toMatchObject({ person: { staffId: "s01" }, status: { zh: "暂停办理 外出" } });
  clockTo(hall, "10:02:00");
  tap(hall, 2);
  expect(plateOf(hall).status.zh).toBe("暂停办理 外出");
  hall.wait(4_000, 1_000);
  tap(hall, 2);
  expect(plateOf(hall)).toMatchObject({ person: { staffId: "s02", cover: true }, status: { zh: "正在服务" } });
});

test("a B post that opens the window of an absent A is shown as covering", () => {
  const hall = hallAt("09:00:00", POSTS);
  tap(hall, 2);
  expect(plateOf(hall).person).toMatchObject({ staffId: "s02", cover: true });
});

test("a shared window names both, and not the one who is out", () => {
  const counters = testConfiguration(2).counters.map((counter) => ({ ...counter, shared: true }));
  const hall = hallAt("09:00:00", { counters });
  tap(hall, 1);
  tap(hall, 2);
  expect(plateOf(hall)).toMatchObject({ person: { staffId: "s02" }, colleague: { staffId: "s01" } });
  hall.wait(5_000, 1_000);
  tap(hall, 2, 2);
  expect(plateOf(hall)).toMatchObject({ person: { staffId: "s01" }, colleague: null });
});

test("IDN-19: lunch duty is marked at noon and at no other time", () => {
  const hall = hallAt("09:00:00", { lunchDuty: [{ staff: ["s01"] }] });
  tap(hall, 1);
  expect(plateOf(hall).marks).toEqual([]);
  clockTo(hall, "12:00:00");
  expect(plateOf(hall).marks).toEqual([{ zh: "午间值班", en: "Lunch duty" }]);
  clockTo(hall, "14:30:00");
  expect(plateOf(hall).marks).toEqual([]);
});

test("IDN-19: extended service is marked", () => {
  const hall = hallAt("11:50:00");
  tap(hall, 1);
  hall.serve(1);
  clockTo(hall, "12:00:00");
  hall.wait(250);
  expect(plateOf(hall)).toMatchObject({ status: { zh: "正在办理" }, marks: [{ zh: "延时服务" }] });
});

test("HRS-18: a regulation under which extended service is free has citizens told so; no other says it", () => {
  const marksUnder = (policy: string) => {
    const hall = hallAt("11:50:00", underRegulation(policy));
    tap(hall, 1);
    hall.serve(1);
    clockTo(hall, "12:00:00");
    hall.wait(250);
    return plateOf(hall).marks.map(({ zh }) => zh);
  };
  expect(marksUnder("province-zhck")).toEqual(["延时服务 不收费用"]);
  expect(marksUnder("hall-0830")).toEqual(["延时服务"]);
});

test("HRS-18: nothing that the hall sends, takes or keeps has a place for money", () => {
  const files = ["docs/asyncapi.json", "controller/core/events.ts", "controller/core/commands.ts"];
  const texts = files.map((file) => readFileSync(new URL(`../../../../${file}`, import.meta.url), "utf8"));
  for (const text of texts) expect(text).not.toMatch(/\b\w*(?:fee|charge|price|payment|tariff)s?\b/iu);
});

test("out of service: a window in maintenance says so", () => {
  const hall = hallAt("09:00:00", POSTS);
  tap(hall, 3);
  expect(plateOf(hall)).toMatchObject({ person: null, status: { zh: "设备维护，暂停服务" } });
});

test("a question about a paused window leaves it paused for the citizens", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.wait(5_000, 1_000);
  hall.input(1, "pause");
  const paused = plateOf(hall).status;
  tap(hall, 1);
  expect(hall.phase(1)).toBe("question");
  expect(plateOf(hall).status).toEqual(paused);
});

test("idle plates tell hours, hotline, A and B post, and the notices of the day; serving ones tell nothing", () => {
  const notices = [
    { zh: "请勿吸烟", en: "No smoking" },
    { text: { zh: "周三停电", en: "Power cut on Wednesday" }, from: "2026-03-01", until: "2026-03-02" },
    { text: { zh: "已过", en: "Over" }, until: "2026-03-01" },
    { text: { zh: "未到", en: "Not yet" }, from: "2026-03-03" },
  ];
  const hall = hallAt("09:00:00", { ...POSTS, notices, hotline: "82651100" });
  expect(plateOf(hall).notices.map(({ zh }) => zh)).toEqual([
    "工作时间 上午 08:00-12:00 下午 14:30-17:30",
    "监督热线 82651100",
    "A岗 职员1 B岗 职员2",
    "请勿吸烟",
    "周三停电",
  ]);
  tap(hall, 1);
  hall.serve(1);
  expect(plateOf(hall).notices).toEqual([]);
});

const CHANGE = { from: "2025-03-11", sessions: [{ from: "08:00", to: "16:00" }] };

test.each([
  ["2025-03-11T08:05", false],
  ["2025-03-11T08:00", false],
  ["2025-03-11T07:59", true],
  ["2025-03-07T16:00", true],
])("AC-52, HRS-12: other hours from 11 March, 08:00, published %s: accepted %s", (publishedAt, accepted) => {
  const parsed = HallConfiguration.safeParse({ ...testConfiguration(1), hoursChanges: [{ ...CHANGE, publishedAt }] });
  expect(parsed.success).toBe(accepted);
  if (!accepted) expect(parsed.error?.issues[0]?.path).toEqual(["hoursChanges", 0, "publishedAt"]);
});

test.each([
  ["15:59:00", "2025-03-07", false],
  ["16:00:00", "2025-03-07", true],
  ["17:00:00", "2025-03-10", true],
  ["09:00:00", "2025-03-11", false],
])("AC-52: at %s on %s the nameplate tells of the change: %s", (time, date, told) => {
  const hoursChanges = [{ ...CHANGE, publishedAt: "2025-03-07T16:00" }];
  const configuration = HallConfiguration.parse({ ...testConfiguration(1), hoursChanges });
  const texts = plateOf(new TestHall(configuration, at(time, date))).notices.map(({ zh }) => zh);
  expect(texts.some((text) => text.includes("3月11日起"))).toBe(told);
});

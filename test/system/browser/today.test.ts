// Who is where, in a real browser, from the demonstration's own hall, in which nobody has badged in yet: everybody of
// the roster is named with place and rules. Then from an answer made here: who is late, whom somebody stands in for,
// which window stands empty and since when. Whole and accessible at a desk and on a phone; a rule leads to its text.
import { expect, test } from "vitest";
import { AttendanceToday } from "../../../controller/projections/attendance/attendance-pictures.ts";
import { demoInBrowser } from "./demo-in-browser.ts";
import { accessibilityFaults, faultsOf, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const house = demoInBrowser(2);

test.each([
  ["desk", 1920, 1080],
  ["phone", 390, 844],
] as const)(
  "today at a %s: everybody is named with place and rules, and nothing hangs over",
  { timeout: 120_000 },
  async (name, width, height) => {
    const viewport = { width, height };
    const context = await signedIn(house.browser, house.hallUrl, "manager", house.demo.passwordOf("manager"), {
      viewport,
    });
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(`${house.hallUrl}/today`);
    await page.getByRole("link", { name: "王敏" }).waitFor();
    expect(await page.locator(".today-person").count()).toBe(3);
    expect(await page.locator(".today-person").getByText("未到岗").count()).toBe(3);
    await page.getByRole("link", { name: "HRS-04" }).first().waitFor();
    const directory = process.env["SHOTS"];
    if (directory !== undefined) await page.screenshot({ path: `${directory}/today-${name}.png` });
    expect(await overhang(page)).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  },
);

const WORDS = { zh: "税务局窗口", en: "Tax office" };
const SINCE_MS = Date.UTC(2026, 2, 2, 0, 30);
const session = (late: number) => ({
  date: "2026-03-02",
  session: "am",
  from: "08:00:00",
  to: "12:00:00",
  state: "attended",
  in: late > 0 ? "08:21:00" : "07:55:00",
  out: null,
  inferred: [],
  lateS: late * 1_260,
  earlyS: 0,
  late,
  early: 0,
  absence: 0,
  points: 0,
  leaveKind: null,
  flags: [],
  rules: late > 0 ? ["ATT-03", "AMB-01", "default:grace"] : ["HRS-04"],
  taps: [],
  settled: false,
});
const person = (n: number, place: string, more: object = {}) => ({
  person: { person: `s${n}`, name: `职员${n}`, number: `${n}`, post: WORDS, unit: "tax", unitName: WORDS },
  place,
  counter: null,
  sinceMs: null,
  covers: null,
  sessions: [session(n === 1 ? 1 : 0)],
  ...more,
});
const post = (counter: string, state: string, more: object = {}) => ({
  counter,
  state,
  by: null,
  covers: null,
  sinceMs: SINCE_MS,
  alarm: false,
  a: ["s1"],
  b: ["s2"],
  ...more,
});
const TODAY = AttendanceToday.parse({
  date: "2026-03-02",
  now: "2026-03-02T09:00:00",
  workday: true,
  position: 90,
  people: [
    person(1, "on-duty", { counter: "1", sinceMs: SINCE_MS }),
    person(2, "on-duty", { counter: "2", sinceMs: SINCE_MS, covers: "s3" }),
    person(3, "leave"),
  ],
  posts: [
    post("1", "held", { by: "s1" }),
    post("2", "covered", { by: "s2", covers: "s3", a: ["s3"] }),
    post("3", "vacant"),
    post("4", "empty", { alarm: true, a: ["s3"], b: [] }),
  ],
  waitingFor: [{ terminal: "t-08", why: "lost" }],
});

test("today names the late, the covered and the empty window, and a rule leads to its words", {
  timeout: 120_000,
}, async () => {
  const viewport = { width: 390, height: 844 };
  const password = house.demo.passwordOf("manager");
  const context = await signedIn(house.browser, house.hallUrl, "manager", password, { viewport });
  const page = await context.newPage();
  await page.route("**/api/attendance/today", (asked) => asked.fulfill({ json: TODAY }));
  await page.goto(`${house.hallUrl}/today`);
  const row = (name: string) => page.locator(".today-person", { hasText: name });
  await row("职员1").getByText("迟到 21 分钟").waitFor();
  await row("职员2").getByText("顶 职员3").waitFor();
  const posts = page.locator(".today-posts li");
  expect(await posts.allInnerTexts()).toEqual([
    expect.stringMatching(/4号窗口.*空岗.*自 08:30.*A 职员3/su), // The alarm comes first; held and covered posts are in order.
    expect.stringMatching(/3号窗口.*缺岗/su),
  ]);
  expect(await posts.first().getAttribute("class")).toContain("alarm");
  await page.getByText("t-08").waitFor();
  expect(await row("职员1").getByRole("link", { name: "default:grace" }).count()).toBe(0);
  const directory = process.env["SHOTS"];
  if (directory !== undefined) await page.screenshot({ path: `${directory}/today-made-up-390.png`, fullPage: true });
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await row("职员1").getByRole("link", { name: "AMB-01" }).click();
  await page.locator("#AMB-01", { hasText: "08:20:00 counts" }).waitFor(); // A reading, of the hall's own regulation.
  expect(await overhang(page)).toBe(0);
  await context.close();
});

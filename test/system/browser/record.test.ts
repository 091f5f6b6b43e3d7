// One person's month in a browser, from an answer made here: the calendar says every half day, a day opens with its
// taps, verdicts and rules, and an objection is sent once with what it is about. Whole and accessible on a phone.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { AttendanceRecord } from "../../../controller/projections/attendance/attendance-pictures.ts";
import { DocumentRequest } from "../../../controller/core/office/document-request.ts";
import { demoInBrowser } from "./demo-in-browser.ts";
import { accessibilityFaults, faultsOf, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const house = demoInBrowser(1);

const WORDS = { zh: "税务局窗口", en: "Tax office" };
const tap = (at: string, doubtS = 0) => ({
  at,
  earliest: at,
  latest: `${at.slice(0, -2)}${String(doubtS).padStart(2, "0")}`,
  direction: null,
  terminal: "t01",
  role: "counter",
  badge: "valid",
  source: "badge",
});

/** Late on every fifth morning, ill on the 12th, the last week not settled. */
function dayOf(number: number): unknown {
  const date = `2026-03-${String(number).padStart(2, "0")}`;
  const workday = ![0, 6].includes(new Date(date).getUTCDay());
  const isLate = number % 5 === 2;
  const session = (name: "am" | "pm", from: string, to: string, arrival: string) => ({
    date,
    session: name,
    from,
    to,
    state: number === 12 ? "leave" : number > 24 ? "pending" : "attended",
    in: arrival,
    out: to,
    inferred: name === "pm" ? ["out"] : [],
    lateS: isLate && name === "am" ? 1_260 : 0,
    earlyS: 0,
    late: isLate && name === "am" ? 1 : 0,
    early: 0,
    absence: 0,
    points: 0,
    leaveKind: number === 12 ? "sick" : null,
    flags: number === 10 && name === "pm" ? ["needs-review"] : [],
    rules: ["ATT-03", "AMB-01"],
    taps: [tap(`${date}T${arrival}`)],
    settled: number <= 24,
  });
  const morning = session("am", "08:00:00", "12:00:00", isLate ? "08:21:00" : "07:55:00");
  const afternoon = session("pm", "14:30:00", "17:30:00", "14:20:00");
  const taps = [tap(`${date}T${morning.in}`), tap(`${date}T12:03:00`), tap(`${date}T14:20:00`, 40)];
  return { date, workday, sessions: workday ? [morning, afternoon] : [], taps: workday ? taps : [] };
}

const PUBLICATION = {
  id: "0198c0de-0000-4000-8000-000000000001",
  what: "week",
  period: "2026-W10",
  from: "2026-03-02",
  to: "2026-03-08",
  version: 1,
  publishedAtMs: 1_772_900_000_000,
  by: "office",
  objectionsCloseAt: "2026-03-11T17:30:00",
  locked: false,
  digest: "0".repeat(64),
  position: 9_000,
  rules: ["ATT-17"],
  sentTo: [],
  differences: [],
};
const OBJECTION = {
  id: "0198c0de-0000-4000-8000-000000000002",
  kind: "objection",
  state: "late",
  request: {
    kind: "objection",
    person: "s01",
    publication: PUBLICATION.id,
    date: "2026-03-03",
    session: "am",
    reason: "当日公出",
  },
  filedBy: "s101",
  filedAtMs: 1_773_300_000_000,
  signatures: [],
  due: [],
  filedWith: [],
  rules: ["ATT-18"],
  days: null,
  evidence: [],
  erased: [],
  may: [],
  hindrance: null,
  names: { s01: "职员1" },
};
const RECORD = AttendanceRecord.parse({
  person: { person: "s01", name: "职员1", number: "101", post: WORDS, unit: "tax", unitName: WORDS },
  period: "2026-03",
  policy: { id: "county", name: WORDS },
  asOf: "2026-03-31T20:00:00",
  reportedUntil: null,
  position: 9_000,
  days: Array.from({ length: 31 }, (_, at) => dayOf(at + 1)),
  totals: {
    sessionsDue: 44,
    sessionsAttended: 42,
    late: 5,
    early: 0,
    absence: 0,
    conversions: [{ period: "2026-03", events: 5, days: 1 }],
    absenceDays: 1,
    points: 0,
    leave: { sick: 2 },
  },
  steps: [{ person: "s01", on: "2026-03-17", action: "talk", rule: "ATT-60", taken: null }],
  cases: [],
  documents: [OBJECTION],
  publications: [PUBLICATION],
});

async function open(viewport: { width: number; height: number }): Promise<Page> {
  const context = await signedIn(house.browser, house.hallUrl, "s101", house.demo.passwordOf("s101"), { viewport });
  const page = await context.newPage();
  await page.route("**/api/attendance/records/me/2026-03", (asked) => asked.fulfill({ json: RECORD }));
  await page.goto(`${house.hallUrl}/record?period=2026-03`);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env["SHOTS"];
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

test("a day explains itself, and an objection says what it is about", { timeout: 120_000 }, async () => {
  const page = await open({ width: 1920, height: 1080 });
  const faults = faultsOf(page);
  await expect.poll(() => page.locator(".month-day").count()).toBe(31);
  await page.getByRole("button", { name: /2026-03-02, 上午 .*迟到 21 分钟/u }).click();
  await page.getByRole("heading", { name: "2026-03-02" }).first().waitFor();
  await page.getByRole("link", { name: "ATT-03" }).first().waitFor();
  await page.getByText("14:20:00–14:20:40").waitFor();
  const sent: { body: unknown; key: string | undefined }[] = [];
  await page.route("**/api/attendance/documents", async (asked) => {
    const request = asked.request();
    sent.push({ body: request.postDataJSON(), key: request.headers()["idempotency-key"] });
    await asked.fulfill({ status: 201, json: {} });
  });
  await page.locator("textarea[name=reason]").fill("读卡器故障，同事可证明");
  await page.locator("li.document").getByText("逾期无效异议").waitFor();
  expect(await page.locator("li.document button").count()).toBe(0);
  await shoot(page, "record-1920");
  await page.getByRole("button", { name: /^提出异议/u }).click();
  await expect.poll(() => sent.length).toBe(1);
  expect(sent[0]?.key).toMatch(/./u);
  expect(DocumentRequest.parse(sent[0]?.body)).toMatchObject({
    kind: "objection",
    person: "s01",
    publication: PUBLICATION.id,
    date: "2026-03-02",
    session: "am",
  });
  expect(await overhang(page)).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("on a phone the month is whole and accessible", { timeout: 120_000 }, async () => {
  const page = await open({ width: 390, height: 844 });
  await page.getByRole("button", { name: /2026-03-10/u }).click();
  await page.getByText("待核实").first().waitFor();
  await shoot(page, "record-390");
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
});

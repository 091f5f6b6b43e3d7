// The sheet of 300 people and the page of requests, in a real browser, from answers made here: the sheet shows every
// person and explains a day, a request names who must still sign; both are whole and accessible on a phone.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoInBrowser } from "./demo-in-browser.ts";
import { accessibilityFaults, faultsOf, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1920, height: 1080 };
const PEOPLE = 300;
const house = demoInBrowser(1);

const WORDS = { zh: "税务局窗口", en: "Tax office" };
const CODES = ["a", "a", "a", "aL", "x", "l", "a", "p"];

function sheetAnswer(): unknown {
  const days = Array.from({ length: 31 }, (_, at) => `2026-03-${String(at + 1).padStart(2, "0")}`);
  const totals = { sessionsDue: 44, sessionsAttended: 40, late: 1, early: 0, absence: 0, absenceDays: 0, points: 0 };
  const rows = Array.from({ length: PEOPLE }, (_, n) => ({
    person: { person: `p${n}`, name: `职员${n}`, number: `${n}`, post: WORDS, unit: "tax", unitName: WORDS },
    cells: days.flatMap((date, at) =>
      ["am", "pm"].map((session) => {
        const code = [0, 6].includes(new Date(date).getUTCDay()) ? "-" : CODES[(n + at) % CODES.length];
        const leaveKind = code === "l" ? "sick" : null;
        return { date, session, code, in: "08:20:00", out: "12:00:00", leaveKind, rules: ["ATT-03"] };
      }),
    ),
    totals: { ...totals, conversions: [], leave: { sick: 2 } },
  }));
  const policy = { id: "county", name: WORDS };
  const log = {
    asOf: "2026-03-31T20:00:00",
    reportedUntil: "2026-03-30T17:30:00",
    position: 9000,
    digest: "0".repeat(64),
  };
  const waitingFor = [
    { terminal: "t-08", why: "lost" },
    { terminal: "t-09", why: "silent" },
  ];
  const plan = { person: "p0", date: "2026-03-31", leaveKind: "annual", from: "2026-03-31T08:00:00" };
  const planned = [{ ...plan, session: "pm", to: "2026-03-31T17:30:00", approved: false }];
  const step = { person: "p1", on: "2026-03-06", action: "talk", rule: "ATT-50" };
  const steps = [
    { ...step, taken: null },
    { ...step, action: "interview", taken: LEAVE.id },
  ];
  const rest = { planned, steps, cases: [], publications: [], waitingFor };
  return { unit: "all", period: "2026-03", from: "2026-03-01", to: "2026-03-31", policy, ...log, rows, ...rest };
}

const PUBLICATION = {
  id: "0198c0de-0000-7000-8000-000000000001",
  what: "month",
  period: "2026-03",
  from: "2026-03-01",
  to: "2026-03-31",
  version: 2,
  publishedAtMs: 1_775_000_000_000,
  by: "office",
  objectionsCloseAt: "2026-04-03T17:30:00",
  locked: false,
  digest: "0".repeat(64),
  position: 9000,
  rules: ["ATT-17"],
  sentTo: [],
  differences: [{ person: "p1", name: "职员1", date: "2026-03-03", session: "am", before: "x", after: "a" }],
};
const LEAVE = {
  id: "0198c0de-0000-7000-8000-000000000002",
  kind: "leave",
  state: "waiting",
  request: {
    kind: "leave",
    person: "p1",
    leave: "sick",
    from: "2026-03-04T08:00",
    to: "2026-03-04T12:00",
    reason: "病假",
  },
  filedBy: "p1",
  filedAtMs: 1_775_000_000_000,
  signatures: [],
  due: [{ role: "business-section", zh: "业务科" }],
  filedWith: [],
  rules: ["ATT-10"],
  days: 0.5,
  evidence: [],
  erased: [],
  may: ["approve", "refuse"],
  hindrance: { code: "certificate-missing", text: { zh: "缺少规定的医院证明", en: "Missing" }, rules: ["ATT-14"] },
  names: { p1: "职员1" },
};
const CHOICES = {
  today: "2026-03-04",
  next: { from: "2026-03-05T08:00", to: "2026-03-05T12:00" },
  people: [{ person: "p1", name: "职员1", number: "01", unitName: WORDS, answered: true }],
  hours: [["08:00", "12:00"]],
  counters: [{ counter: "1", title: WORDS }],
  terminals: [{ terminal: "t-08", counter: "1" }],
  kinds: [{ kind: "leave", own: false, others: true }],
};
const OUTLOOK = {
  state: "waiting",
  due: LEAVE.due,
  filedWith: [],
  parallel: false,
  days: 0.5,
  rules: ["ATT-10"],
  hindrance: null,
  windows: [{ counter: "1", by: [], away: ["职员2"] }],
  substituteFirst: ["ATT-15"],
};

/** Notes when the first and when all rows have been painted. */
const WATCH_ROWS = `requestAnimationFrame(function look() {
  const rows = document.querySelectorAll("tbody tr").length;
  if (rows > 0) window.firstRowsMs ??= performance.now();
  if (rows === ${PEOPLE}) window.allRowsMs = performance.now();
  else requestAnimationFrame(look);
})`;

async function open(path: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await signedIn(house.browser, house.hallUrl, "manager", house.demo.passwordOf("manager"), {
    viewport,
  });
  const page = await context.newPage();
  const answers = {
    "sheets/**": sheetAnswer(),
    publications: { publications: [PUBLICATION] },
    "documents/**": { documents: [LEAVE] },
    cover: { documents: [], stretches: [] },
    filing: CHOICES,
    "filing/preview": OUTLOOK,
  };
  for (const [part, json] of Object.entries(answers)) {
    await page.route(`**/api/attendance/${part}`, (asked) => asked.fulfill({ json }));
  }
  await page.addInitScript(WATCH_ROWS);
  await page.goto(`${house.hallUrl}${path}`);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env["SHOTS"];
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png` });
}

test("the month sheet holds 300 people, explains a day, and says what it waits for", { timeout: 120_000 }, async () => {
  const page = await open("/sheet?period=2026-03", DESK);
  const faults = faultsOf(page);
  await expect.poll(() => page.locator("tbody tr").count(), { timeout: 60_000 }).toBe(PEOPLE);
  if (process.env["SHOTS"] !== undefined) {
    await page.reload(); // The hall makes a page's files when they are first asked for.
    await expect.poll(() => page.evaluate("window.allRowsMs ?? 0"), { timeout: 60_000 }).toBeGreaterThan(0);
    const seen = await page.evaluate("JSON.stringify([window.firstRowsMs, window.allRowsMs])");
    process.stdout.write(`ms from navigation: first rows, all rows painted: ${String(seen)}\n`);
  }
  await page.locator("tbody .sheet-day").first().click();
  await page.locator(".sheet-explained").getByText("ATT-03").first().waitFor();
  await page.getByText("t-08").waitFor();
  await page.getByText("系统启动后尚未报齐").waitFor();
  await page.getByText("此前已报齐至 2026-03-30 17:30").waitFor();
  await page.locator(".sheet-day .planned", { hasText: "年?" }).click();
  await page.locator(".sheet-explained").getByText("待审批").waitFor();
  const due = page.getByRole("link", { name: /登记办理/u });
  expect([await due.count(), await due.getAttribute("href")]).toEqual([
    1,
    "/leave?file=step&person=p1&action=talk&on=2026-03-06",
  ]);
  await page.getByText("公示后有 1 处变化").waitFor();
  await shoot(page, "sheet-1920");
  expect(await overhang(page)).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

test("a file is saved under the hall's own name; a refusal stands beside the buttons", {
  timeout: 120_000,
}, async () => {
  const page = await open("/sheet?period=2026-03", PHONE);
  const name = encodeURIComponent("大厅_2026年3月考勤表.pdf");
  const headers = { "content-disposition": `attachment; filename="a.pdf"; filename*=UTF-8''${name}` };
  await page.route("**/sheets/all/2026-03/pdf", (asked) => asked.fulfill({ body: "%PDF-", headers }));
  const reason = { code: "EXPORT_BUSY", text: { zh: "其他导出尚未完成", en: "Others are being drawn" } };
  const problem = { code: "export-unavailable", title: "", type: "", status: 503, detail: "", reason };
  await page.route("**/sheets/all/2026-03/xlsx", (asked) => asked.fulfill({ status: 503, json: problem }));
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /下载 PDF/u }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("大厅_2026年3月考勤表.pdf");
  await page.getByRole("button", { name: /下载 XLSX/u }).click();
  await page.getByRole("alert").getByText("其他导出尚未完成").waitFor();
  await shoot(page, "sheet-downloads-390");
  expect(await overhang(page)).toBe(0);
  await page.context().close();
});

test("requests on a phone: whose turn it is, what is missing, which window is left empty", {
  timeout: 120_000,
}, async () => {
  const page = await open("/leave", PHONE);
  await page.getByText("待您签署（业务科）").waitFor();
  await page.getByText("1号窗口届时无人顶岗（职员2 届时请假）").waitFor();
  await page.getByText("缺少规定的医院证明").waitFor();
  expect(await page.getByRole("button", { name: "同意 Approve" }).isDisabled()).toBe(true);
  await page.getByLabel("已见到的证明").selectOption("county-hospital");
  expect(await page.getByRole("button", { name: "同意 Approve" }).isDisabled()).toBe(false);
  await page.getByRole("button", { name: /提交/u }).waitFor();
  await shoot(page, "leave-390");
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await shoot(page, "leave-1920");
  await page.context().close();
});

test("the sheet on a phone is accessible, and scrolls in its own frame", { timeout: 240_000 }, async () => {
  const page = await open("/sheet?period=2026-03", PHONE);
  await page.locator("tbody tr").first().waitFor();
  await shoot(page, "sheet-390");
  expect(await overhang(page)).toBe(0);
  await page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+4)').forEach((row) => row.remove())");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().close();
});

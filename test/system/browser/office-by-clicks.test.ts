// A leave and an objection go their whole way by clicks, in a real hall with nothing made up: a clerk files, the head
// signs and then the next office, the sheet shows it; the clerk objects to a published day and is answered. Whoever may
// not sign sees no button, and is told in the office's words whose turn it is. A day's own shifts and a step that was
// taken are filed by the keyboard alone.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { type Clock, epochMs } from "../../../protocol/index.ts";
import { type RunningHall, startHall } from "../../integration/controller/running-hall.ts";
import { giveAccount, PASSWORD } from "../../support/signed-in.ts";
import { accessibilityFaults, faultsOf, launch, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

/** The county's regulation with two offices that sign one after the other; every day is worked. */
const ATTENDANCE = {
  attendance: {
    policy: {
      extends: "county",
      id: "two-offices",
      names: { zh: "试行办法", en: "Trial regulation" },
      leave: {
        tiers: [
          {
            approvers: [
              { id: "sending-unit", zh: "派出部门" },
              { id: "business-section", zh: "业务科" },
            ],
          },
        ],
      },
    },
    settings: { summer: { from: "06-01", to: "09-30" }, restWeekdays: [] },
    from: "2020-01-01",
  },
};
const LONG_AGO: Clock = { ...systemClock, now: () => epochMs(systemClock.now() - 70 * 86_400_000) };
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1920, height: 1080 };
/** The least that is an image for the hall: it looks at the bytes. A browser that cannot read it sends it as it is. */
const PHOTO = { name: "note.jpg", mimeType: "image/jpeg", buffer: Buffer.from("ffd8ffe000104a46494600ffd9", "hex") };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A hall with a head and a manager besides its clerk, and how each of them opens a page. */
async function openOffice() {
  const directory = hallDirectory();
  giveAccount(directory, { id: "head", roles: ["head"] });
  const former = await startHall(directory, LONG_AGO, ATTENDANCE); // It was in use the month before.
  await former.controller.close();
  const hall = await startHall(directory, systemClock, ATTENDANCE);
  const faults: string[] = [];
  const open = async (account: string, path: string, viewport = DESK): Promise<Page> => {
    const context = await signedIn(browser, hall.base, account, PASSWORD, { viewport });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const seen = faultsOf(page);
    page.on("close", () => faults.push(...seen.filter((fault) => !fault.includes("status of 4"))));
    await page.goto(`${hall.base}${path}`);
    return page;
  };
  return { hall, faults, open };
}
type Office = Awaited<ReturnType<typeof openOffice>>;

async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env["SHOTS"];
  if (directory !== undefined) await page.screenshot({ path: `${directory}/${name}.png`, fullPage: true });
}

/** Whole and accessible on a phone, and no script has failed. */
async function wellMade(page: Page, name: string): Promise<void> {
  await shoot(page, `${name}-${page.viewportSize()?.width ?? 0}`);
  await page.setViewportSize(PHONE);
  await shoot(page, `${name}-390`);
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize(DESK);
}

const card = (page: Page, words: string) => page.locator("li.document", { hasText: words });

/** The month before, hung up, once its only terminal has been answered for. */
async function published(hall: RunningHall): Promise<string> {
  const today = new Date(systemClock.now());
  const before = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  const body = { what: "month", period: before };
  const headers = await hall.as("manager");
  await hall.terminal(1);
  const silent = { kind: "out-of-service", terminal: "t01", from: `${before}-01T00:00`, reason: "测试" };
  expect((await hall.post("/api/attendance/documents", silent, headers)).status).toBe(201);
  const hung = async () => (await hall.post("/api/attendance/publications", body, headers)).status;
  await expect.poll(hung, { timeout: 60_000 }).toBe(201);
  return before;
}

const submit = (page: Page) => page.getByRole("button", { name: "提交 Submit" }).click();

/** Nothing that was typed is lost to a refusal, and each stands at its field. */
async function fileLeave(page: Page, day: string): Promise<void> {
  const [from, to] = [page.getByLabel("自 From"), page.getByLabel("至 To")];
  await from.waitFor();
  expect([await from.inputValue(), await to.inputValue()]).not.toContain(""); // The next session stands there.
  await page.getByText("由派出部门 → 业务科审批").waitFor();
  await page.getByText("1号窗口可由 职员2 顶岗").waitFor();
  await page.getByText("代岗人员到岗刷卡后方可离岗").waitFor();
  await shoot(page, "leave-outlook");
  await page.getByLabel("假别 Kind").selectOption("business"); // Of all others the regulation wants a substitute's badge.
  await page.getByLabel("代岗人 Who stands in").fill("无名氏");
  await page.getByLabel("事由 Reason").fill("家中有事");
  await page.getByLabel("证明材料 Paper").setInputFiles(PHOTO);
  await submit(page);
  await page.getByText("名单中没有此人").waitFor();
  await page.locator("input[name=substitute]:focus").waitFor();
  await wellMade(page, "leave-fault");
  await page.getByLabel("代岗人 Who stands in").fill("职员2");
  await from.fill(`${day}T12:00`);
  await to.fill(`${day}T08:00`);
  await submit(page);
  await page.locator("input[name=to]:focus").waitFor();
  expect(await page.locator(".field-fault").allInnerTexts()).toEqual([expect.stringContaining("结束时间早于开始时间")]);
  expect(await page.getByLabel("事由 Reason").inputValue()).toBe("家中有事");
  await from.fill(`${day}T08:00`);
  await to.fill(`${day}T12:00`);
  await submit(page);
  await page.locator(".done:focus").waitFor();
}

async function signLeave({ open }: Office, clerk: Page): Promise<Page> {
  const mine = (page: Page) => page.getByRole("button", { name: "同意 Approve" });
  const [manager, head] = [await open("manager", "/leave"), await open("head", "/leave")];
  for (const page of [clerk, manager]) {
    await card(page, "待签：派出部门 → 业务科").waitFor();
    expect(await mine(page).count()).toBe(0);
  }
  await card(head, "待您签署（派出部门 → 业务科）").getByLabel("意见 Note").fill("窗口有人顶岗");
  await shoot(head, "leave-sign");
  await mine(head).click();
  await card(head, "待签：业务科").getByText("窗口有人顶岗").waitFor();
  await manager.reload();
  await card(manager, "待您签署（业务科）").waitFor();
  await mine(manager).click();
  await card(manager, "有效").getByText("（业务科）同意").waitFor();
  await shoot(manager, "leave-settled");
  const [paper] = await Promise.all([manager.waitForEvent("download"), manager.getByText("材料1").click()]);
  expect(await paper.failure()).toBeNull();
  await head.close();
  return manager;
}

async function objectAndAnswer({ hall }: Office, clerk: Page, manager: Page, period: string): Promise<void> {
  await clerk.goto(`${hall.base}/record?period=${period}`);
  await clerk.locator(".month-day").nth(2).click();
  await clerk.getByLabel("理由 Reason").fill("当日在岗，读卡器故障");
  await clerk.getByRole("button", { name: "提出异议" }).click();
  await card(clerk, "待答复").getByText("待签：异议答复").waitFor();
  await wellMade(clerk, "record-objection");
  await manager.goto(`${hall.base}/leave`);
  await card(manager, "当日在岗").getByRole("button", { name: "异议成立 Uphold" }).click();
  await card(manager, "异议成立").getByText("异议答复").first().waitFor();
  await shoot(manager, "objection-answered");
  await clerk.reload();
  await card(clerk, "异议成立").waitFor();
}

test("a leave and an objection go their whole way by clicks", { timeout: 240_000 }, async () => {
  const office = await openOffice();
  const { hall, faults, open } = office;
  const period = await published(hall);
  const clerk = await open("clerk", "/leave");
  await fileLeave(clerk, `${period}-05`);
  const manager = await signLeave(office, clerk);
  await manager.goto(`${hall.base}/sheet?period=${period}`);
  await manager.locator("tr", { hasText: "职员1" }).locator(".cell-mark", { hasText: "公" }).waitFor();
  await objectAndAnswer(office, clerk, manager, period);
  for (const page of [clerk, manager]) await page.close();
  expect(faults).toEqual([]);
});

test("a day's own shifts and a step taken are filed without a mouse", { timeout: 240_000 }, async () => {
  const { faults, open } = await openOffice();
  const page = await open("manager", "/leave?file=shifts", PHONE);
  await page.locator("input[name=person]").focus();
  await page.keyboard.type("职员2");
  const later = new Date(systemClock.now() + 3 * 86_400_000).toISOString().slice(0, 10); // A day begun is corrected.
  await page.getByLabel("日期 Date").fill(later);
  const times = page.locator("input[type=time]");
  expect(await times.evaluateAll((all) => all.map((each) => (each as unknown as { value: string }).value))).toEqual([
    "08:00",
    "12:00",
    "14:30",
    "17:30",
  ]);
  await times.nth(2).fill("11:00");
  await page.getByText("班次重叠").waitFor(); // Before anything is sent.
  await page.getByLabel("事由 Reason").fill("与同事换班");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".shifts-input select:focus").waitFor(); // Where the fault is said.
  await wellMade(page, "shifts-fault");
  await page.getByLabel("班次 Shifts").selectOption({ index: 1 });
  await page.getByText("提交即生效").waitFor();
  await page.getByRole("button", { name: "提交 Submit" }).press("Enter");
  await page.locator(".done:focus").waitFor();
  await card(page, "08:00–12:00").getByText("个人班次").waitFor();
  await page.goto(`${new URL(page.url()).origin}/leave?file=step&person=s01&action=talk&on=2026-03-06`);
  expect(await page.locator("input[name=person]").inputValue()).toContain("职员1");
  expect(await page.locator("select[name=action]").inputValue()).toBe("talk");
  expect(await page.locator("input[name=on]").inputValue()).toBe("2026-03-06");
  await page.getByLabel("事由 Reason").fill("已当面谈话");
  await wellMade(page, "step");
  await page.getByRole("button", { name: "提交 Submit" }).press("Enter");
  await card(page, "2026-03-06").getByText("谈话提醒").waitFor();
  await page.goto(`${new URL(page.url()).origin}/leave?file=finding`);
  const [who, when] = [page.locator(".taps-input input[list]"), page.getByLabel("打卡时刻")];
  await who.fill("职员1");
  await when.fill("2026-03-06T07:55:03");
  await page.getByRole("button", { name: /再加一次/u }).press("Enter");
  await who.fill("职员2");
  await when.fill("2026-03-06T07:55:04"); // Counts without the button.
  expect(JSON.parse(await page.locator("input[name=void]").inputValue())).toEqual([
    { person: "s01", at: "2026-03-06T07:55:03" },
    { person: "s02", at: "2026-03-06T07:55:04" },
  ]);
  await wellMade(page, "finding");
  const clerk = await open("clerk", "/leave?file=step", PHONE);
  await clerk.getByRole("button", { name: "请假 Leave" }).waitFor();
  for (const name of ["个人班次", "处理措施"]) expect(await clerk.getByRole("button", { name }).count()).toBe(0);
  for (const each of [page, clerk]) await each.close();
  expect(faults).toEqual([]);
});

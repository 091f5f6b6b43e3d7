// The clerk's own page, clicked through in a real browser over a real hall: what two keys cannot say is said here, and
// the nameplate, the lists and the line of news show what came of it. The browser stands in another zone than the hall.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { DemoProcess, freePortPair, newDirectory, removeDirectory } from "../../integration/demo/demo-process.ts";
import { faultsOf, launch } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const data = newDirectory();
const HALL_ZONE = "Asia/Shanghai";
/** The page asks the hall every second or so. */
const PATIENT = { timeout: 8_000 };
const BROWSER_ZONE = "America/New_York";
let demo: DemoProcess;
let browser: Browser;
let context: BrowserContext;
let hallUrl = "";
let desk: Page;
let faults: string[];

beforeAll(async () => {
  const port = await freePortPair();
  demo = DemoProcess.start({ counters: 2, port, mqttPort: await freePortPair(), data });
  await demo.ready();
  hallUrl = `http://127.0.0.1:${port}`;
  browser = await launch();
  const options = { timezoneId: BROWSER_ZONE, viewport: { width: 1280, height: 1024 } };
  context = await signedIn(browser, hallUrl, "s101", demo.passwordOf("s101"), options);
});
afterAll(async () => {
  await browser?.close();
  await demo?.dispose();
  removeDirectory(data);
});

const waiting = () => desk.locator("section[aria-labelledby='waiting-title']");
const atHand = () => desk.locator(".at-hand .ticket-number");
const dialog = () => desk.locator("dialog");
const group = (name: string) => desk.locator("section.list", { has: desk.getByRole("heading", { name }) });
const button = (name: RegExp) => desk.getByRole("button", { name });

/** A ticket of that service, seen in the page's own list. */
async function take(service = "general"): Promise<string> {
  const number = await demo.takeTicket(service);
  await expect.poll(() => waiting().textContent(), PATIENT).toContain(number);
  return number;
}

/** Answers the open dialog by the first choice of each question, and waits until it is gone. */
async function confirm(): Promise<void> {
  await dialog().waitFor();
  for (const choices of await dialog().locator("fieldset").all()) await choices.locator("label").first().click();
  await dialog().locator("button[type=submit]").click();
  await expect.poll(() => dialog().count(), PATIENT).toBe(0);
}

/** Calls a waiting ticket out of order, with a reason. A ticket is callable a little after it was given. */
async function call(number: string): Promise<void> {
  await expect
    .poll(
      async () => {
        if ((await atHand().textContent()) === number) return number;
        if ((await dialog().count()) === 0) await button(new RegExp(`提前呼叫….*${number}`, "u")).click();
        await dialog().locator("label").first().click();
        await dialog().locator("button[type=submit]").click();
        await desk.waitForTimeout(500);
        return atHand().textContent();
      },
      { timeout: 20_000 },
    )
    .toBe(number);
  await expect.poll(() => dialog().count(), PATIENT).toBe(0);
}

test("the page opens for whoever is signed in and has badged in", async () => {
  await demo.hands("1", "tap", { badge: "own" });
  desk = await context.newPage();
  desk.setDefaultTimeout(PATIENT.timeout);
  faults = faultsOf(desk);
  await expect.poll(async () => (await demo.view("1")).plate.some(({ zh }) => zh.includes("王敏")), PATIENT).toBe(true);
  await desk.goto(`${hallUrl}/counter/1`);
  await expect.poll(() => desk.locator(".plate").textContent(), PATIENT).toContain("王敏");
});

/** The clerk presses start at the window: again and again, for a key is dead for a second after its meaning changed. */
async function serve(): Promise<void> {
  await expect
    .poll(
      async () => {
        await demo.hands("1", "press", { button: "pause" });
        await desk.waitForTimeout(600);
        return desk.locator(".plate").textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("办理中");
}

test("pause with a reason and an expected time, then resume", async () => {
  await button(/暂停…/u).click();
  await confirm();
  await expect.poll(() => desk.locator(".plate").textContent(), PATIENT).toContain("暂停服务");
  await button(/恢复服务/u).click();
  await expect.poll(() => desk.locator(".plate").textContent(), PATIENT).not.toContain("暂停服务");
});

test("cancel a waiting ticket with a reason", async () => {
  const number = await take();
  await button(new RegExp(`作废….*${number}`, "u")).click();
  await confirm();
  await expect.poll(() => waiting().textContent(), PATIENT).not.toContain(number);
});

test("the dialog is closed by Esc, and nothing has happened", async () => {
  await button(/暂停…/u).click();
  await dialog().waitFor();
  await desk.keyboard.press("Escape");
  await expect.poll(() => dialog().count(), PATIENT).toBe(0);
  expect(await desk.locator(".plate").textContent()).not.toContain("暂停服务");
});

test("call out of order with a reason, hold, recall, transfer to another service", async () => {
  const first = await take();
  const second = await take();
  await call(second);
  expect(await waiting().textContent()).toContain(first);
  expect(await button(/^挂起/u).isDisabled()).toBe(true); // Nobody is at the window yet.
  await serve();
  await button(/^挂起/u).click();
  await expect.poll(() => group("挂起").textContent(), PATIENT).toContain(second);
  await expect.poll(() => atHand().textContent(), PATIENT).toBe("—");
  await button(new RegExp(`召回.*${second}`, "u")).click();
  await expect.poll(() => atHand().textContent(), PATIENT).toBe(second);
  await button(/转移…/u).click();
  await dialog().waitFor();
  await dialog().locator("label", { hasText: "业务" }).first().click();
  await dialog().locator("select[name=service]").selectOption("household");
  await dialog().locator("button[type=submit]").click();
  await expect.poll(() => dialog().count(), PATIENT).toBe(0);
  await expect.poll(() => atHand().textContent(), PATIENT).toBe("—");
});

test("times are the hall's on every page, wherever the browser thinks it stands", async () => {
  const inZone = (timeZone: string): string[] =>
    [-60_000, 0, 60_000].map((step) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(
        systemClock.now() + step,
      ),
    );
  expect(await desk.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")).toBe(BROWSER_ZONE);
  const manager = await signedIn(browser, hallUrl, "manager", demo.passwordOf("manager"), { timezoneId: BROWSER_ZONE });
  for (const url of [`${hallUrl}/board`, `${hallUrl}/hall`]) {
    const page = await manager.newPage();
    await page.goto(url);
    const shown = await page.locator("time").first().textContent();
    expect(inZone(HALL_ZONE)).toContain(shown);
    expect(inZone(BROWSER_ZONE)).not.toContain(shown);
    await page.close();
  }
  expect(inZone(HALL_ZONE)).toContain(await desk.locator("header time").textContent());
});

test("staff are never told how they were rated, nor whether", async () => {
  const text = (await desk.locator("body").textContent()) ?? "";
  expect(text).not.toMatch(/已评价|未评价|满意|Rated|Not rated/u);
});

test("no script fault in all of it", () => {
  expect(faults).toEqual([]);
});

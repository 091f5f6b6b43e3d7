// The appointment book in a real browser over a whole hall: a citizen books on a phone and gets a number and a code,
// the desk finds the booking, books another by telephone and cancels it, and the kiosk makes a ticket of the first one
// that says 预约. Nothing is wider than its window, and the automated accessibility check finds nothing.
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { PASSWORD } from "../../support/signed-in.ts";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { startHall } from "../../integration/controller/running-hall.ts";
import { accessibilityFaults, faultsOf, launch, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const SHOTS = process.env["SHOTS"];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};

const BOOK = {
  sessions: [
    { from: "00:00", to: "12:00" },
    { from: "12:00", to: "23:00" },
  ],
  appointments: { services: [{ service: "apply", perSlot: 3 }], checkInFromMinutes: 1_440, outOfHours: true },
};
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** Of tomorrow's slots the first: today's may all have begun. */
async function chooseTomorrow(page: Page): Promise<void> {
  const day = page.locator('form input[type="date"]').first();
  const today = await day.inputValue();
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  await day.fill(tomorrow);
  await page.getByRole("button", { name: /^00:00–00:15/u }).click();
}

async function numberAndCode(page: Page): Promise<readonly [string, string]> {
  await page.locator(".booked-note").waitFor();
  const number = (await page.locator(".booked-note .ticket-number").textContent()) ?? "";
  return [number, (await page.locator(".booked-check").textContent()) ?? ""];
}

/** Keys once more whenever the screen was too young to listen. */
async function typeAtKiosk(page: Page, keys: string): Promise<void> {
  const [number, check] = [page.locator(".pad-number").first(), page.locator(".pad-number").last()];
  const typed = async () => `${await number.inputValue()}${await check.inputValue()}`;
  for (const [at, key] of Array.from(keys).entries()) {
    const press = async (): Promise<number> => {
      const key9 = page.locator(".pad-keys").getByRole("button", { name: key, exact: true });
      if ((await typed()).length <= at) await key9.click();
      return (await typed()).length;
    };
    await expect.poll(press, { timeout: 20_000 }).toBe(at + 1);
  }
}

test("HRS-21: booked on a phone, found at the desk, checked in at the kiosk", async () => {
  const hall = await startHall(hallDirectory(), systemClock, BOOK);
  const browser = await launch();
  onTestFinished(() => browser.close());
  const phone = await (await browser.newContext(PHONE)).newPage();
  const faults = faultsOf(phone);
  await phone.goto(`${hall.base}/book`);
  await phone.locator(".slots, .note.empty").first().waitFor();
  await chooseTomorrow(phone);
  await shoot(phone, "book-phone");
  expect([await overhang(phone), await accessibilityFaults(phone)]).toEqual([0, []]);
  await phone.getByRole("button", { name: "预约 Book", exact: true }).click();
  const [number, code] = await numberAndCode(phone);
  expect([number, code]).toEqual(["000001", expect.stringMatching(/^\d{4}$/u)]);
  await shoot(phone, "booked-phone");
  expect(await overhang(phone)).toBe(0);

  const context = await signedIn(browser, hall.base, "manager", PASSWORD, {
    viewport: { width: 1440, height: 900 },
  });
  const desk = await context.newPage();
  const deskFaults = faultsOf(desk);
  await desk.goto(`${hall.base}/appointments`);
  await desk.getByRole("heading", { name: "新预约 New booking" }).waitFor();
  await desk.locator("form").getByLabel("方式").selectOption("telephone");
  await chooseTomorrow(desk);
  await desk.getByRole("button", { name: "预约 Book", exact: true }).click();
  expect((await numberAndCode(desk))[0]).toBe("000002");
  await desk.getByRole("button", { name: "再约一个" }).click();
  await desk.getByText("服务时间外预约").click();
  await desk.getByLabel("人员").selectOption("s01");
  const outside = desk.locator("details").getByLabel("时段");
  await outside.selectOption({ label: "23:00–23:15" });
  await desk.getByRole("button", { name: "预约 Book", exact: true }).click();
  expect((await numberAndCode(desk))[0]).toBe("000003");
  const day = desk.locator(".day-head input");
  await day.fill(new Date(Date.parse(`${await day.inputValue()}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10));
  await desk.locator(".booking").nth(2).waitFor();
  expect(await desk.locator(".booking").nth(2).textContent()).toContain("职员1");
  await shoot(desk, "desk-1440");
  expect([await overhang(desk), await accessibilityFaults(desk)]).toEqual([0, []]);
  await desk.setViewportSize({ width: 390, height: 844 });
  await shoot(desk, "desk-phone");
  expect(await overhang(desk)).toBe(0);
  await desk.getByLabel("查找预约号").fill("000002");
  await expect.poll(() => desk.locator(".booking").count()).toBe(1);
  await desk.locator(".booking").getByRole("button", { name: "取消" }).click();
  await desk.getByText("没有预约").waitFor();

  const kiosk = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
  await kiosk.goto(`${hall.base}/kiosk`);
  const openPad = async (): Promise<number> => {
    if ((await kiosk.locator(".pad").count()) === 0) await kiosk.getByRole("button", { name: "预约取号" }).click();
    return kiosk.locator(".pad").count();
  };
  await expect.poll(openPad, { timeout: 20_000 }).toBe(1);
  await typeAtKiosk(kiosk, `${number}${code}`);
  await shoot(kiosk, "pad-kiosk");
  const send = async (): Promise<number> => {
    const button = kiosk.getByRole("button", { name: "取号 Take the ticket" });
    if ((await button.count()) > 0) await button.click();
    return kiosk.locator(".taken-number").count();
  };
  await expect.poll(send, { timeout: 20_000 }).toBe(1);
  expect(await kiosk.locator(".taken-number").textContent()).toBe("A001");
  expect(await kiosk.locator(".taken-service").textContent()).toContain("预约");
  expect(await kiosk.locator(".slip").textContent()).toContain("预约");
  await shoot(kiosk, "ticket-kiosk");
  expect([await overhang(kiosk), await accessibilityFaults(kiosk)]).toEqual([0, []]);
  expect([...faults, ...deskFaults]).toEqual([]);
});

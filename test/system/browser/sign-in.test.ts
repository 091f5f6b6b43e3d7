// Signing in as a person does, in a real browser: a guarded page asks for it and is opened afterwards; a wrong password
// is said in place; a role without right is told so; the keyboard does it all; the phone shows it whole; a session that
// is over leads back here, from a page that was left open, too.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoInBrowser } from "./demo-in-browser.ts";
import { accessibilityFaults, faultsOf, overhang } from "./hall-browser.ts";

const PHONE = { width: 390, height: 844 };
const house = demoInBrowser(1);

/** By keyboard alone: the first field has the focus as soon as it is there. */
async function typeIn(page: Page, account: string, password: string): Promise<void> {
  await page.locator("input[name=account]:focus").waitFor();
  await page.keyboard.type(account);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

test("the hall page asks who you are, and opens once it knows; signing out closes it", async () => {
  const page = await house.browser.newPage({ viewport: PHONE });
  const faults = faultsOf(page);
  await page.goto(`${house.hallUrl}/hall`);
  await page.waitForURL(/\/sign-in\?to=%2Fhall$/u);
  await page.locator("input[name=account]").waitFor();
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  if (process.env["SHOT"] !== undefined) await page.screenshot({ path: process.env["SHOT"] });
  await typeIn(page, "manager", house.demo.passwordOf("manager"));
  await page.waitForURL(`${house.hallUrl}/hall`);
  await page.getByText("大厅总览").first().waitFor();
  await page.getByRole("link", { name: "大厅管理者" }).waitFor();
  expect(faults).toEqual([]);
  await page.getByRole("button", { name: /退出/u }).click();
  await page.waitForURL(`${house.hallUrl}/sign-in`);
  await page.goto(`${house.hallUrl}/hall`);
  await page.waitForURL(/\/sign-in\?to=%2Fhall$/u);
  await page.close();
});

test("a wrong password is said in place, in both languages, and the form stays", async () => {
  const page = await house.browser.newPage({ viewport: PHONE });
  await page.goto(`${house.hallUrl}/sign-in`);
  await typeIn(page, "office", "not the password");
  const alert = page.getByRole("alert");
  await expect.poll(() => alert.textContent()).toContain("用户名或密码不正确");
  expect(await alert.textContent()).toContain("The name or the password is wrong");
  expect(await page.locator("input[name=account]").inputValue()).toBe("office");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.close();
});

test("a role without right is told so, and where it may go; the password is changed in three clicks", async () => {
  const page = await house.browser.newPage({ viewport: PHONE });
  await page.goto(`${house.hallUrl}/hall`);
  await typeIn(page, "s101", house.demo.passwordOf("s101"));
  await page.getByText("您的角色不能打开该页").waitFor();
  expect(await page.getByRole("link", { name: "大厅总览" }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: /修改密码/u }).click();
  await page.locator("input[name=current]").fill(house.demo.passwordOf("s101"));
  await page.locator("input[name=next]").fill("a much longer sentence");
  await page.locator("input[name=again]").fill("a much longer sentence");
  await page.getByRole("button", { name: /^修改/u }).click();
  await page.getByRole("button", { name: /退出/u }).click();
  await typeIn(page, "s101", "a much longer sentence");
  await page.getByRole("heading", { name: "王敏" }).waitFor();
  await page.close();
});

test("an address that leads elsewhere is not followed after signing in", async () => {
  const page = await house.browser.newPage({ viewport: PHONE });
  await page.goto(`${house.hallUrl}/sign-in?to=//example.org/`);
  await typeIn(page, "manager", house.demo.passwordOf("manager"));
  await page.getByRole("heading", { name: "大厅管理者" }).waitFor();
  expect(new URL(page.url()).host).toBe(new URL(house.hallUrl).host);
  await page.close();
});

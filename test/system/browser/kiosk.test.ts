// The kiosk in a real browser over a whole hall: a ticket with its check, and the way back of somebody who missed their
// call, typed at another kiosk with fingers. A wrong check is said where it was typed; nothing is wider than a phone or
// needs scrolling on a wide screen, and the automated accessibility check finds nothing.
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { startHall } from "../../integration/controller/running-hall.ts";
import { missCall, windowOpen } from "../../integration/http/miss-call.ts";
import { accessibilityFaults, faultsOf, launch, overhang } from "./hall-browser.ts";

const SHOTS = process.env["SHOTS"];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};

const RULES = { callableAfterMs: 0, noShowAfterMs: 0 };

/** Each key once more whenever the screen still was too young to listen. */
async function typeUntil(page: Page, keys: readonly string[], shown: string, there = 0): Promise<void> {
  const [number, check] = [page.locator(".pad-number").first(), page.locator(".pad-number").last()];
  const typed = async () => `${await number.inputValue()} ${await check.inputValue()}`.trim();
  for (const [at, key] of keys.entries()) {
    await expect
      .poll(
        async () => {
          const before = (await typed()).replace(" ", "").length;
          if (before <= there + at)
            await page.locator(".pad-keys").getByRole("button", { name: key, exact: true }).click();
          return (await typed()).replace(" ", "").length;
        },
        { timeout: 20_000 },
      )
      .toBe(there + at + 1);
  }
  expect(await typed()).toBe(shown);
}

/** How many pixels a page is taller than its window. */
const tooTall = async (page: Page): Promise<number> =>
  Number(await page.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight"));

/** Again where the screen had only just appeared: a kiosk does not listen to the second touch of one finger. */
async function touchUntil(page: Page, text: string, shown: string): Promise<void> {
  const there = async (): Promise<number> => {
    if ((await page.locator(shown).count()) === 0) await page.getByText(text).click();
    return page.locator(shown).count();
  };
  await expect.poll(there, { timeout: 20_000 }).toBeGreaterThan(0);
}

async function sendUntil(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "恢复排队" }).click();
  await page.getByText(text).waitFor();
}

test("a ticket with its check; missed, it comes back at another kiosk", async () => {
  const hall = await startHall(hallDirectory(), systemClock, { rules: RULES });
  const terminal = await windowOpen(hall);
  const browser = await launch();
  onTestFinished(() => browser.close());
  const first = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const faults = faultsOf(first);
  await first.goto(`${hall.base}/kiosk`);
  await first.locator("button.service").first().click();
  await first.locator(".taken-number").waitFor();
  expect(await first.locator(".taken-number").textContent()).toBe("A001");
  const check = (await first.locator(".taken-check strong").textContent()) ?? "";
  expect(check).toMatch(/^\d{4}$/u);
  expect(await first.locator(".slip").textContent()).toContain(check);
  await shoot(first, "ticket-1920");
  expect(await tooTall(first)).toBe(0);
  await touchUntil(first, "完成", "button.service");
  await missCall(terminal);

  const second = await (await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
  await second.goto(`${hall.base}/kiosk?kiosk=2`);
  await touchUntil(second, "过号恢复排队", ".pad");
  const wrong = String((Number(check) + 1) % 10_000).padStart(4, "0");
  await typeUntil(second, Array.from(`A001${wrong}`), `A001 ${wrong}`);
  expect(await overhang(second)).toBe(0);
  await shoot(second, "pad-phone");
  await sendUntil(second, "号码与校验码不符，请核对号票");
  expect(await accessibilityFaults(second)).toEqual([]);
  await shoot(second, "refused-phone");
  expect(await second.locator(".pad-number").first().inputValue()).toBe("A001");
  await typeUntil(second, Array.from(check), `A001 ${check}`, "A001".length);
  await sendUntil(second, "A001 已恢复排队，排在队首，请等候叫号");
  await shoot(second, "back-phone");

  // The same paper once more, at the first kiosk: it waits already.
  await touchUntil(first, "过号恢复排队", ".pad");
  await typeUntil(first, Array.from(`A001${check}`), `A001 ${check}`);
  await shoot(first, "pad-1920");
  await sendUntil(first, "此号仍在排队，请等候叫号");
  await shoot(first, "refused-1920");
  expect([await overhang(first), await tooTall(first)]).toEqual([0, 0]);
  expect(await accessibilityFaults(first)).toEqual([]);
  // A refused answer is a line in the browser's console, and nothing else is.
  expect(faults.filter((fault) => !fault.includes("409"))).toEqual([]);
});

// Who is where, in a real browser, from the demonstration's own hall, in which nobody has badged in yet: everybody of
// the roster is named with place and rules. Whole and accessible at a desk and on a phone.
import { expect, test } from "vitest";
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

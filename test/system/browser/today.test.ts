// Who is where, in a real browser, from the demonstration's own hall, in which nobody has badged in yet: everybody of
// the roster is named with place and rules. Whole and accessible at a desk and on a phone.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoProcess, freePortPair, newDirectory, removeDirectory } from "../../integration/demo/demo-process.ts";
import { accessibilityFaults, faultsOf, launch, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const data = newDirectory();
let demo: DemoProcess;
let browser: Browser;
let hallUrl = "";

beforeAll(async () => {
  const port = await freePortPair();
  demo = DemoProcess.start({ counters: 2, port, mqttPort: await freePortPair(), data });
  await demo.ready();
  hallUrl = `http://127.0.0.1:${port}`;
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await demo?.dispose();
  removeDirectory(data);
});

test.each([
  ["desk", 1920, 1080],
  ["phone", 390, 844],
] as const)(
  "today at a %s: everybody is named with place and rules, and nothing hangs over",
  { timeout: 120_000 },
  async (name, width, height) => {
    const viewport = { width, height };
    const context = await signedIn(browser, hallUrl, "manager", demo.passwordOf("manager"), { viewport });
    const page = await context.newPage();
    const faults = faultsOf(page);
    await page.goto(`${hallUrl}/today`);
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

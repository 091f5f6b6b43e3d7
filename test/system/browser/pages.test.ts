// The pages as people meet them, in a real browser over a real hall: keys pressed on the panel show on the nameplate
// and on the board, a lost controller is said, languages switch, the keyboard reaches everything, nothing is wider than
// a phone, and the automated accessibility check finds nothing.
import { readFileSync } from "node:fs";
import type { Page, ViewportSize } from "playwright-core";
import { describe, expect, test } from "vitest";
import { assert } from "../../../protocol/index.ts";
import { demoInBrowser } from "./demo-in-browser.ts";
import { accessibilityFaults, faultsOf, overhang } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

const house = demoInBrowser(2);

const open = async (url: string, width = 1920, height = 1080): Promise<Page> => {
  const page = await house.browser.newPage({ viewport: { width, height } });
  await page.goto(url);
  return page;
};
const plate = (page: Page) => page.locator(".sign .unseen");
const key = (page: Page, name: "call" | "pause") => page.locator(`.key.${name} button`);

/** Process id of the demonstration's controller. */
function controllerOf(): number {
  const found = house.demo
    .children()
    .find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("\0controller\0"));
  assert(found !== undefined, "the controller is running");
  return found;
}

/** Presses a key again and again until the plate says so: a key is dead for a second after its meaning has changed. */
async function pressUntil(page: Page, name: "call" | "pause", says: string): Promise<void> {
  await expect
    .poll(
      async () => {
        if (!((await plate(page).textContent()) ?? "").includes(says)) await key(page, name).click({ delay: 60 });
        await page.waitForTimeout(400);
        return (await plate(page).textContent()) ?? "";
      },
      { timeout: 20_000 },
    )
    .toContain(says);
}

describe("a morning at counter 1", () => {
  test("press Call on the panel: the ticket is on that nameplate and on the board; then rate", async () => {
    const panel = await open(`${house.panelUrl}/#counter-1`);
    const faults = faultsOf(panel);
    const board = await open(`${house.hallUrl}/board`);
    await panel.locator(".badges button").first().click();
    await expect.poll(() => plate(panel).textContent()).toContain("王敏");
    const ticket = await house.demo.takeTicket("general");
    await pressUntil(panel, "call", ticket);
    await expect.poll(() => board.locator(".lines").textContent()).toContain(ticket);
    await pressUntil(panel, "pause", "正在办理");
    await pressUntil(panel, "call", "评价");
    await panel.locator(".rating .level-5").click();
    await expect.poll(() => panel.locator(".rating").getAttribute("class")).toContain("thanks");
    expect(faults).toEqual([]);
  });

  test("the panel by keyboard alone: Tab to the key, Space presses it", async () => {
    const panel = await open(`${house.panelUrl}/#counter-1`);
    await house.demo.takeTicket("general");
    await key(panel, "pause").focus();
    await panel.keyboard.press("Shift+Tab");
    expect(await panel.evaluate("document.activeElement.closest('.key')?.className")).toContain("call");
    await expect
      .poll(
        async () => {
          await panel.keyboard.press("Space", { delay: 60 });
          await panel.waitForTimeout(400);
          return (await plate(panel).textContent()) ?? "";
        },
        { timeout: 20_000 },
      )
      .toContain("请到窗口办理");
  });

  test("the controller is lost: nameplate and pages say so, keep the last picture, and heal", async () => {
    const panel = await open(`${house.panelUrl}/#counter-1`);
    const board = await open(`${house.hallUrl}/board`);
    await expect.poll(() => board.locator(".lines").textContent()).toContain("A002");
    process.kill(controllerOf(), "SIGSTOP");
    await expect.poll(() => plate(panel).textContent(), { timeout: 30_000 }).toContain("未连接控制器");
    process.kill(controllerOf(), "SIGKILL");
    await expect
      .poll(() => board.getByRole("status").allTextContents(), { timeout: 30_000 })
      .toEqual(expect.arrayContaining([expect.stringContaining("中断")]));
    expect(await board.locator(".lines").textContent()).toContain("A002");
    await expect.poll(() => plate(panel).textContent(), { timeout: 30_000 }).not.toContain("未连接控制器");
    const answers = () =>
      fetch(`${house.hallUrl}/readyz`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(answers, { timeout: 30_000 }).toBe(200);
  });
});

/** Name, address, and who has to be signed in. */
const PAGES: readonly (readonly [string, () => string, string | null])[] = [
  ["board", () => `${house.hallUrl}/board`, null],
  ["kiosk", () => `${house.hallUrl}/kiosk`, null],
  ["counter", () => `${house.hallUrl}/counter/1`, "s101"],
  ["hall", () => `${house.hallUrl}/hall`, "manager"],
  ["sign-in", () => `${house.hallUrl}/sign-in`, "manager"],
  ["panel", () => house.panelUrl, null],
];

const WIDE = { width: 1920, height: 1080 };

describe.each(PAGES)("the page %s", (_, url, account) => {
  const pageOf = async (viewport: ViewportSize): Promise<Page> => {
    if (account === null) return house.browser.newPage({ viewport });
    return (
      await signedIn(house.browser, house.hallUrl, account, house.demo.passwordOf(account), { viewport })
    ).newPage();
  };
  const openAs = async (address: string): Promise<Page> => {
    const page = await pageOf(WIDE);
    await page.goto(address);
    return page;
  };

  test("is no wider than a phone, a tablet or a small laptop, and has no script fault", async () => {
    const page = await pageOf({ width: 390, height: 844 });
    const faults = faultsOf(page);
    await page.goto(url());
    await page.locator("h1").first().waitFor();
    await page.waitForTimeout(500);
    expect(await overhang(page)).toBe(0);
    for (const width of [768, 1040, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overhang(page), `at ${width} pixels`).toBe(0);
    }
    expect(faults).toEqual([]);
    await page.close();
  });

  test("passes the automated accessibility check", async () => {
    const page = await openAs(url());
    await page.locator("h1").first().waitFor();
    await page.waitForTimeout(500);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.close();
  });

  test("switches its language, Chinese first", async () => {
    const page = await openAs(url());
    await page.locator("h1").first().waitFor();
    await page.getByRole("button", { name: "English" }).first().click();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByRole("button", { name: "中文" }).first().click();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toMatch(/^zh/u);
    await page.close();
  });
});

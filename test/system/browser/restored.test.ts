import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hallDirectory } from "../../integration/authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../../integration/controller/controller-process.ts";
import { giveAccount, PASSWORD } from "../../support/signed-in.ts";
import { launch } from "./hall-browser.ts";
import { signedIn } from "./sign-in.ts";

// After a restore the hall page names the tickets that nobody is called for yet, in both languages, and a person
// settles them there with a click each, or all at once.

test("restored tickets stand on the hall page until a person has settled them", async () => {
  const directory = hallDirectory();
  const config = writeConfiguration(directory, { directory: "data" });
  giveAccount(join(directory, "data"), { id: "manager", roles: ["manager"] });
  const first = hallward("controller", "--config", config);
  const tickets = `http://127.0.0.1:${(await first.ready).httpPort}/api/tickets`;
  for (const service of ["apply", "tax", "social"]) {
    const headers = { "content-type": "application/json" };
    await fetch(tickets, { method: "POST", headers, body: JSON.stringify({ service }) });
  }
  const backup = join(directory, "backup");
  expect((await hallward("backup", "--config", config, "--to", backup).ended).code).toBe(0);
  first.child.kill("SIGTERM");
  await first.ended;
  expect((await hallward("restore", "--config", config, "--from", backup, "--replace").ended).code).toBe(0);
  const { httpPort } = await hallward("controller", "--config", config).ready;

  const browser = await launch();
  onTestFinished(() => browser.close());
  const url = `http://127.0.0.1:${httpPort}`;
  const context = await signedIn(browser, url, "manager", PASSWORD, { viewport: { width: 1600, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/hall`);
  const cards = page.locator(".restored li");
  await cards.nth(2).waitFor();
  await page.getByText("数据已从备份恢复，请确认号票").waitFor();
  if (process.env["SHOT"] !== undefined) await page.screenshot({ path: process.env["SHOT"] });
  await cards.filter({ hasText: "A001" }).getByRole("button").first().click();
  await cards.nth(2).waitFor({ state: "detached" });
  expect(await cards.allTextContents()).not.toContainEqual(expect.stringContaining("A001"));
  await page.getByText("全部关闭").click();
  await page.locator(".restored").waitFor({ state: "detached" });
  await page.locator(".figures").waitFor();
});

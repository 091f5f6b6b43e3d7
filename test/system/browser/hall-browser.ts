import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { z } from "zod";

/** Debian's Chromium; its own network traffic is switched off, for a hall has none to offer. */
const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const Violations = z.array(
  z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** A desktop's: without a UTF-8 locale Chromium takes no Chinese name for a file. */
const LOCALE = { LANG: "C.UTF-8", LC_ALL: "C.UTF-8" };

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: FLAGS, env: { ...process.env, ...LOCALE } });

/** Every script fault and refused resource of a page, so that a test can say that there was none. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (line.type() === "error" && !line.text().includes("ERR_CONNECTION_REFUSED")) faults.push(line.text());
  });
  return faults;
}

/** What the automated accessibility check has to complain about: rule, help and the first element of each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate("axe.run().then(({ violations }) => violations)");
  return Violations.parse(found).map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html ?? ""}`);
}

/** How many pixels a page is wider than its window. */
export const overhang = async (page: Page): Promise<number> =>
  Number(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"));

import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { signIn } from "../../support/signed-in.ts";

/** A browser in which somebody has signed in already. */
export async function signedIn(
  browser: Browser,
  hallUrl: string,
  account: string,
  password: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const { cookie } = await signIn(hallUrl, account, password);
  const [name = "", value = ""] = cookie.split("=", 2);
  await context.addCookies([{ name, value, url: hallUrl, httpOnly: true, sameSite: "Strict" }]);
  return context;
}

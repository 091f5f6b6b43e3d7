import { expect, onTestFinished, test } from "vitest";
import { startHttpServer } from "../../../controller/adapters/http/http-server.ts";
import { pageRoutes } from "../../../controller/web/page-routes.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { silentLog } from "../../../protocol/index.ts";
import { stubDesk } from "./stub-desk.ts";

// The board page as a browser gets it: every file it names is served, with a type the browser believes, and nothing on
// it needs what the content security policy forbids.

async function startPages(): Promise<string> {
  const parts = { host: "127.0.0.1", port: 0, names: [], version: "0.1.0", clock: systemClock, log: silentLog };
  const server = await startHttpServer({ ...parts, desk: stubDesk(), pages: pageRoutes() });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${server.port}`;
}

test.each(["/", "/board"])("%s is the board, Chinese first, with all it loads", async (path) => {
  const base = await startPages();
  const page = await fetch(`${base}${path}`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const html = await page.text();
  expect(html).toContain('<html lang="zh">');
  expect(html).not.toMatch(/<style|\sstyle=|<script>|\son[a-z]+=/u);
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/gu)].map((match) => match[1] ?? "");
  const answers = await Promise.all(
    loaded.map(async (name) => (await fetch(`${base}${name}`)).headers.get("content-type")),
  );
  expect(Object.fromEntries(loaded.map((name, at) => [name, answers[at]]))).toEqual({
    "/board.svg": "image/svg+xml",
    "/board.css": "text/css; charset=utf-8",
    "/board.js": "text/javascript; charset=utf-8",
  });
});

test("the page's program is bundled once, with its library, and follows the hall", async () => {
  const base = await startPages();
  const [first, second] = await Promise.all([1, 2].map(async () => (await fetch(`${base}/board.js`)).text()));
  expect(first).toBe(second);
  expect(first).toContain("/api/events");
  expect(first).toContain("号窗口");
  expect(first).not.toMatch(/\bimport\s*[{"]/u);
});

import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { startHttpServer } from "../../../controller/adapters/http/http-server.ts";
import { PAGES, pageRoutes } from "../../../controller/web/page-routes.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { silentLog } from "../../../protocol/index.ts";
import { as, stubDesk, stubDoor } from "./stub-desk.ts";

// The board page as a browser gets it: every file it names is served, with a type the browser believes, and nothing on
// it needs what the content security policy forbids.

async function startPages(): Promise<string> {
  const parts = { host: "127.0.0.1", port: 0, names: [], version: "0.1.0", clock: systemClock, log: silentLog };
  const server = await startHttpServer({
    ...parts,
    desk: stubDesk(),
    door: stubDoor(),
    pages: pageRoutes("Asia/Shanghai"),
  });
  onTestFinished(() => server.close());
  return `http://127.0.0.1:${server.port}`;
}

test.each(["/", "/board"])("%s is the board, Chinese first, with all it loads", async (path) => {
  const base = await startPages();
  const page = await fetch(`${base}${path}`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const html = await page.text();
  expect(html).toContain('<html lang="zh-CN"');
  expect(html).toContain('data-zone="Asia/Shanghai"');
  expect(html).not.toMatch(/<style|\sstyle=|<script>|\son[a-z]+=/u);
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/gu)].map((match) => match[1] ?? "");
  const answers = await Promise.all(
    loaded.map(async (name) => (await fetch(`${base}${name}`)).headers.get("content-type")),
  );
  expect(Object.fromEntries(loaded.map((name, at) => [name, answers[at]]))).toEqual({
    "/icon.svg": "image/svg+xml",
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

/** What a page may weigh, compressed, with all it loads. */
const PAGE_BYTES_MAX = 200_000;

test.each(PAGES.map(({ name, paths }) => [name, paths[0] ?? ""] as const))(
  "the page %s weighs little, compressed, and is not sent twice",
  async (name, path) => {
    const base = await startPages();
    const address = path.replace(":id", "1");
    const weights = await Promise.all(
      [address, `/${name}.css`, `/${name}.js`].map(async (part) => {
        const { bytes, etag } = await weigh(`${base}${part}`);
        const again = await fetch(`${base}${part}`, { headers: { ...as("manager"), "if-none-match": etag } });
        expect([again.status, await again.text()]).toEqual([304, ""]);
        return bytes;
      }),
    );
    const bytes = weights.reduce((sum, weight) => sum + weight, 0);
    process.stdout.write(`page ${name}: ${bytes} bytes compressed\n`);
    expect(bytes).toBeLessThan(PAGE_BYTES_MAX);
  },
);

/** Bytes on the wire: fetch unpacks what it gets and does not tell. */
function weigh(url: string): Promise<{ bytes: number; etag: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { ...as("manager"), "accept-encoding": "br" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => {
        const { etag, "content-encoding": encoding } = response.headers;
        if (response.statusCode === 200 && encoding === "br") resolve({ bytes, etag: etag ?? "" });
        else reject(new Error(`${url}: ${response.statusCode} ${encoding}`));
      });
    });
    asked.on("error", reject).end();
  });
}

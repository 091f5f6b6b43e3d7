import { connect } from "node:net";
import type { Browser, Page, ViewportSize } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoProcess, freePortPair, newDirectory, removeDirectory } from "../../integration/demo/demo-process.ts";
import { signedIn } from "./sign-in.ts";
import { accessibilityFaults, faultsOf, launch, overhang } from "./hall-browser.ts";

// What is refused at the wire is on the hall page, live: of whom, why in both languages, how often and when last.

const data = newDirectory();
let demo: DemoProcess;
let browser: Browser;
let port = 0;
let mqttPort = 0;

beforeAll(async () => {
  [port, mqttPort] = [await freePortPair(), await freePortPair()];
  demo = DemoProcess.start({ counters: 1, port, mqttPort, data });
  await demo.ready();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await demo?.dispose();
  removeDirectory(data);
});

async function inspectorsPage(viewport: ViewportSize): Promise<Page> {
  const password = demo.passwordOf("inspector");
  const context = await signedIn(browser, `http://127.0.0.1:${port}`, "inspector", password, { viewport });
  return context.newPage();
}

/** A connection that speaks no TLS. */
const knock = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: mqttPort }, () => socket.write("GET / HTTP/1.1\r\n\r\n"));
    socket.on("error", () => {});
    socket.once("close", () => resolve());
  });

test("a stranger's knocks appear on the hall page and are counted", async () => {
  const page = await inspectorsPage({ width: 390, height: 844 });
  const faults = faultsOf(page);
  await page.goto(`http://127.0.0.1:${port}/hall`);
  const area = page.getByRole("region", { name: "网络拒收" });
  await area.getByText("没有拒收").waitFor();
  await knock();
  const row = area.getByRole("row", { name: "127.0.0.1" });
  await row.getByText("不是 TLS 或握手失败").waitFor();
  await row.getByText("No TLS, or handshake failed").waitFor();
  await knock();
  await row.getByRole("cell", { name: "2", exact: true }).waitFor();
  expect(await row.innerText()).toMatch(/handshake\s+2\s+\d{1,2}:\d{2}/u);
  expect(await overhang(page)).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

test("on a wide screen what needs somebody, the windows and the queues stand side by side", async () => {
  const page = await inspectorsPage({ width: 1920, height: 1080 });
  await page.goto(`http://127.0.0.1:${port}/hall`);
  const boxes = [];
  for (const name of ["需要处理", "窗口", "队列"]) {
    const title = page.getByRole("heading", { name }).first();
    await title.waitFor();
    boxes.push(await title.boundingBox());
  }
  const [attention, counters, queues] = boxes;
  expect(attention?.x).toBeLessThan(counters?.x ?? 0);
  expect(counters?.x).toBeLessThan(queues?.x ?? 0);
  expect(Math.abs((attention?.y ?? 0) - (queues?.y ?? 1_000))).toBeLessThan(40);
  await page.close();
});

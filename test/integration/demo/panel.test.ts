// The panel over real sockets: what its page gets, what its requests come to, and who is turned away.
import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { bilingual, CounterId } from "../../../protocol/index.ts";
import type { PanelChange, PanelHall } from "../../../simulator/panel/panel-contract.ts";
import { type Panel, type PanelHallPort, startPanel } from "../../../simulator/panel/panel-server.ts";
import { DARK_VIEW, type HandMessage } from "../../../simulator/wire/ipc.ts";

const ONE = CounterId.parse("1");

class ToyPanelHall implements PanelHallPort {
  readonly acts: HandMessage[] = [];
  powered = true;
  readonly #listeners = new Set<(change: PanelChange) => void>();

  hall(): PanelHall {
    const counter = { counterId: ONE, badges: [], virtualReader: true, powered: true, view: DARK_VIEW };
    return {
      hall: bilingual("海棠区", "Haitang"),
      zone: "Asia/Shanghai",
      boardUrl: "http://127.0.0.1:8080/",
      counters: [counter],
    };
  }

  watch(listener: (change: PanelChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  act(counterId: string, message: HandMessage): boolean {
    if (counterId !== "1") return false;
    this.acts.push(message);
    return true;
  }

  power(counterId: string, on: boolean): boolean {
    if (counterId !== "1") return false;
    this.powered = on;
    return true;
  }

  badgeValue(_counterId: string, key: string): string | undefined {
    return key === "own" ? "0086F411" : undefined;
  }

  change(): void {
    for (const listener of this.#listeners)
      listener({ counterId: ONE, powered: true, view: { ...DARK_VIEW, link: "up" } });
  }
}

let hall: ToyPanelHall;
let panel: Panel;
beforeEach(async () => {
  hall = new ToyPanelHall();
  panel = await startPanel(0, hall, systemClock);
});
afterEach(() => panel.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${panel.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Status of a request that names another host than fetch would let us. */
function statusAs(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${panel.url}/panel/counters`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("what hands do", () => {
  test.each([
    { path: "press", body: { button: "call" }, act: { type: "press", button: "call", heldForMs: 120 } },
    {
      path: "press",
      body: { button: "pause", heldForMs: 3000 },
      act: { type: "press", button: "pause", heldForMs: 3000 },
    },
    {
      path: "finger",
      body: { button: "call", edge: "pressed" },
      act: { type: "finger", button: "call", edge: "pressed" },
    },
    { path: "rate", body: { level: 5 }, act: { type: "rate", level: 5 } },
    { path: "tap", body: { badge: "own" }, act: { type: "tap", badge: "0086F411" } },
  ])("$path $body", async ({ path, body, act }) => {
    expect((await post(`/panel/counters/1/${path}`, body)).status).toBe(202);
    expect(hall.acts).toEqual([act]);
  });

  test.each([
    { path: "1/press", body: { button: "reset" }, status: 400 },
    { path: "1/press", body: { button: "call", heldForMs: 1e9 }, status: 400 },
    { path: "1/rate", body: { level: 6 }, status: 400 },
    { path: "1/tap", body: { badge: "somebody-elses" }, status: 400 },
    { path: "7/press", body: { button: "call" }, status: 404 },
    { path: "1/reboot", body: {}, status: 404 },
  ])("$path $body is refused with $status", async ({ path, body, status }) => {
    expect((await post(`/panel/counters/${path}`, body)).status).toBe(status);
    expect(hall.acts).toEqual([]);
  });
});

test("the power of a terminal is cut and restored", async () => {
  expect((await post("/panel/counters/1/power", { on: false })).status).toBe(202);
  expect(hall.powered).toBe(false);
  expect((await post("/panel/counters/1/power", { on: true })).status).toBe(202);
  expect(hall.powered).toBe(true);
  expect((await post("/panel/counters/1/power", { on: "yes" })).status).toBe(400);
  expect((await post("/panel/counters/7/power", { on: false })).status).toBe(404);
});

describe("who is turned away", () => {
  test("a name that is not ours, though it leads here", async () => {
    expect(await statusAs("evil.example")).toBe(403);
    expect(await statusAs(new URL(panel.url).host)).toBe(200);
  });

  test("another site's page", async () => {
    const foreign = await post("/panel/counters/1/press", { button: "call" }, { origin: "http://evil.example" });
    expect(foreign.status).toBe(403);
    const plain = await fetch(`${panel.url}/panel/counters/1/press`, { method: "POST", body: '{"button":"call"}' });
    expect(plain.status).toBe(415);
    expect(hall.acts).toEqual([]);
  });
});

test("the page, its style and its bundled script are served", async () => {
  const html = await fetch(`${panel.url}/`);
  expect(html.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await html.text()).toContain("/panel.js");
  const script = await (await fetch(`${panel.url}/panel.js`)).text();
  expect(script.includes("呼叫")).toBe(true);
  expect(script.length).toBeLessThan(60_000);
});

test("events: the hall whole, then each change; closing the panel ends them", async () => {
  const response = await fetch(`${panel.url}/panel/events`);
  const events = response.body?.pipeThrough(new TextDecoderStream());
  let heard = "";
  const reading = (async () => {
    for await (const chunk of events ?? []) {
      heard += chunk;
      if (heard.includes("event: hall") && !heard.includes("event: view")) hall.change();
      if (heard.includes("event: view")) break;
    }
  })();
  await reading;
  expect(heard).toMatch(/event: hall\ndata: \{.*"counters".*\}\n\nevent: view\ndata: \{.*"link":"up".*\}/u);
});

test("close does not wait for pages that listen", async () => {
  const response = await fetch(`${panel.url}/panel/events`);
  const other = await startPanel(0, hall, systemClock);
  await other.close();
  const ended = response.text();
  await panel.close();
  expect(await ended).toContain("event: hall");
});

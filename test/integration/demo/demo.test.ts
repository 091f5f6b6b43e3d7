// The demonstration as a visitor meets it: one command, real processes, real sockets; keys pressed on the panel.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import {
  closed,
  DemoProcess,
  freePortPair,
  isGone,
  listenOn,
  newDirectory,
  removeDirectory,
  until,
} from "./demo-process.ts";

/** Longer than the dead time of the keys, which is a second of the terminal's own clock. */
const DEAD_TIME_OVER_MS = 1100;
/** The demonstration's rule: so old must a ticket be before it is called. */
const CALLABLE_AFTER_MS = 2100;

async function somePorts(): Promise<{ port: number; mqttPort: number }> {
  return { port: await freePortPair(), mqttPort: await freePortPair() };
}

describe("a hall with two counters", () => {
  const data = newDirectory();
  let demo: DemoProcess;
  let ports: { port: number; mqttPort: number };

  beforeAll(async () => {
    ports = await somePorts();
    demo = DemoProcess.start({ counters: 2, ...ports, data });
    await demo.ready();
  });
  afterAll(async () => {
    await demo.dispose();
    removeDirectory(data);
  });

  test("badge in, ticket, call, start, finish, rate, next: all seen on the plate and on the board", async () => {
    await demo.hands("1", "tap", { badge: "own" });
    const open = await demo.plateSays("1", "正在服务");
    expect(open.plate[1]?.zh).toBe("王敏 综合岗 工号101");

    const first = await demo.takeTicket("general");
    const second = await demo.takeTicket("general");
    await pause(CALLABLE_AFTER_MS);
    await demo.hands("1", "press", { button: "call" });
    await demo.plateSays("1", `${first} 请到窗口办理`);
    expect(await demo.board()).toMatchObject({ lines: [{ ticketNumber: first, counterId: "1" }] });

    await pause(DEAD_TIME_OVER_MS);
    await demo.hands("1", "press", { button: "pause" });
    await demo.plateSays("1", `${first} 正在办理`);
    await pause(DEAD_TIME_OVER_MS);
    await demo.hands("1", "press", { button: "call" });
    await until("the keypad asks", async () => ((await demo.view("1")).keypad === "asking" ? true : null));
    await demo.hands("1", "rate", { level: 5 });
    await until("the keypad thanks", async () => ((await demo.view("1")).keypad === "thanks" ? true : null));

    await pause(DEAD_TIME_OVER_MS);
    await demo.hands("1", "press", { button: "call" });
    await demo.plateSays("1", `${second} 请到窗口办理`);
    expect(await demo.board()).toMatchObject({
      lines: expect.arrayContaining([expect.objectContaining({ ticketNumber: second, counterId: "1" })]) as unknown,
    });
  });

  test("a key without meaning is refused on the spot, with a beep", async () => {
    const before = (await demo.view("2")).beep?.count ?? 0;
    await demo.hands("2", "press", { button: "call" });
    const refused = await demo.plateSays("2", "请先刷卡上岗");
    expect(refused.beep).toEqual({ pattern: "refused", count: before + 1 });
  });

  test("a terminal that is killed comes back, and shows the right thing", async () => {
    process.kill(demo.terminal("t01"), "SIGKILL");
    await until("its window is dark", async () => ((await demo.view("1")).link === "down" ? true : null));
    const view = await demo.plateSays("1", "A002 请到窗口办理");
    expect(view.plate[1]?.zh).toContain("王敏");
  });

  test("a second demonstration keeps its hands off the same directory", async () => {
    const second = DemoProcess.start({ counters: 1, ...(await somePorts()), data });
    expect(await second.exit).toBe(73);
    expect(second.complained).toMatch(/^DATA_IN_USE: .*--data.*\n$/u);
  });

  test("Ctrl-C ends everything; the next start continues the same hall, with fewer counters too", async () => {
    await demo.takeTicket("household");
    const children = demo.children();
    expect(children).toHaveLength(3);
    const askedAt = systemClock.mono();
    demo.child.kill("SIGINT");
    expect(await demo.exit).toBe(0);
    expect(systemClock.mono() - askedAt).toBeLessThan(4000);
    expect(children.filter((pid) => !isGone(pid))).toEqual([]);

    demo = DemoProcess.start({ counters: 1, ...ports, data });
    await demo.ready();
    const view = await demo.plateSays("1", "A002 请到窗口办理");
    expect(view.plate[1]?.zh).toBe("王敏 综合岗 工号101");
    expect(JSON.stringify(await demo.board())).toContain('"service":"household"');
    expect(await demo.takeTicket("household")).toBe("B002");
  });

  test("kill -9 leaves nobody behind", async () => {
    const children = demo.children();
    expect(children).toHaveLength(2);
    demo.child.kill("SIGKILL");
    await until("all are gone", async () => (children.every(isGone) ? true : null), 5000);
  });
});

describe("a hall that cannot be", () => {
  const data = newDirectory();
  let demo: DemoProcess | null = null;
  afterEach(() => demo?.dispose());
  afterAll(() => removeDirectory(data));

  test("a port in use: one clear line, a documented exit code, and nothing written", async () => {
    const { port, mqttPort } = await somePorts();
    const [squatter] = await listenOn(port + 1);
    demo = DemoProcess.start({ counters: 1, port, mqttPort, data });
    expect(await demo.exit).toBe(72);
    expect(demo.complained).toMatch(/^PORT_IN_USE: 127\.0\.0\.1:\d+ .*--port.*\n$/u);
    expect(existsSync(data)).toBe(false);
    await closed(squatter);
  });

  // The demonstration's own files are in order; what is wrong only the controller can find out.
  test("a controller that refuses to start: its own line, its own exit code, and no second try", async () => {
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "hall.db"), "This is no database, and long enough to be looked at as if it were one.");
    const startedAt = systemClock.mono();
    demo = DemoProcess.start({ counters: 1, ...(await somePorts()), data });
    expect(await demo.exit).toBe(71);
    expect(systemClock.mono() - startedAt).toBeLessThan(10_000);
    expect(demo.complained).toMatch(/^STORE_UNUSABLE: .*\n$/u);
  });
});

// A terminal process that stood still: what was pressed meanwhile is on record as too late, and calls nobody (I11).
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import SqliteDatabase from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoProcess, freePortPair, newDirectory, removeDirectory } from "./demo-process.ts";

/** The demonstration's rule: so old must a ticket be before it is called. */
const CALLABLE_AFTER_MS = 2100;
/** Longer than the time to live of a press. */
const FROZEN_MS = 6000;

const data = newDirectory();
let demo: DemoProcess;
beforeAll(async () => {
  demo = DemoProcess.start({ counters: 1, port: await freePortPair(), mqttPort: await freePortPair(), data });
  await demo.ready();
});
afterAll(async () => {
  await demo.dispose();
  removeDirectory(data);
});

/** The records of this type in the hall's log. */
function events(type: string): string[] {
  const log = new SqliteDatabase(join(data, "hall.db"), { readonly: true });
  try {
    const like = "SELECT record FROM events WHERE record LIKE ? ORDER BY seq";
    return log.prepare<[string], string>(like).pluck().all(`%"type":"${type}"%`);
  } finally {
    log.close();
  }
}

test("a call pressed while the terminal stood still is refused as too late", async () => {
  await demo.hands("1", "tap", { badge: "own" });
  await demo.plateSays("1", "正在服务");
  await demo.takeTicket("general");
  await pause(CALLABLE_AFTER_MS);
  const terminal = demo.terminal("t01");
  process.kill(terminal, "SIGSTOP");
  try {
    await demo.hands("1", "press", { button: "call" });
    await pause(FROZEN_MS);
  } finally {
    process.kill(terminal, "SIGCONT");
  }
  await demo.plateSays("1", "按键超时，未执行");
  expect(await demo.board()).toMatchObject({ lines: [] });
  const refused = events("intent.refused");
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain("too-late");
  expect(events("ticket.called")).toEqual([]);
});

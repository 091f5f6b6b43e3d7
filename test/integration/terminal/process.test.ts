import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stringify } from "yaml";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { HallId } from "../../../protocol/index.ts";
import { desired, TERMINAL } from "../../support/counter-messages.ts";
import { ScriptedController } from "../../support/scripted-controller.ts";
import { TestAuthority } from "../../support/test-authority.ts";
import { TestBroker } from "../../support/test-broker.ts";

// Proves `hallward terminal --config FILE` as a process of its own: how fast it is there, and how it goes.

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const HALL = HallId.parse("test");
/** A terminal is ready 1.5 s after its start. */
const READY_MS = 1500;
const STARTS = 3;

let directory: string;
let broker: TestBroker;
let controller: ScriptedController;
let children: ChildProcess[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-process-"));
  const authority = await TestAuthority.create();
  const client = await authority.client(TERMINAL);
  writeFileSync(join(directory, "key.pem"), client.key);
  writeFileSync(join(directory, "certificate.pem"), client.certificate);
  writeFileSync(join(directory, "authority.pem"), authority.certificate);
  writeFileSync(join(directory, "badge.key"), "ab".repeat(32));
  broker = await TestBroker.start({ server: await authority.server(), authority: authority.certificate });
  controller = new ScriptedController(broker, HALL, TERMINAL);
  children = [];
});

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await broker.close();
  rmSync(directory, { recursive: true });
});

function writeConfig(more: object = {}): string {
  const file = join(directory, "terminal.yaml");
  const where = { host: "127.0.0.1", mqttPort: broker.port };
  writeFileSync(file, stringify({ hall: HALL, terminal: TERMINAL, controller: where, directory: ".", ...more }));
  return file;
}

interface Process {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly said: { stdout: string; stderr: string };
}

function run(config: string): Process {
  const child = spawn(process.execPath, [HALLWARD, "terminal", "--config", config], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  return { child, said, exited: once(child, "close").then(([code]) => code as number | null) };
}

test(`ready within ${READY_MS} ms of its start, and gone at SIGTERM without a trace`, async () => {
  const config = writeConfig();
  controller.show(desired(1, "idle"));
  const readyAfter: number[] = [];
  for (let start = 1; start <= STARTS; start += 1) {
    const before = broker.published.length;
    const began = systemClock.mono();
    const { child, exited, said } = run(config);
    const isReady = () => broker.published.slice(before).some(({ topic }) => topic.endsWith("/reported"));
    await broker.until(() => isReady() && controller.births.length === start);
    readyAfter.push(Math.round(systemClock.mono() - began));
    child.kill("SIGTERM");
    expect(await exited).toBe(0);
    expect(said.stderr).toBe("");
    const events = said.stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(["terminal.started", "link.up", "controller.heard", "link.resynced", "terminal.closed"]);
  }
  process.stdout.write(`from process start to birth, answer and reported face: ${readyAfter.join(", ")} ms\n`);
  expect(controller.births.map(({ boot, session }) => [boot, session])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(Math.min(...readyAfter)).toBeLessThan(READY_MS);
});

test("a text nameplate shows the counter on standard error, away from the log", async () => {
  controller.show(desired(1, "called"));
  const { child, exited, said } = run(writeConfig({ devices: { nameplate: { driver: "text" } } }));
  await broker.until(() => broker.on("reported").some(({ text }) => text.includes('"rev":1')));
  child.kill("SIGINT");
  expect(await exited).toBe(0);
  expect(said.stderr).toContain("3号窗口 综合服务");
  expect(said.stdout).not.toContain("李明");
});

test("a wrong configuration is one clear line", async () => {
  const { exited, said } = run(writeConfig({ directry: "x" }));
  expect(await exited).toBe(78);
  expect(said.stdout).toBe("");
  expect(said.stderr).toMatch(
    /^CONFIG_REFUSED: .*terminal\.yaml:\d+: directry: unknown key, did you mean "directory"\?\n$/u,
  );
});

test("a terminal without an identity says what to do", async () => {
  rmSync(join(directory, "key.pem"));
  const { exited, said } = run(writeConfig());
  expect(await exited).not.toBe(0);
  expect(said.stderr).toMatch(/^IDENTITY_MISSING: .*have the controller write a ticket/u);
});

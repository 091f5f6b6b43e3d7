import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { HallId, milliseconds, silentLog } from "../../../protocol/index.ts";
import { type VirtualCounter, virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { type RunningTerminal, startTerminal, TerminalConfig, type TerminalView } from "../../../terminal/index.ts";
import { desired, TERMINAL } from "../../support/counter-messages.ts";
import { ScriptedController } from "../../support/scripted-controller.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { type Credentials, TestAuthority } from "../../support/test-authority.ts";
import { TestBroker } from "../../support/test-broker.ts";

// Proves a whole terminal: virtual devices, its own core and shell, a journal on a real file, mutual TLS to a real
// broker, and a controller's side of the stream that loses, restarts and is restored.

const HALL = HallId.parse("test");

let authority: TestAuthority;
let server: Credentials;
let directory: string;
let broker: TestBroker;
let controller: ScriptedController;
let counter: VirtualCounter;
let terminal: RunningTerminal | null;
let view: TerminalView | null;
let port: number;
let badges = 0;

beforeAll(async () => {
  authority = await TestAuthority.create();
  server = await authority.server();
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-terminal-"));
  const client = await authority.client(TERMINAL);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "key.pem"), client.key);
  writeFileSync(join(directory, "certificate.pem"), client.certificate);
  writeFileSync(join(directory, "authority.pem"), authority.certificate);
  writeFileSync(join(directory, "badge.key"), "ab".repeat(32));
  await lead(0);
  terminal = null;
});

afterEach(async () => {
  await terminal?.close();
  await broker.close();
  rmSync(directory, { recursive: true });
});

async function lead(onPort: number): Promise<void> {
  broker = await TestBroker.start({ server, authority: authority.certificate, port: onPort });
  controller = new ScriptedController(broker, HALL, TERMINAL);
  port = broker.port;
}

async function powerOn(): Promise<void> {
  const config = TerminalConfig.parse({
    hall: HALL,
    terminal: TERMINAL,
    controller: { host: "127.0.0.1", mqttPort: port },
    directory,
  });
  counter = virtualCounter(systemClock);
  const onView = (shown: TerminalView): void => {
    view = shown;
  };
  const random = new SeededRandom(3);
  terminal = await startTerminal({ config, devices: counter, clock: systemClock, random, log: silentLog, onView });
}

/** Looks again at every turn of the loop's timers: devices and views do not tell the broker. */
async function seen(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => void systemClock.after(milliseconds(5), resolve));
}

async function online(phase: Parameters<typeof desired>[1]): Promise<void> {
  controller.show(desired(1, phase));
  await powerOn();
  await seen(() => view?.connected === true && view.phase === phase);
  // The keys' dead time after the first face.
  await new Promise<void>((resolve) => void systemClock.after(milliseconds(1050), resolve));
}

const tap = (): void => {
  badges += 1;
  counter.badgeReader.tap(badges.toString(16).toUpperCase().padStart(8, "0") as CanonicalBadge);
};

test("birth, face, report: a terminal that is switched on shows what the controller says", async () => {
  controller.show(desired(4, "idle"));
  await powerOn();
  await broker.until(() => broker.on("reported").some(({ text }) => text.includes('"rev":4')));
  expect(controller.births[0]).toMatchObject({ status: "online", session: 1, boot: 1, head: 0, tail: 1, done: 0 });
  expect(controller.births[0]?.devices).toContainEqual({ device: "buttons", driver: "virtual-buttons", state: "ok" });
  expect(counter.nameplate.face.lines[0]).toMatchObject({ zh: "3号窗口 综合服务" });
});

test("a press goes out as an intent and its answer comes back to lamp and plate", async () => {
  await online("idle");
  counter.buttons.press("call", milliseconds(30));
  await seen(() => controller.stored.length === 1);
  expect(controller.stored[0]).toMatchObject({
    seq: 1,
    kind: "intent",
    type: "call-next",
    basis: { epoch: 7, position: 1 },
  });
  await seen(() => counter.buttons.lamps.call === "blink");
  controller.show(desired(2, "called"));
  await seen(() => view?.phase === "called" && counter.buttons.lamps.call === "on");
});

test("what is tapped while nobody is there arrives, in order, once somebody is", async () => {
  await broker.close();
  await powerOn();
  for (let i = 0; i < 20; i += 1) tap();
  await seen(() => counter.buttons.lastBeep?.count === 20);
  expect(counter.buttons.lastBeep?.pattern).toBe("accepted");
  await lead(port);
  await seen(() => controller.stored.length === 20);
  expect(controller.stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(controller.stored.every(({ type, synced }) => type === "badge-presented" && !synced)).toBe(true);
});

test("an input that got no answer is sent again", async () => {
  await online("idle");
  controller.isDeaf = true;
  tap();
  await broker.until(() => controller.envelopes.length === 1);
  controller.isDeaf = false;
  await broker.until(() => controller.envelopes.length === 2);
  await seen(() => controller.stored.length === 1);
});

test("a controller restored from a backup gets its history again", async () => {
  await online("idle");
  for (let i = 0; i < 12; i += 1) tap();
  await broker.until(() => controller.stored.length === 12);
  controller.restore(3);
  broker.cut();
  await broker.until(() => controller.stored.length === 12 && controller.births.length >= 2);
  expect(controller.stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
});

test("switched off and on, the stream goes on: next boot, next session, next seq", async () => {
  await online("idle");
  tap();
  await broker.until(() => controller.stored.length === 1);
  await terminal?.close();
  const last = broker.on("state").at(-1);
  expect(last?.client).toBe(TERMINAL);
  expect(JSON.parse(last?.text ?? "")).toMatchObject({ status: "lost", session: 1 });
  await powerOn();
  await broker.until(() => controller.births.length === 2);
  tap();
  await broker.until(() => controller.stored.length === 2);
  const [first, second] = controller.births;
  expect(second?.stream).toBe(first?.stream);
  expect(second).toMatchObject({ boot: 2, session: 2, head: 1 });
  expect(controller.stored[1]).toMatchObject({ seq: 2, boot: 2 });
});

test("the same badge has one digest, and its number is nowhere on the wire", async () => {
  await online("idle");
  counter.badgeReader.tap("0A1B2C3D4E" as CanonicalBadge);
  await broker.until(() => controller.stored.length === 1);
  // HMAC-SHA256 of "0A1B2C3D4E" under 32 bytes of 0xab, computed with openssl.
  expect(controller.stored[0]?.body).toEqual({
    badge: "db5ae778818ddc31d7c162e201cf0bc218c200d77e1959e5b8ae4867ca29ce05",
  });
  expect(broker.published.some(({ text }) => /0a1b2c3d4e/iu.test(text))).toBe(false);
});

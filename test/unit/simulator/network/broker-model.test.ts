import { expect, test } from "vitest";
import { TerminalId, topics } from "../../../../protocol/index.ts";
import { BrokerModel } from "../../../../simulator/network/broker-model.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { Life } from "../../../../simulator/time/life.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";
import { SIM_HALL } from "../../../../simulator/world-plan.ts";

const T01 = TerminalId.parse("t01");

function world({ isOutside = false } = {}) {
  const scheduler = new Scheduler();
  scheduler.onDispatch((_life, run) => run());
  const weather = {
    quality: () => ({ delayMs: 1, jitterMs: 20, duplicates: 0, dropsQos0: 0 }),
    isParted: () => false,
    willDelayMs: () => 0,
    straggles: () => false,
  };
  const told = { overhears: () => {}, onSession: () => {}, onWill: () => {} };
  const broker = new BrokerModel({ scheduler, chance: new Chance(1), weather, hall: SIM_HALL, isOutside, ...told });
  const heard: string[] = [];
  const controller = new Life("controller", 1);
  const receive = (_terminal: TerminalId, branch: string, text: string): null => {
    heard.push(`${branch} ${text}`);
    return null;
  };
  if (!isOutside) broker.open(controller, receive);
  const seen: string[] = [];
  const client = {
    life: new Life("t01", 1),
    onUp: () => void seen.push("up"),
    onDown: (reason: string) => void seen.push(`down ${reason}`),
    onMessage: (_topic: string, text: string) => void seen.push(text),
  };
  const run = (ms: number): void => void scheduler.runUntil(scheduler.nowUs + ms * 1000, 100_000);
  const hosted: string[] = [];
  const join = (life: Life, will: string): void =>
    broker.joinHost({
      life,
      receive,
      will: () => [UP_HALL, will, { qos: 1, retain: true }],
      onUp: () => void hosted.push("up"),
      onDown: () => void hosted.push("down"),
    });
  return { scheduler, broker, heard, seen, client, run, join, hosted, controller };
}

const UP_HALL = topics.hall(SIM_HALL, "controller");
const UP = topics.terminal(SIM_HALL, T01, "up");
const DESIRED = topics.terminal(SIM_HALL, T01, "desired");

test("a jittery line keeps the order of what is sent over it", () => {
  const { broker, client, heard, run } = world();
  const connection = broker.connect(T01, "will", client);
  run(500);
  for (let n = 0; n < 50; n += 1) broker.say(connection, UP, String(n), { qos: 1, retained: false });
  run(500);
  expect(heard).toEqual(Array.from({ length: 50 }, (_, n) => `up ${n}`));
});

test("what is retained meets whoever connects, until the broker restarts and forgets it", () => {
  const { broker, client, seen, run } = world();
  broker.publish(DESIRED, "face 1", { qos: 1, retain: true });
  broker.connect(T01, "will", client);
  run(500);
  expect(seen).toEqual(["up", "face 1"]);
  broker.die(false);
  broker.open(new Life("controller", 2), () => null);
  broker.connect(T01, "will", client);
  run(500);
  expect(seen).toEqual(["up", "face 1", "down ECONNRESET", "up"]);
});

test("a reset costs what is under way, and publishes the will", () => {
  const { broker, client, heard, seen, run } = world();
  const connection = broker.connect(T01, "will", client);
  run(500);
  broker.say(connection, UP, "under way", { qos: 1, retained: false });
  broker.reset(T01);
  run(500);
  expect(heard).toEqual(["state will"]);
  expect(seen).toEqual(["up", "down closed"]);
});

test("a half-open line is believed in by both ends until their keepalives run out", () => {
  const { broker, client, heard, seen, run } = world();
  broker.connect(T01, "will", client);
  run(500);
  broker.block(T01, "both");
  run(7_000);
  expect([seen, heard]).toEqual([["up"], []]);
  run(10_000);
  expect(seen).toEqual(["up", "down keepalive"]);
  expect(heard).toEqual(["state will"]);
});

test("a line that is free again in time lets through what it held back", () => {
  const { broker, client, heard, run } = world();
  const connection = broker.connect(T01, "will", client);
  run(500);
  broker.block(T01, "up");
  broker.say(connection, UP, "held back", { qos: 1, retained: false });
  run(5_000);
  expect(heard).toEqual([]);
  broker.free(T01);
  run(20_000);
  expect(heard).toEqual(["up held back"]);
});

test("the same terminal again takes over, and the older session's will comes before the newer one's words", () => {
  const { broker, client, heard, run } = world();
  broker.connect(T01, "old will", client);
  run(500);
  const newer = broker.connect(T01, "new will", client);
  run(500);
  broker.say(newer, UP, "hello", { qos: 1, retained: false });
  run(500);
  expect(heard).toEqual(["state old will", "up hello"]);
});

// Behind a broker of its own: sessions outlive the controller, and the controller outlives the broker's memory.
test("a broker outside tells a controller what was kept, and says its will when it is gone", () => {
  const { broker, client, heard, seen, run, join, hosted, controller } = world({ isOutside: true });
  const connection = broker.connect(T01, "lost", client);
  run(500);
  broker.say(connection, topics.terminal(SIM_HALL, T01, "state"), "born", { qos: 1, retained: true });
  run(500);
  expect(heard).toEqual([]);
  join(controller, "controller is gone");
  run(500);
  expect([hosted, heard]).toEqual([["up"], ["state born"]]);
  broker.die(false);
  run(500);
  expect(seen).toEqual(["up", "controller is gone"]);
});

test("a broker outside that restarts has forgotten everything, says no will, and is away meanwhile", () => {
  const { broker, client, heard, seen, run, join, hosted, controller } = world({ isOutside: true });
  broker.publish(DESIRED, "face 1", { qos: 1, retain: true });
  broker.connect(T01, "lost", client);
  join(controller, "controller is gone");
  run(500);
  broker.restart(5_000);
  run(500);
  expect([seen, hosted]).toEqual([
    ["up", "face 1", "down ECONNRESET"],
    ["up", "down"],
  ]);
  broker.connect(T01, "lost", client);
  join(controller, "controller is gone");
  run(500);
  expect(seen.at(-1)).toBe("down ECONNREFUSED");
  expect(hosted).toEqual(["up", "down", "down"]);
  run(5_000);
  broker.connect(T01, "lost", client);
  run(500);
  expect(seen.at(-1)).toBe("up");
  expect(heard).toEqual([]);
});

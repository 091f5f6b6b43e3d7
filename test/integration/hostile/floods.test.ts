import { beforeAll, expect, test } from "vitest";
import { FOREIGN_FILTERS_MAX, TRAFFIC_LIMITS } from "../../../controller/adapters/broker/broker-limits.ts";
import type { RefusalCode } from "../../../controller/terminals/refusal-book.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { elapsed, KEEPALIVE_SECONDS_MAX, topics } from "../../../protocol/index.ts";
import { PING } from "../broker/mqtt-bytes.ts";
import { stateText } from "../broker/wills.ts";
import {
  type BesiegedHall,
  besiegedHall,
  closing,
  type Credentials,
  ownTopic,
  passed,
  tlsSocket,
} from "./besieged-hall.ts";
import { admitted, answered, hostileConnect, publish, subscribe, unsubscribe } from "./hostile-bytes.ts";
import { refused, withstand } from "./siege.ts";

// Too much of what is allowed, over real sockets, from a terminal whose certificate is good: it is slowed, then cut
// off, and coming back does not fill its budget up again.

let hall: BesiegedHall;
beforeAll(async () => {
  hall = await besiegedHall();
  return () => hall.close();
});

const TENTH_MS = 100;
/** PUBLISH, QoS 1, retained. */
const STATE = 0x33;

/** Sends `packet` 10,000 times a second, for two seconds; whenever it is cut off it comes back at once. */
async function flood(enemy: Credentials, packet: Buffer): Promise<void> {
  const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => packet));
  let socket = await admitted(hall, enemy);
  for (let tenth = 0; tenth < 20; tenth += 1) {
    if (socket.destroyed) {
      socket = await tlsSocket(hall.port, enemy);
      socket.write(hostileConnect(enemy));
    }
    socket.write(thousand);
    await passed(TENTH_MS);
  }
  socket.destroy();
}

const times = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => of(at));

test.each<readonly [string, RefusalCode, (enemy: Credentials) => Buffer]>([
  ["10,000 messages a second", "flood", (enemy) => publish(ownTopic(hall.hall, enemy, "health"), "{}", 0x30)],
  [
    "10,000 births a second",
    "throttled",
    (enemy) => publish(ownTopic(hall.hall, enemy, "state"), stateText("online"), STATE),
  ],
  ["10,000 pings a second", "flood", () => PING],
  ["10,000 subscriptions a second", "flood", (enemy) => subscribe([ownTopic(hall.hall, enemy, "desired")])],
  ["10,000 unsubscriptions a second", "flood", (enemy) => unsubscribe([ownTopic(hall.hall, enemy, "desired")])],
])("%s", async (title, code, packet) => {
  const enemy = await hall.enemy();
  await withstand(hall, title, () => flood(enemy, packet(enemy)));
  await refused(hall, code, enemy.terminal);
});

test("what a terminal gets through in all its connections is what one terminal may send", async () => {
  const enemy = await hall.enemy();
  const begun = systemClock.mono();
  const births = [stateText("online", 2), ...times(300, () => stateText("online", 1))];
  const packets = Buffer.concat(births.map((body) => publish(ownTopic(hall.hall, enemy, "state"), body, STATE)));
  for (let connections = 0; connections < 10; connections += 1) {
    const socket = await admitted(hall, enemy);
    socket.write(packets);
    await passed(TENTH_MS);
    socket.destroy();
  }
  const { count } = await refused(hall, "old-session", enemy.terminal); // Each birth after the first is told as that.
  const { burst, debt, perSecond } = TRAFFIC_LIMITS.publishes;
  const seconds = elapsed(begun, systemClock.mono()) / 1_000;
  expect(count).toBeLessThanOrEqual(burst + debt + seconds * perSecond);
});

test("a storm of 10,000 filters, and of 10,000 taken back", async () => {
  const [storm, back] = [await hall.enemy(), await hall.enemy()];
  const filters = times(3_000, (at) => `x${at}`);
  await withstand(hall, "10,000 filters", async () => {
    const socket = await admitted(hall, storm);
    for (let packets = 0; packets < 4; packets += 1) socket.write(subscribe(filters.slice(0, 1_500)));
    const other = await admitted(hall, back);
    const gone = answered(other, Buffer.from([0xb0]));
    for (let packets = 0; packets < 7; packets += 1) other.write(unsubscribe(filters.slice(0, 1_500)));
    await Promise.all([closing(socket), gone]);
  });
  const { count } = await refused(hall, "foreign-subscription", storm.terminal);
  expect(count).toBe(FOREIGN_FILTERS_MAX);
  await refused(hall, "subscribe-storm", storm.terminal);
});

// How much it takes until it is dropped is the kernel's affair: integration/broker/traffic.test.ts brings that about.
test("a subscriber that stops reading holds nobody up", async () => {
  const enemy = await hall.enemy();
  const socket = await admitted(hall, enemy, { keepalive: KEEPALIVE_SECONDS_MAX });
  const granted = answered(socket, Buffer.from([0x90]));
  socket.write(subscribe([topics.hall(hall.hall, "board"), ownTopic(hall.hall, enemy, "desired")]));
  await granted;
  socket.pause();
  await withstand(hall, "a frozen subscriber", async () => {
    for (let ticket = 0; ticket < 100; ticket += 1) await issueTicket();
  });
  socket.destroy();
});

/** Each ticket changes the board, which every subscriber is sent whole. */
async function issueTicket(): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${hall.base}/api/tickets`, { method: "POST", headers, body: '{"service":"apply"}' });
}

import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { beforeAll, expect, test } from "vitest";
import { STRANGERS_PER_ADDRESS_MAX, TRAFFIC_LIMITS } from "../../../controller/adapters/broker/broker-limits.ts";
import { type BesiegedHall, besiegedHall, type Credentials, passed, tlsSocket } from "./besieged-hall.ts";
import { hostileConnect } from "./hostile-bytes.ts";
import { refused, withstand } from "./siege.ts";

// Sockets by the thousand, silent, slow, strange or with a good certificate: they wait in their own line, are counted,
// and those who are served already notice nothing.

let hall: BesiegedHall;
beforeAll(async () => {
  hall = await besiegedHall();
  return () => hall.close();
});

const THOUSAND = 1_000;
const many = <T>(count: number, open: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => open(at));

function tcp(): Socket {
  const socket = connectTcp({ host: "127.0.0.1", port: hall.port });
  return socket.on("error", () => {});
}

function tls(credentials?: Credentials): Socket {
  const { key, cert } = credentials ?? {};
  const socket = connectTls({ host: "127.0.0.1", port: hall.port, key, cert, rejectUnauthorized: false });
  socket.on("error", () => {});
  if (credentials !== undefined) socket.once("secureConnect", () => socket.write(hostileConnect(credentials)));
  return socket;
}

async function allClosed(sockets: readonly Socket[]): Promise<void> {
  await Promise.all(
    sockets.map((socket) => new Promise<void>((done) => (socket.closed ? done() : socket.once("close", () => done())))),
  );
}

/** The header of a TLS record of 16 KiB, of which one byte comes every 200 ms. */
const SLOW_HELLO = Buffer.from([0x16, 3, 1, 0x40, 0]);

test("1,000 connections that say nothing, or one byte now and then", async () => {
  let strangers = 0;
  await withstand(hall, "1,000 silent and dribbling connections", async () => {
    const sockets = many(THOUSAND, tcp);
    const dribble = setInterval(() => {
      for (const socket of sockets.slice(0, 100)) socket.write(SLOW_HELLO);
    }, 200);
    await passed(500);
    strangers = await hall.metric("hallward_broker_strangers");
    await allClosed(sockets);
    clearInterval(dribble);
  });
  expect(strangers).toBeLessThanOrEqual(STRANGERS_PER_ADDRESS_MAX);
  await refused(hall, "too-many-connections", "127.0.0.1", THOUSAND - STRANGERS_PER_ADDRESS_MAX);
  await refused(hall, "slow-handshake", "127.0.0.1", STRANGERS_PER_ADDRESS_MAX);
  expect(await hall.metric("hallward_broker_strangers")).toBe(0);
});

test("1,000 connections that speak plain MQTT", async () => {
  const enemy = await hall.enemy();
  await withstand(hall, "1,000 connections without TLS", async () => {
    const sockets = many(THOUSAND, tcp);
    for (const socket of sockets) socket.write(hostileConnect(enemy));
    await allClosed(sockets);
  });
  await refused(hall, "handshake", "127.0.0.1", 100);
});

test("1,000 TLS connections without a certificate", async () => {
  await withstand(hall, "1,000 connections without a certificate", () => allClosed(many(THOUSAND, () => tls())));
  await refused(hall, "no-certificate", "127.0.0.1", 100);
});

test("1,000 connections with one good certificate, and a storm of its reconnects", async () => {
  const enemy = await hall.enemy();
  await withstand(hall, "1,000 connections of one terminal", async () => {
    const sockets = many(THOUSAND, () => tls(enemy));
    await refused(hall, "reconnect-storm", enemy.terminal, 300);
    for (const socket of sockets) socket.destroy();
    await allClosed(sockets);
  });
  expect(await hall.metric("hallward_broker_connections")).toBeLessThanOrEqual(hall.bystandersCount + 1);
});

test("a terminal's fifth connection ends its oldest", async () => {
  const enemy = await hall.enemy();
  const sockets = [];
  for (let count = 0; count < 5; count += 1) sockets.push(await tlsSocket(hall.port, enemy));
  await refused(hall, "too-many-sessions", enemy.terminal);
  expect(sockets.map(({ destroyed }) => destroyed).filter(Boolean).length).toBeLessThanOrEqual(1);
});

test("a terminal that connects again and again is let in as often as its budget says", async () => {
  const enemy = await hall.enemy();
  const { burst } = TRAFFIC_LIMITS.connects;
  for (let count = 0; count < burst + 10; count += 1) {
    const socket = await tlsSocket(hall.port, enemy);
    const answered = new Promise((resolve) => socket.once("data", resolve).once("close", resolve));
    socket.write(hostileConnect(enemy));
    await answered;
    socket.destroy();
  }
  await refused(hall, "reconnect-storm", enemy.terminal, 5);
});

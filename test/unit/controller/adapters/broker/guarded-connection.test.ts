import { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { milliseconds } from "../../../../../protocol/index.ts";
import { TRAFFIC_LIMITS } from "../../../../../controller/adapters/broker/broker-limits.ts";
import { GuardedConnection } from "../../../../../controller/adapters/broker/guarded-connection.ts";
import { TrafficGate } from "../../../../../controller/adapters/broker/traffic-gate.ts";
import { systemClock } from "../../../../../hardware/system/system-clock.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// What is written in one turn of the event loop goes out together; a PUBACK waits for the answer that comes after it.

function connected() {
  const writes: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString("latin1"));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => (chunk as Buffer).toString("latin1")).join(""));
      done();
    },
  });
  const clock = new VirtualClock();
  const gate = new TrafficGate(clock, TRAFFIC_LIMITS);
  const parts = { socket: socket as TLSSocket, gate, clock, onRefused: () => {}, onThrottled: () => {} };
  return { connection: new GuardedConnection(parts), clock, writes };
}

/** The streams themselves go on by the machine's own loop. */
async function turn(clock: VirtualClock): Promise<void> {
  clock.advance(milliseconds(0));
  await new Promise<void>((resolve) => systemClock.soon(resolve));
}

test("packets of one turn are one write, those of the next another", async () => {
  const { connection, clock, writes } = connected();
  connection.write("0first");
  connection.write("0second");
  expect(writes).toEqual([]);
  await turn(clock);
  connection.write("0third");
  await turn(clock);
  expect(writes).toEqual(["0first0second", "0third"]);
});

test("a PUBACK goes out with what is written in the turn after it, and alone if nothing is", async () => {
  const { connection, clock, writes } = connected();
  const puback = Buffer.from([0x40, 2, 0, 1]);
  connection.write(puback);
  clock.soon(() => connection.write("0answer"));
  await turn(clock);
  connection.write(puback);
  await turn(clock);
  const text = puback.toString("latin1");
  expect(writes).toEqual([`${text}0answer`, text]);
});

test("what waits goes out before the end", () => {
  const { connection, writes } = connected();
  connection.write("0last");
  connection.end();
  expect(writes).toEqual(["0last"]);
});

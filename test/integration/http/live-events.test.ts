import { expect, test } from "vitest";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { readEvents } from "./event-reader.ts";
import { as, startStubServer } from "./stub-desk.ts";

// Pages that follow the hall: the whole picture first, then every change, and nobody costs unbounded memory.

test("a new page gets the whole picture, then what changed, with ids in order", async () => {
  const { base, server, desk } = await startStubServer();
  const page = await readEvents(`${base}/api/events`);
  const first = [await page.next()];
  expect(first.map(({ event }) => event)).toEqual(["board"]);
  desk.waiting = 4;
  server.changed();
  const changes = [await page.next()];
  expect(changes.map(({ event }) => event)).toEqual(["board"]);
  expect(changes[0]?.data).toMatchObject({ waiting: [{ waiting: 4 }] });
  const ids = [...first, ...changes].map(({ id }) => Number(id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(server.listeners).toBe(1);
});

test("what changed while a second page came in reaches the first one too", async () => {
  const { base, desk } = await startStubServer();
  const first = await readEvents(`${base}/api/events`);
  await first.next();
  desk.waiting = 9;
  await readEvents(`${base}/api/events`);
  expect((await first.next()).data).toMatchObject({ waiting: [{ waiting: 9 }] });
});

test("a page that does not read gets the latest picture when it does, not all of them", async () => {
  const clock = new VirtualClock();
  const { base, server, desk } = await startStubServer(clock);
  const slow = await readEvents(`${base}/api/events`);
  const quick = await readEvents(`${base}/api/events`);
  await Promise.all([slow.next(), quick.next()]);
  desk.name = "x".repeat(256 * 1024); // More than the sockets of a page that does not read can hold, soon.
  slow.pause();
  const rounds = 60;
  for (let round = 1; round <= rounds; round += 1) {
    desk.waiting = 100 + round;
    server.changed();
    clock.advance(milliseconds(100));
    await quick.next();
  }
  slow.resume();
  let seen = 0;
  for (let waiting = 0; waiting !== 100 + rounds; seen += 1) {
    const { waiting: queues } = (await slow.next()).data as { waiting: readonly { waiting: number }[] };
    waiting = queues[0]?.waiting ?? 0;
  }
  expect(seen).toBeLessThan(rounds);
});

test("a page that has taken nothing for two heartbeats is cut off", async () => {
  const clock = new VirtualClock();
  const { base, server, desk } = await startStubServer(clock);
  const page = await readEvents(`${base}/api/events`);
  await page.next();
  page.pause();
  for (let size = 1; server.listeners > 0; size += 1) {
    expect(size).toBeLessThan(100);
    desk.name = "x".repeat(size * 256 * 1024);
    server.changed();
    clock.advance(seconds(15));
    await new Promise((resolve) => setImmediate(resolve));
  }
});

test("closing the server ends every stream", async () => {
  const { base, server } = await startStubServer();
  const page = await readEvents(`${base}/api/events`);
  await server.close();
  await page.ended;
  expect(server.listeners).toBe(0);
});

test("those who run the hall have a stream of their own, once a second at most, and no board hears it", async () => {
  const clock = new VirtualClock();
  const { base, server, desk } = await startStubServer(clock);
  const manager = await readEvents(`${base}/api/overview/events`, as("manager"));
  const board = await readEvents(`${base}/api/events`);
  for (const event of ["overview", "terminals", "refusals"]) expect((await manager.next()).event).toBe(event);
  expect((await board.next()).event).toBe("board");
  desk.waiting = 4;
  server.changed();
  clock.advance(milliseconds(999));
  expect((await board.next()).event).toBe("board");
  desk.waiting = 5;
  clock.advance(milliseconds(1));
  expect((await manager.next()).data).toMatchObject({ today: { waiting: 5 } });
  expect(server.listeners).toBe(2);
});

test("a stream of the hall ends with the session that opened it", async () => {
  const clock = new VirtualClock();
  const { base, server, desk, door } = await startStubServer(clock);
  const page = await readEvents(`${base}/api/overview/events`, as("manager"));
  for (let count = 0; count < 3; count += 1) await page.next();
  door.gone.add("manager");
  desk.waiting = 8;
  server.changed();
  clock.advance(seconds(1));
  await page.ended;
  expect(server.listeners).toBe(0);
});

test("a quiet stream ends too, at the next heartbeat", async () => {
  const clock = new VirtualClock();
  const { base, door } = await startStubServer(clock);
  const page = await readEvents(`${base}/api/overview/events`, as("inspector"));
  for (let count = 0; count < 3; count += 1) await page.next();
  door.gone.add("inspector");
  clock.advance(seconds(15));
  await page.ended;
});

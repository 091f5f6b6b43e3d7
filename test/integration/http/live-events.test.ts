import { expect, test } from "vitest";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { readEvents } from "./event-reader.ts";
import { startStubServer } from "./stub-desk.ts";

// Pages that follow the hall: the whole picture first, then every change, and nobody costs unbounded memory.

test("a new page gets the whole picture, then what changed, with ids in order", async () => {
  const { base, server, desk } = await startStubServer();
  const page = await readEvents(`${base}/api/events`);
  const first = [await page.next(), await page.next(), await page.next()];
  expect(first.map(({ event }) => event)).toEqual(["board", "counters", "terminals"]);
  desk.waiting = 4;
  server.changed();
  const changes = [await page.next(), await page.next()];
  expect(changes.map(({ event }) => event)).toEqual(["board", "counters"]);
  expect(changes[0]?.data).toMatchObject({ waiting: [{ waiting: 4 }] });
  const ids = [...first, ...changes].map(({ id }) => Number(id));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  expect(server.listeners).toBe(1);
});

test("what changed while a second page came in reaches the first one too", async () => {
  const { base, desk } = await startStubServer();
  const first = await readEvents(`${base}/api/events`);
  for (let count = 0; count < 3; count += 1) await first.next();
  desk.waiting = 9;
  await readEvents(`${base}/api/events`);
  expect((await first.next()).data).toMatchObject({ waiting: [{ waiting: 9 }] });
});

test("a page that does not read gets the latest picture when it does, not all of them", async () => {
  const clock = new VirtualClock();
  const { base, server, desk } = await startStubServer(clock);
  const slow = await readEvents(`${base}/api/events`);
  const quick = await readEvents(`${base}/api/events`);
  for (let count = 0; count < 3; count += 1) await Promise.all([slow.next(), quick.next()]);
  desk.name = "x".repeat(256 * 1024); // More than the sockets of a page that does not read can hold, soon.
  slow.pause();
  const rounds = 60;
  for (let round = 1; round <= rounds; round += 1) {
    desk.waiting = 100 + round;
    server.changed();
    clock.advance(milliseconds(100));
    for (let event = ""; event !== "counters"; event = (await quick.next()).event);
  }
  slow.resume();
  let seen = 0;
  for (let waiting = 0; waiting !== 100 + rounds; seen += 1) {
    const { event, data } = await slow.next();
    if (event === "counters") waiting = (data as { waiting: number }[])[0]?.waiting ?? 0;
  }
  expect(seen).toBeLessThan(rounds);
});

test("a page that has taken nothing for two heartbeats is cut off", async () => {
  const clock = new VirtualClock();
  const { base, server, desk } = await startStubServer(clock);
  const page = await readEvents(`${base}/api/events`);
  for (let count = 0; count < 3; count += 1) await page.next();
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
  const manager = await readEvents(`${base}/api/overview/events`);
  const board = await readEvents(`${base}/api/events`);
  for (const event of ["overview", "terminals", "refusals"]) expect((await manager.next()).event).toBe(event);
  for (const event of ["board", "counters", "terminals"]) expect((await board.next()).event).toBe(event);
  desk.waiting = 4;
  server.changed();
  clock.advance(milliseconds(999));
  expect((await board.next()).event).toBe("board");
  desk.waiting = 5;
  clock.advance(milliseconds(1));
  expect((await manager.next()).data).toMatchObject({ today: { waiting: 5 } });
  expect(server.listeners).toBe(2);
});

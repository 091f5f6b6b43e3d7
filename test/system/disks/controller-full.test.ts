import { expect, test, vi } from "vitest";
import type { HallOverview } from "../../../controller/projections/hall-overview.ts";
import { startHall } from "../../integration/controller/running-hall.ts";
import { smallDisk } from "./small-disk.ts";

// A controller whose disk others fill: what is committed can be read on, nothing more is promised to anybody, the hall
// page says so, and when there is room again everything goes on without a hand.

const SOON = { timeout: 30_000, interval: 50 };
const ticket = { service: "apply" };

test("a full disk: reads go on, nothing is issued, one alarm; with room it goes on by itself", async () => {
  const disk = smallDisk();
  const hall = await startHall(disk.directory);
  const overview = async () => (await hall.get("/api/overview")) as unknown as HallOverview;
  expect((await hall.post("/api/tickets", ticket)).status).toBe(201);
  disk.fill();
  const given: string[] = [];
  // A write-ahead log has room of its own for a while.
  await vi.waitFor(async () => {
    const answer = await hall.post("/api/tickets", ticket);
    const body = (await answer.json()) as { number?: string; code?: string };
    if (body.number !== undefined) given.push(body.number);
    expect([answer.status, body.code]).toEqual([503, "hall-cannot-write"]);
  }, SOON);
  const full = await overview();
  expect(full.alarms.map(({ code }) => code)).toEqual(["store-full"]);
  expect(full.today.issued).toBe(given.length + 1);
  expect((await hall.post("/api/tickets", ticket)).status).toBe(503);
  expect((await overview()).today.issued).toBe(given.length + 1);
  for (const path of ["/api/board", "/api/kiosk", "/hall"]) {
    expect((await fetch(`${hall.base}${path}`)).status).toBe(200);
  }
  expect((await fetch(`${hall.base}/readyz`)).status).toBe(503);
  expect(hall.fatal).toEqual([]);

  disk.free();
  const next = await vi.waitFor(async () => {
    const answer = await hall.post("/api/tickets", ticket);
    expect(answer.status).toBe(201);
    return (await answer.json()) as { number: string };
  }, SOON);
  expect(given).not.toContain(next.number);
  const well = await overview();
  expect(well.alarms).toEqual([]);
  expect(well.today.issued).toBe(given.length + 2);
  expect((await fetch(`${hall.base}/readyz`)).status).toBe(200);
});

test("a disk that is full at the start: the hall comes up to be looked at, and begins when there is room", async () => {
  const disk = smallDisk();
  const before = await startHall(disk.directory);
  expect((await before.post("/api/tickets", ticket)).status).toBe(201);
  const { epoch } = (await before.get("/api/board")) as { epoch: number };
  await before.controller.close();
  disk.fill();
  const hall = await startHall(disk.directory);
  const issued = (await hall.get("/api/overview")) as unknown as HallOverview;
  expect(issued.today.issued).toBe(1);
  // The ballast's room may have been enough to begin; once it is used up, the hall says so.
  disk.fill();
  await vi.waitFor(async () => expect((await hall.post("/api/tickets", ticket)).status).toBe(503), SOON);
  disk.free();
  await vi.waitFor(async () => expect((await hall.post("/api/tickets", ticket)).status).toBe(201), SOON);
  expect((await hall.get("/api/board")) as { epoch: number }).toMatchObject({ epoch: epoch + 1 });
  expect(hall.fatal).toEqual([]);
});

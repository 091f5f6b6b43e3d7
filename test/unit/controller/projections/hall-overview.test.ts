// Proves that the managers' picture follows the hall: who is where, what waits, what is asked for, how the day goes.
import { expect, test } from "vitest";
import { HallOverview, hallOverview } from "../../../../controller/projections/hall-overview.ts";
import { emptyHall } from "../../../../controller/core/state.ts";
import { present } from "../../../../protocol/index.ts";
import { counterId, TestHall, testConfiguration } from "../../../support/test-hall.ts";

const overview = (hall: TestHall): HallOverview => HallOverview.parse(hallOverview(hall.hall, hall.now));
const at = (hall: TestHall, n: number) =>
  present(
    overview(hall).counters.find(({ counter }) => counter === counterId(n)),
    `counter ${n}`,
  );
const queueA = (hall: TestHall) => present(overview(hall).queues[0], "queue a");

function openHall(): TestHall {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.wait(10_000, 1_000);
  return hall;
}

test("a hall that is not configured has no picture", () => {
  expect(hallOverview(emptyHall(), 0 as TestHall["now"])).toBeNull();
});

test("a rostered window with nobody on duty is vacant while the hall works", () => {
  const hall = openHall();
  expect(overview(hall).working).toBe(true);
  expect([at(hall, 1).vacant, at(hall, 2).vacant]).toEqual([false, true]);
  hall.wait(4 * 3_600_000, 60_000); // 13:00: noon, nobody need be there.
  expect(overview(hall).working).toBe(false);
  expect(at(hall, 2).vacant).toBe(false);
});

test("waiting, longest wait and today's figures", () => {
  const hall = openHall();
  const firstAt = hall.now;
  hall.ticket();
  hall.wait(5_000);
  hall.ticket();
  expect(queueA(hall)).toMatchObject({ waiting: 2, longestSinceMs: firstAt, issued: 2, served: 0, open: 1 });
  hall.input(1, "call-next");
  expect(queueA(hall)).toMatchObject({ waiting: 1, longestSinceMs: firstAt + 5_000 });
  expect(at(hall, 1)).toMatchObject({ phase: "called", ticketNumber: "A001", callCount: 1, sinceMs: hall.now });
  const visit = hall.visit(1);
  hall.input(1, "service-started", visit);
  hall.input(1, "service-finished", visit);
  expect(overview(hall).today).toMatchObject({ issued: 2, served: 1, waiting: 1 });
});

test("ratings are told as participation alone, once their window is over", () => {
  const hall = openHall();
  const rated = hall.serve(1);
  hall.input(1, "service-finished", rated);
  expect(at(hall, 1).ratings).toEqual({ asked: 0, given: 0 });
  hall.input(1, "rating-given", { ...rated, level: 1 });
  hall.input(1, "service-finished", hall.serve(1));
  hall.wait(61_000, 1_000);
  expect(at(hall, 1).ratings).toEqual({ asked: 2, given: 1 });
  expect(overview(hall).today).toMatchObject({ ratingsAsked: 2, ratingsGiven: 1 });
  expect(JSON.stringify(overview(hall))).not.toContain("level");
});

test("a call for assistance is told with its instant until it is answered", () => {
  const hall = openHall();
  hall.input(1, "assistance-requested");
  expect(at(hall, 1).assistanceSinceMs).toBe(hall.now);
  hall.run({ type: "clear-assistance", counterId: counterId(1) });
  expect(at(hall, 1).assistanceSinceMs).toBeNull();
});

test("a pause is told with its reason and since when", () => {
  const hall = openHall();
  hall.input(1, "pause");
  expect(at(hall, 1)).toMatchObject({ phase: "paused", pause: { reason: { zh: "暂离" }, sinceMs: hall.now } });
  expect(queueA(hall).open).toBe(0);
});

test("a held ticket is named at its counter and no longer waits", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "hold", visit);
  expect(at(hall, 1).held).toEqual({ count: 1, numbers: ["A001"] });
  expect(overview(hall).today).toMatchObject({ held: 1, waiting: 0 });
});

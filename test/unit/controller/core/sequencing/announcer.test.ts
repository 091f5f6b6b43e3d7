import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import { boardOf } from "../../../../../controller/projections/board.ts";
import { TestHall, testConfiguration, typesOf } from "../../../../support/test-hall.ts";

// Announcements: one voice per zone, none overwritten, recalls in their turn; the text is on the board at once and
// stays for its time, whatever becomes of the visit.

function openHall(zones: readonly string[]): TestHall {
  const plain = testConfiguration(zones.length);
  const counters = plain.counters.map((counter, index) => ({ ...counter, zone: zones[index] }));
  const hall = new TestHall(HallConfiguration.parse({ ...plain, counters }));
  zones.forEach((_, index) => hall.signOn(index + 1));
  zones.forEach(() => hall.ticket());
  hall.ticket();
  hall.wait(5_000);
  return hall;
}

const lines = (hall: TestHall) =>
  boardOf(hall.hall, hall.now).lines.map(({ ticketNumber, phase }) => `${ticketNumber} ${phase}`);
const voices = (hall: TestHall) =>
  boardOf(hall.hall, hall.now).announcing.map(
    ({ zone, ticketNumber, callCount }) => `${zone} ${ticketNumber}/${callCount}`,
  );

test("one zone, one voice: of three calls within a second each is announced in its own slot, in their order", () => {
  const hall = openHall(["hall", "hall", "hall"]);
  const heard = [1, 2, 3].flatMap((n) => {
    hall.wait(250);
    hall.input(n, "call-next");
    return voices(hall);
  });
  expect(heard).toEqual(["hall A001/1", "hall A001/1", "hall A001/1"]);
  hall.wait(5_000);
  expect(voices(hall)).toEqual(["hall A002/1"]);
  hall.wait(5_000);
  expect(voices(hall)).toEqual(["hall A003/1"]);
  hall.wait(5_000);
  expect(voices(hall)).toEqual([]);
});

test("two zones speak at the same time, and neither waits for the other", () => {
  const hall = openHall(["east", "west", "west"]);
  expect(typesOf(hall.input(1, "call-next"))).toContain("call.announced");
  expect(typesOf(hall.input(2, "call-next"))).toContain("call.announced");
  expect(typesOf(hall.input(3, "call-next"))).not.toContain("call.announced");
  expect(voices(hall)).toEqual(["east A001/1", "west A002/1"]);
  hall.wait(5_000);
  expect(voices(hall)).toEqual(["west A003/1"]);
});

test("a recall waits its turn behind the call that was there first", () => {
  const hall = openHall(["hall", "hall"]);
  hall.input(1, "call-next");
  hall.wait(4_750);
  hall.input(2, "call-next");
  hall.wait(250);
  expect(voices(hall)).toEqual(["hall A002/1"]);
  hall.input(1, "recall", hall.visit(1));
  expect(voices(hall)).toEqual(["hall A002/1"]);
  hall.wait(5_000);
  expect(voices(hall)).toEqual(["hall A001/2"]);
});

test("calls that fall into one tick are announced one after the other", () => {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.signOn(2);
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  hall.ticket();
  hall.ticket();
  const announced = hall.wait(6_000).filter(({ type }) => type === "call.announced");
  expect(announced).toHaveLength(1);
  expect(hall.wait(5_000).filter(({ type }) => type === "call.announced")).toHaveLength(1);
});

test("the board shows the text at once, the newest call on top, though the voice is still busy", () => {
  const hall = openHall(["hall", "hall"]);
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  expect(lines(hall)).toEqual(["A002 called", "A001 called"]);
});

test("a recall puts its line on top again", () => {
  const hall = openHall(["hall", "hall"]);
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  hall.wait(10_000);
  hall.input(1, "recall", hall.visit(1));
  expect(lines(hall)).toEqual(["A001 called", "A002 called"]);
  hall.wait(30_000);
  expect(lines(hall)).toEqual(["A001 called", "A002 called"]);
});

test("a line stays for 5 s even if the visit ends sooner, and no longer", () => {
  const hall = openHall(["hall"]);
  hall.input(1, "call-next");
  const visit = hall.visit(1);
  hall.input(1, "service-started", visit);
  hall.wait(1_000);
  hall.input(1, "service-finished", visit);
  expect(lines(hall)).toEqual(["A001 over"]);
  hall.wait(3_999, 3_999);
  expect(lines(hall)).toEqual(["A001 over"]);
  hall.wait(1, 1);
  expect(lines(hall)).toEqual([]);
});

test("the lines kept in the state are those of open visits and of the last seconds", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  for (let round = 0; round < 20; round += 1) {
    hall.input(1, "service-finished", hall.serve(1));
    hall.wait(20_000);
  }
  expect(hall.hall.boardLines.length).toBeLessThanOrEqual(2);
});

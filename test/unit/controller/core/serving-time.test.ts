// I14: how long somebody was served, by the terminal's own clock where it timed start and end, whatever became of the
// hall's time in between; by the hall's time where it did not.
import { expect, test } from "vitest";
import { VisitId } from "../../../../protocol/index.ts";
import { TestHall, testConfiguration } from "../../../support/test-hall.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** One look of the hall at the time: as when its clock is set. */
const AT_ONCE = HOUR;

const servedIn = (events: readonly { type: string; data: unknown }[]): unknown =>
  events.flatMap(({ data }) =>
    typeof data === "object" && data !== null && "servedMs" in data ? [data.servedMs] : [],
  );

function servingSince(monoMs: number, boot = 1): { hall: TestHall; visit: { visitId: string } } {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  hall.wait(4_000);
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  const visit = hall.visit(1);
  hall.input(1, "service-started", visit, { monoMs, boot });
  return { hall, visit };
}

const ENDS = [
  { end: "service-finished", what: "a visit" },
  { end: "hold", what: "a part of one" },
] as const;

test.each(ENDS)("$what over the setting of the hall's clock takes as long as it took", ({ end }) => {
  const { hall, visit } = servingSince(7 * MINUTE);
  hall.wait(HOUR, AT_ONCE); // The hall's clock is set ahead: on the window's own, three minutes go by.
  expect(servedIn(hall.input(1, end, visit, { monoMs: 10 * MINUTE }))).toEqual([3 * MINUTE]);
});

test("a clock set back takes nothing from it either", () => {
  const { hall, visit } = servingSince(7 * MINUTE);
  const occurredAt = hall.now - HOUR;
  expect(servedIn(hall.input(1, "service-finished", visit, { monoMs: 10 * MINUTE, occurredAt }))).toEqual([3 * MINUTE]);
});

test("over a restart of the terminal the hall's time counts: its own began anew", () => {
  const { hall, visit } = servingSince(50 * MINUTE, 1);
  hall.wait(5 * MINUTE);
  expect(servedIn(hall.input(1, "service-finished", visit, { monoMs: 4 * MINUTE, boot: 2 }))).toEqual([5 * MINUTE]);
});

test("held on the counter page, where no key was pressed, the hall's time counts", () => {
  const { hall, visit } = servingSince(7 * MINUTE);
  hall.wait(2 * MINUTE);
  const held = hall.act(1, { action: "hold", visit: VisitId.parse(visit.visitId) });
  expect("events" in held && servedIn(held.events)).toEqual([2 * MINUTE]);
});

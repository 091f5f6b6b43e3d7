// Proves what a hall sets its hours by (HRS-27): how many came in each quarter of an hour, and how many windows served.
import { expect, test } from "vitest";
import { demandText } from "../../../../controller/attendance-command/demand-command.ts";
import { daysOf } from "../../../../controller/core/office/periods-named.ts";
import { DemandTally } from "../../../../controller/projections/demand.ts";
import { present } from "../../../../protocol/index.ts";
import { TestHall, testConfiguration } from "../../../support/test-hall.ts";

const at = (moment: string): number => Date.parse(`${moment}+08:00`);
const until = (hall: TestHall, moment: string): void => void hall.wait(at(moment) - hall.now, 60_000);

/** Monday 2 March 2026: window 1 is open from 9:00 to 9:30, window 2 from 9:15; three come by 9:05, one at 9:20. */
function morning(): TestHall {
  const hall = new TestHall(testConfiguration(2), at("2026-03-02T09:00:00"));
  hall.signOn(1);
  for (let come = 0; come < 3; come += 1) hall.ticket();
  until(hall, "2026-03-02T09:15:00");
  hall.signOn(2);
  until(hall, "2026-03-02T09:20:00");
  hall.ticket();
  until(hall, "2026-03-02T09:22:30");
  hall.input(2, "pause");
  until(hall, "2026-03-02T09:30:00");
  hall.input(1, "pause");
  return hall;
}

function demandOf(hall: TestHall, period: string): string[] {
  const tally = new DemandTally(present(daysOf(period), "period"));
  for (const event of hall.events) tally.note(event);
  return demandText(tally.read()).trimEnd().split("\n");
}

test("HRS-27: tickets and open windows by quarter-hour; a window that is paused serves nobody", () => {
  expect(demandOf(morning(), "2026-W10")).toEqual([
    "时段,天数,取号,日均取号,日均开放窗口",
    "09:00-09:15,1,3,3,1",
    "09:15-09:30,1,1,1,1.5",
  ]);
});

test("HRS-27: over several days it is the mean of the days on which the hall was open", () => {
  const hall = morning();
  hall.now = at("2026-03-03T09:00:00") as typeof hall.now;
  hall.run({ type: "tick" });
  hall.ticket();
  expect(demandOf(hall, "2026-03").slice(1)).toEqual(["09:00-09:15,2,4,2,0.5", "09:15-09:30,2,1,0.5,0.75"]);
});

test("HRS-27: days outside the period count for nothing, and one without anything has no lines", () => {
  expect(demandOf(morning(), "2026-04")).toHaveLength(1);
});

// Where somebody is, as far as the hall knows: at a window, badged in without one, gone home, on leave, or nowhere.
import { expect, test } from "vitest";
import { regulationOf } from "../../../../../controller/core/office/regulation.ts";
import { todayOf } from "../../../../../controller/projections/attendance/attendance-views.ts";
import { epochMs, present } from "../../../../../protocol/index.ts";
import { CLERK, DIRECTOR, instant, OfficeHall } from "../../core/office/office-rig.ts";

const placesIn = (hall: OfficeHall) => {
  const regulation = present(regulationOf(hall.hall.configuration), "regulation");
  const seen = { hall: hall.hall, ledger: hall.ledger(), regulation, at: epochMs(hall.now), waitingFor: [] };
  const { people } = todayOf(seen, DIRECTOR);
  return people.map(({ person, place, counter, sinceMs }) => [person.person, place, counter, sinceMs]);
};

test("who badged where there is no window for them is not called absent", () => {
  const hall = new OfficeHall();
  hall.tap(1, "2026-03-02T07:58");
  hall.tap(3, "2026-03-02T08:05", 2); // Of window 1, and that is not theirs: recorded, and no more.
  expect(placesIn(hall)).toEqual([
    ["s01", "on-duty", "1", instant("2026-03-02T07:58")],
    ["s02", "away", null, null],
    ["s03", "badged", null, instant("2026-03-02T08:05")],
  ]);
  hall.tap(1, "2026-03-02T12:01");
  expect(placesIn(hall)[0]).toEqual(["s01", "away", null, null]);
});

test("leave goes before a badge", () => {
  const hall = new OfficeHall();
  const span = { from: "2026-03-02T08:00", to: "2026-03-02T12:00" };
  const leave = hall.filed(CLERK, { kind: "leave", person: "s01", leave: "personal", ...span });
  hall.sign(DIRECTOR, leave, "approve");
  hall.tap(1, "2026-03-02T07:59", 2);
  hall.go("2026-03-02T09:00");
  expect(placesIn(hall)[0]).toEqual(["s01", "leave", null, null]);
});

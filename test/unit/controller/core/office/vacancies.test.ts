// Proves the alarms of empty posts: they begin after the grace, end when somebody comes or the session is over, and say
// whether anybody of the post is in the hall at all (AC-51).
import { describe, expect, test } from "vitest";
import { bodiesOf } from "../../../../support/test-events.ts";
import { typesOf } from "../../../../support/test-hall.ts";
import { vacantPosts } from "../../../../../controller/observation/hall-readings.ts";
import { postAlarms } from "../../../../../controller/projections/alarms.ts";
import { HALF_PAST_EIGHT, instant, OfficeHall } from "./office-rig.ts";

const vacated = (hall: OfficeHall) => bodiesOf(hall.events, "post.vacated");

describe("缺岗", () => {
  test("after the grace of five minutes, and not a second before", () => {
    const hall = new OfficeHall();
    hall.tap(2, "2026-03-02T07:55");
    hall.go("2026-03-02T08:04:59");
    expect(vacated(hall)).toEqual([]);
    hall.go("2026-03-02T08:05:00");
    expect(vacated(hall)).toMatchObject([{ counterId: "1", kind: "empty" }]);
    hall.go("2026-03-02T08:06");
    expect(vacated(hall)).toHaveLength(1);
  });

  test("it ends with whoever takes the post: B stands in for A (ATT-57)", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-02T08:05");
    expect(vacated(hall).map(({ counterId }) => counterId)).toEqual(["1", "2"]);
    hall.tap(3, "2026-03-02T08:07", 1);
    hall.go("2026-03-02T08:07:01");
    expect(bodiesOf(hall.events, "post.manned")).toMatchObject([{ counterId: "1", by: "s03" }]);
    expect(hall.hall.office?.vacancies.size).toBe(1);
  });

  test("somebody who goes out leaves the post: counted from when they went", () => {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T07:55");
    hall.tap(2, "2026-03-02T07:56");
    hall.tap(1, "2026-03-02T09:00:00");
    hall.tap(1, "2026-03-02T09:00:05");
    hall.go("2026-03-02T09:05:04");
    expect(vacated(hall)).toEqual([]);
    hall.go("2026-03-02T09:05:05");
    expect(vacated(hall)).toMatchObject([{ counterId: "1", kind: "vacant" }]);
  });

  test("no alarm at noon, in the evening, or on a rest day; at the session's end it is over", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-02T08:05");
    hall.go("2026-03-02T12:00");
    expect(hall.hall.office?.vacancies.size).toBe(0);
    expect(bodiesOf(hall.events, "post.manned")).toMatchObject([{ by: null }, { by: null }]);
    expect(typesOf(hall.go("2026-03-02T13:00"))).toEqual([]);
    hall.go("2026-03-07T00:01"); // A new day is opened first.
    expect(typesOf(hall.go("2026-03-07T09:00"))).toEqual([]);
  });

  test("AC-51: A and B away: the empty window goes to whom the regulation names (ATT-59)", () => {
    const hall = new OfficeHall({ policy: "xiangzhen-c", settings: HALF_PAST_EIGHT });
    hall.go("2026-03-02T08:35");
    const [first] = vacated(hall);
    expect(first).toMatchObject({ counterId: "1", kind: "empty", relief: "window-head", rules: ["ATT-59"] });
  });

  test("the grace is the hall's own setting: none at all is an alarm at the first second", () => {
    const hall = new OfficeHall({ vacancyGraceMinutes: 0 });
    hall.go("2026-03-02T08:00");
    expect(vacated(hall)).toHaveLength(2);
  });

  test("the hall page and the metrics say it as long as it lasts", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-02T08:05");
    expect(postAlarms(hall.hall)).toMatchObject([{ code: "window-empty", sinceMs: instant("2026-03-02T08:00") }]);
    expect(postAlarms(hall.hall)[0]?.text.zh).toContain("1, 2");
    expect(vacantPosts(hall.hall)).toEqual([
      ["vacant", 0],
      ["empty", 2],
    ]);
    hall.go("2026-03-02T12:00");
    expect(postAlarms(hall.hall)).toEqual([]);
  });
});

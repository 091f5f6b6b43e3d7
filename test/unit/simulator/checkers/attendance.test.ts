// The checker of attendance sees what people would suffer from: one sound quarter of an hour, in which a tap of the log
// is dated later, or earlier, than the world saw it, or is missing from what the ledger is told.
import { beforeAll, describe, expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/index.ts";
import { present } from "../../../../protocol/index.ts";
import { attendance, sessionsOf } from "../../../../simulator/checkers/attendance/attendance.ts";
import { type JudgedDay, judgedDayOf } from "../../../../simulator/checkers/attendance/judged-day.ts";
import { knownTaps } from "../../../../simulator/checkers/attendance/known-taps.ts";
import type { Evidence } from "../../../../simulator/checkers/checker.ts";
import { SimHall } from "../../../../simulator/hall.ts";
import { simplePeople } from "../../../../simulator/people/simple-people.ts";
import { evidenceOf, play } from "../../../../simulator/run-seed.ts";

let sound: Evidence;
let judged: JudgedDay;
beforeAll(() => {
  const hall = new SimHall({ seed: 11, counters: 2, minutes: 15, faults: "none", people: simplePeople });
  expect(play(hall)).toBe(true);
  sound = evidenceOf(hall);
  judged = present(judgedDayOf(sound.plan), "a session within the world");
});

const isArrival = (event: HallEvent): boolean => event.type === "badge.recorded" && event.data.effect === "sign-on";
const told = (change: (event: HallEvent) => HallEvent): Evidence => ({ ...sound, events: sound.events.map(change) });
const movedBy =
  (ms: number) =>
  (event: HallEvent): HallEvent =>
    isArrival(event)
      ? ({ ...event, occurredAtMs: event.occurredAtMs + ms, occurredUntilMs: event.occurredUntilMs + ms } as HallEvent)
      : event;
const complaints = (evidence: Evidence): string[] => attendance.check(evidence).map(({ detail }) => detail);

test("it is not content with nothing: everybody is judged, and somebody came late", () => {
  const sessions = sessionsOf(sound.events, judged, present(knownTaps(sound), "taps"));
  expect(sessions).toHaveLength(4); // Two clerks, who stands in for them, and who is not trained yet.
  expect(sessions.map(({ hall }) => hall.state)).toContain("absent");
  expect(sessions.some(({ hall }) => hall.late > 0 && hall.in !== null)).toBe(true);
  expect(complaints(sound)).toEqual([]);
});

describe("a tap whose instant is not the world's", () => {
  test("a minute later makes somebody later than they were", () => {
    expect(complaints(told(movedBy(60_000)))).toContainEqual(expect.stringContaining("worse than"));
  });

  test("a minute earlier spares somebody who was late", () => {
    expect(complaints(told(movedBy(-60_000)))).toContainEqual(expect.stringContaining("spared beyond doubt"));
  });

  test("a minute that the hall states as its doubt is no fault", () => {
    const doubtful = (event: HallEvent): HallEvent =>
      isArrival(event) ? ({ ...event, occurredAtMs: event.occurredAtMs - 60_000 } as HallEvent) : event;
    expect(complaints(told(doubtful))).toEqual([]);
  });
});

test("a tap that the ledger takes for a stranger's leaves somebody absent whom the world saw", () => {
  const nobodys = (event: HallEvent): HallEvent =>
    event.type === "badge.recorded" || event.type === "badge.noted"
      ? ({ ...event, data: { ...event.data, staffId: null } } as HallEvent)
      : event;
  expect(complaints(told(nobodys))).toContainEqual(expect.stringContaining("absent, worse than"));
});

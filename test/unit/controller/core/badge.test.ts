// Proves what a badge does to a window: it follows from the person's own session and the time, never from a toggle, and
// every tap is on record whatever the window makes of it.
import { expect, test } from "vitest";
import { badge, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

/** Hall time on Monday 2 March 2026 in the hall's zone. */
const at = (time: string): number => Date.parse(`2026-03-02T${time}+08:00`);
const effectsOf = (hall: TestHall): string[] =>
  hall.events.flatMap((event) => (event.type === "badge.recorded" ? [event.data.effect] : []));

function hallAt(time: string): TestHall {
  return new TestHall(testConfiguration(2), at(time));
}

test.each([
  ["07:00:00", "sign-on"],
  ["06:59:59", "refused-closed"],
  ["11:59:59", "sign-on"],
  ["12:00:00", "refused-closed"],
  ["13:30:00", "sign-on"],
  ["17:30:00", "refused-closed"],
])("a clerk of this window taps at %s: %s", (time, effect) => {
  const hall = hallAt(time);
  hall.signOn(1);
  expect(effectsOf(hall)).toEqual([effect]);
  expect(hall.phase(1)).toBe(effect === "sign-on" ? "idle" : "closed");
});

test.each([
  ["11:29:59", "asked-going-out", "question"],
  ["11:30:00", "sign-off", "closed"],
])("on duty, tapped again at %s: %s", (time, effect, phase) => {
  const hall = hallAt("09:00:00");
  hall.signOn(1);
  hall.now = at(time) as typeof hall.now;
  hall.signOn(1);
  expect(effectsOf(hall)).toEqual(["sign-on", effect]);
  expect(hall.phase(1)).toBe(phase);
  expect(hall.breaches()).toEqual([]);
});

test("going out is confirmed by a second tap within 8 s; only the badge brings them back", () => {
  const hall = hallAt("09:00:00");
  hall.signOn(1);
  hall.wait(60_000, 10_000);
  hall.signOn(1);
  hall.wait(8_000, 1_000);
  hall.signOn(1);
  expect(hall.phase(1)).toBe("paused");
  hall.input(1, "resume");
  expect(hall.phase(1)).toBe("paused");
  hall.wait(600_000, 60_000);
  hall.signOn(1);
  expect(hall.phase(1)).toBe("idle");
  expect(effectsOf(hall)).toEqual(["sign-on", "asked-going-out", "went-out", "came-back"]);
});

test("without a second tap nothing happens", () => {
  const hall = hallAt("09:00:00");
  hall.signOn(1);
  hall.wait(60_000, 10_000);
  hall.signOn(1);
  expect(hall.phase(1)).toBe("question");
  expect(typesOf(hall.wait(9_000, 1_000))).toEqual(["question.lapsed"]);
  expect(hall.phase(1)).toBe("idle");
});

test("a card left on the reader does not undo its own sign-on", () => {
  const hall = hallAt("11:40:00");
  hall.signOn(1);
  hall.wait(2_000);
  hall.signOn(1);
  expect(effectsOf(hall)).toEqual(["sign-on", "recorded-repeat"]);
});

test("sign-off waits for the ticket and the first 15 s of its rating window", () => {
  const hall = hallAt("11:40:00");
  hall.signOn(1);
  const visit = hall.serve(1);
  hall.signOn(1);
  expect(effectsOf(hall)).toEqual(["sign-on", "sign-off-planned"]);
  hall.input(1, "service-finished", visit);
  expect(hall.wait(14_999, 14_999)).toEqual([]);
  expect(typesOf(hall.wait(1, 1))).toEqual(["staff.signed-off"]);
  expect(hall.phase(1)).toBe("closed");
});

test("in mid-session a tap while serving asks to finish first", () => {
  const hall = hallAt("09:00:00");
  hall.signOn(1);
  hall.serve(1);
  hall.signOn(1);
  expect(effectsOf(hall)).toEqual(["sign-on", "refused-serving"]);
});

test.each([
  ["a window somebody else has", 1, 2, "refused-window-taken"],
  ["a second window while on duty at the first", 2, 1, "refused-elsewhere"],
  ["a window without authority", 2, 3, "refused-wrong-window"],
])("refused for the window, recorded for attendance: %s", (_, window, person, effect) => {
  const hall = hallAt("09:00:00");
  hall.signOn(1);
  hall.input(window, "badge-presented", { badge: badge(person) });
  expect(effectsOf(hall)).toEqual(["sign-on", effect]);
  expect(hall.breaches()).toEqual([]);
});

test("a tap that arrives late acts only if it is still the latest word for person and window", () => {
  const hall = hallAt("09:00:00");
  hall.now = at("09:20:00") as typeof hall.now;
  hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt: at("09:05:00") });
  expect(hall.counter(1)).toMatchObject({ onDuty: "s01", onDutySinceMs: at("09:05:00") });
  hall.input(2, "badge-presented", { badge: badge(1) }, { occurredAt: at("09:03:00") });
  expect(effectsOf(hall)).toEqual(["sign-on", "recorded-late"]);
});

test("yesterday's tap, delivered today, opens no window", () => {
  const hall = hallAt("09:00:00");
  hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt: at("09:00:00") - 86_400_000 });
  expect(effectsOf(hall)).toEqual(["recorded-late"]);
});

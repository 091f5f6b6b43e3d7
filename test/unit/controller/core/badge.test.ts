// Proves the badge table row by row: what a badge does to a window follows from the person's own session and the time,
// never from a toggle, and every tap is on record whatever the window makes of it.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { badge, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";
import { bodiesOf } from "../../../support/test-events.ts";

/** Hall time on Monday 2 March 2026 in the hall's zone. */
const at = (time: string): number => Date.parse(`2026-03-02T${time}+08:00`);
const effectsOf = (hall: TestHall): string[] => bodiesOf(hall.events, "badge.recorded").map(({ effect }) => effect);

/**
 * Three windows; clerks 1 to 3 each have the A post of their own. 4: B post of window 1. 5: admitted to window 1.
 * 6: admitted, not trained. 7: inspector. 8: technician. 9: clerk of window 2 and inspector. Badge 77 of 1 is revoked.
 */
function people(change: Partial<HallConfiguration> = {}): HallConfiguration {
  const base = testConfiguration(3);
  const someone = (n: number, more: object) => ({
    id: `s0${n}`,
    name: `职员${n}`,
    post: { zh: "窗口岗", en: "Clerk" },
    number: `0${n}`,
    badges: [badge(n)],
    counters: [],
    ...more,
  });
  return HallConfiguration.parse({
    ...base,
    staff: [
      someone(1, { counters: ["1"], revokedBadges: [badge(77)] }),
      someone(2, { counters: ["2", "3"] }),
      someone(3, { counters: ["3"] }),
      someone(4, { backup: ["1"] }),
      someone(5, { admitted: ["1"] }),
      someone(6, { admitted: ["1"], trained: false }),
      someone(7, { roles: ["inspector"] }),
      someone(8, { roles: ["technician"] }),
      someone(9, { roles: ["clerk", "inspector"], counters: ["2"] }),
    ],
    ...change,
  });
}

const hallAt = (time: string, change: Partial<HallConfiguration> = {}): TestHall =>
  new TestHall(people(change), at(time));

function clockTo(hall: TestHall, time: string): void {
  hall.now = at(time) as typeof hall.now;
}

const tap = (hall: TestHall, person: number, window = 1): string | undefined => {
  hall.input(window, "badge-presented", { badge: badge(person) });
  expect(hall.breaches()).toEqual([]);
  return effectsOf(hall).at(-1);
};

/** Two taps, five seconds apart. */
const tapTwice = (hall: TestHall, person: number, window = 1): string | undefined => {
  tap(hall, person, window);
  hall.wait(5_000, 1_000);
  return tap(hall, person, window);
};

test.each([
  ["07:00:00", "sign-on"],
  ["06:59:59", "refused-closed"],
  ["11:59:59", "sign-on"],
  ["12:00:00", "refused-closed"],
  ["13:30:00", "sign-on"],
  ["17:30:00", "refused-closed"],
])("nobody on duty, rostered here, %s: %s", (time, effect) => {
  const hall = hallAt(time);
  expect(tap(hall, 1)).toBe(effect);
  expect(hall.phase(1)).toBe(effect === "sign-on" ? "idle" : "closed");
});

test.each([
  ["of the B post, signs on and covers the A post (ATT-57)", 4],
  ["a third person who is admitted, stands in when A and B are away (ATT-59, AC-51)", 5],
])("nobody on duty, %s", (_, person) => {
  const hall = hallAt("08:30:00");
  expect(tap(hall, person)).toBe("sign-on");
  expect(bodiesOf(hall.events, "staff.signed-on")).toEqual([
    { counterId: "1", staffId: `s0${person}`, coverFor: "s01" },
  ]);
});

test.each([
  ["11:29:59", "asked-going-out", "question"],
  ["11:30:00", "sign-off", "closed"],
])("on duty here, tapped again at %s: %s", (time, effect, phase) => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  clockTo(hall, time);
  expect(tap(hall, 1)).toBe(effect);
  expect(hall.phase(1)).toBe(phase);
});

test("on duty here, near the end, ticket open: signs off after the ticket and 15 s of its rating window", () => {
  const hall = hallAt("11:40:00");
  tap(hall, 1);
  const visit = hall.serve(1);
  expect(tap(hall, 1)).toBe("sign-off-planned");
  hall.input(1, "service-finished", visit);
  expect(hall.wait(14_999, 14_999)).toEqual([]);
  expect(typesOf(hall.wait(1, 1))).toContain("staff.signed-off");
  expect(hall.phase(1)).toBe("closed");
});

test("on duty here, mid-session: a second tap within 8 s goes out, and only the badge brings them back", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.wait(60_000, 10_000);
  tap(hall, 1);
  hall.wait(8_000, 1_000);
  tap(hall, 1);
  const outMs = hall.now;
  expect(hall.phase(1)).toBe("paused");
  expect(hall.hall.staff.get("s01" as never)?.outing).toEqual({ counterId: "1", sinceMs: outMs });
  hall.input(1, "resume");
  expect(hall.phase(1)).toBe("paused");
  hall.wait(600_000, 60_000);
  expect(tap(hall, 1)).toBe("came-back");
  expect(hall.phase(1)).toBe("idle");
});

test("on duty here, mid-session: without a second tap nothing happens", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.wait(60_000, 10_000);
  tap(hall, 1);
  expect(hall.phase(1)).toBe("question");
  expect(typesOf(hall.wait(9_000, 1_000))).toEqual(["question.lapsed"]);
  expect(hall.phase(1)).toBe("idle");
});

test("two taps that arrive late together answer by when they were: eleven seconds apart is no second tap", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  clockTo(hall, "09:30:00");
  for (const time of ["09:20:00", "09:20:11"]) {
    hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt: at(time) });
  }
  expect(effectsOf(hall)).toEqual(["sign-on", "asked-going-out", "asked-going-out"]);
  hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt: at("09:20:19") });
  expect(effectsOf(hall).at(-1)).toBe("went-out");
});

test("an out is its latest possible instant, an in its earliest: doubt favours the employee", () => {
  const hall = hallAt("08:00:00");
  clockTo(hall, "09:30:00");
  const taps = [
    ["09:00:00", "09:05:00"],
    ["09:20:00", "09:21:00"],
    ["09:20:05", "09:21:05"],
  ] as const;
  for (const [earliest, latest] of taps) {
    hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt: at(earliest), occurredUntil: at(latest) });
  }
  expect(effectsOf(hall)).toEqual(["sign-on", "asked-going-out", "went-out"]);
  expect(hall.hall.staff.get("s01" as never)).toMatchObject({
    onDutySinceMs: at("09:00:00"),
    outing: { sinceMs: at("09:21:05") },
  });
});

test("a planned pause and an outing: out of the pause by key the badge still asks, and only the badge ends it", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  const visit = hall.serve(1);
  hall.input(1, "pause-planned");
  hall.input(1, "service-finished", visit);
  expect(hall.counter(1).paused).toBe("keys");
  hall.wait(20_000, 1_000);
  expect(tapTwice(hall, 1)).toBe("went-out");
  expect(hall.counter(1)).toMatchObject({ paused: "out", pausePlanned: false });
});

test.each([
  ["sign-on", "09:00:00", 1],
  ["sign-off", "11:40:00", 2],
])("a card left on the reader does not undo its own %s", (_, time, taps) => {
  const hall = hallAt("08:00:00");
  if (taps === 2) tap(hall, 1);
  clockTo(hall, time);
  tap(hall, 1);
  hall.wait(2_000);
  expect(tap(hall, 1)).toBe("recorded-repeat");
});

test("another authorised person, no ticket open: a second tap takes over, and whose cover it is is recorded", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  expect(tap(hall, 4)).toBe("asked-take-over");
  expect(hall.phase(1)).toBe("question");
  hall.wait(5_000, 1_000);
  expect(tap(hall, 4)).toBe("took-over");
  expect(bodiesOf(hall.events, "staff.took-over")).toEqual([
    { counterId: "1", by: "s04", covered: "s01", coverFor: "s01" },
  ]);
  expect(hall.counter(1)).toMatchObject({ onDuty: "s04", paused: null });
  expect(hall.hall.staff.get("s01" as never)?.onDutyAt).toBe(null);
});

test("take over?: nine seconds later the second tap asks anew, and somebody else's tap does not confirm", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  tap(hall, 4);
  hall.wait(9_000, 1_000);
  expect(tap(hall, 4)).toBe("asked-take-over");
  hall.wait(4_000, 1_000);
  expect(tap(hall, 5)).toBe("asked-take-over");
  expect(hall.counter(1).onDuty).toBe("s01");
});

test("take over?: refused while a ticket is open", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.ticket();
  hall.wait(6_000, 1_000);
  hall.input(1, "call-next");
  expect(tap(hall, 4)).toBe("refused-serving");
});

test("AC-104: A goes out, B covers; A who comes back takes the own place again and covers nobody", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  clockTo(hall, "10:00:00");
  expect(tapTwice(hall, 1)).toBe("went-out");
  hall.ticket();
  clockTo(hall, "10:01:00");
  hall.input(1, "call-next");
  expect(hall.counter(1).visit).toBe(null);
  clockTo(hall, "10:02:00");
  expect(tapTwice(hall, 4)).toBe("took-over");
  expect(hall.hall.staff.get("s04" as never)?.coverFor).toBe("s01");
  hall.wait(60_000, 10_000);
  expect(tapTwice(hall, 1)).toBe("took-over");
  expect(hall.hall.staff.get("s01" as never)).toMatchObject({ coverFor: null, outing: null, onDutyAt: "1" });
});

test.each([
  ["a second window while on duty at the first", 3, 2, "refused-elsewhere"],
  ["a window without authority: posts are not swapped (ATT-65)", 2, 3, "refused-wrong-window"],
  ["without training", 1, 6, "refused-untrained"],
])("refused for the window, recorded for attendance: %s", (_, window, person, effect) => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  tap(hall, 2, 2);
  expect(tap(hall, person, window)).toBe(effect);
});

test("anybody at a window that is serving: finish first", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.serve(1);
  expect(tap(hall, 1)).toBe("refused-serving");
  expect(tap(hall, 4)).toBe("refused-serving");
});

test("an inspector: a patrol visit is recorded and the window stays as it is; it answers a call for assistance", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.serve(1);
  const before = hall.counter(1).basis;
  hall.input(1, "assistance-requested");
  expect(tap(hall, 7)).toBe("patrol");
  expect(bodiesOf(hall.events, "patrol.recorded")).toEqual([{ counterId: "1", staffId: "s07", onDuty: ["s01"] }]);
  expect(hall.counter(1)).toMatchObject({ basis: before, onDuty: "s01", assistanceAtMs: null });
});

test("a person with several roles acts in the one they are on duty in", () => {
  const hall = hallAt("09:00:00");
  expect(tap(hall, 9, 1)).toBe("patrol");
  expect(tap(hall, 9, 2)).toBe("sign-on");
  hall.wait(10_000, 1_000);
  expect(tap(hall, 9, 1)).toBe("refused-wrong-window");
  expect(tap(hall, 9, 2)).toBe("asked-going-out");
});

test("a technician: maintenance only while the window is closed, until the next tap", () => {
  const hall = hallAt("09:00:00");
  expect(tap(hall, 8)).toBe("maintenance-begun");
  expect(hall.phase(1)).toBe("maintenance");
  expect(tap(hall, 1)).toBe("refused-maintenance");
  hall.input(1, "call-next");
  expect(bodiesOf(hall.events, "intent.refused").at(-1)?.code).toBe("maintenance");
  hall.wait(10_000, 1_000);
  expect(tap(hall, 8)).toBe("maintenance-ended");
  expect(hall.phase(1)).toBe("closed");
  expect(tap(hall, 1)).toBe("sign-on");
  expect(tap(hall, 8)).toBe("refused-not-closed");
});

test("maintenance that nobody ended is over after 2 h", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 8);
  clockTo(hall, "10:59:59");
  expect(typesOf(hall.wait(1, 1))).not.toContain("maintenance.ended");
  clockTo(hall, "10:59:59");
  expect(typesOf(hall.wait(1_000, 1_000))).toContain("maintenance.ended");
});

test.each([
  ["unknown", 999, "refused-unknown"],
  ["revoked", 77, "refused-revoked"],
])("badge is %s: kept as evidence, of nobody", (_, number, effect) => {
  const hall = hallAt("09:00:00");
  expect(tap(hall, number)).toBe(effect);
  expect(bodiesOf(hall.events, "badge.recorded")).toEqual([
    { counterId: "1", badge: badge(number), staffId: null, effect },
  ]);
});

test("a tap that arrives late acts only if it is still the latest word for person and window", () => {
  const hall = hallAt("09:00:00");
  clockTo(hall, "09:20:00");
  hall.input(2, "badge-presented", { badge: badge(9) }, { occurredAt: at("09:05:00") });
  expect(hall.counter(2)).toMatchObject({ onDuty: "s09", onDutySinceMs: at("09:05:00") });
  hall.input(1, "badge-presented", { badge: badge(9) }, { occurredAt: at("09:03:00") });
  expect(effectsOf(hall)).toEqual(["sign-on", "recorded-late"]);
});

test.each([
  ["yesterday's", at("09:00:00") - 86_400_000, "09:00:00", "recorded-late"],
  ["of the morning, delivered in the afternoon", at("11:50:00"), "14:40:00", "recorded-late"],
  ["of the morning, delivered at noon", at("11:50:00"), "12:10:00", "recorded-late"],
  ["of noon, delivered in the afternoon", at("12:10:00"), "14:40:00", "refused-closed"],
  ["of this session", at("14:32:00"), "14:40:00", "sign-on"],
])("late across sessions: a tap %s opens no window of another session", (_, occurredAt, delivered, effect) => {
  const hall = hallAt("08:00:00");
  clockTo(hall, delivered);
  hall.input(1, "badge-presented", { badge: badge(1) }, { occurredAt });
  expect(effectsOf(hall)).toEqual([effect]);
});

test.each([
  ["desk", "desk", 1],
  ["meeting-room", "meeting-room", 1],
  ["desk", "desk", 999],
] as const)("a %s: the badge is on record, with no window (%s, badge %i)", (_, kind, person) => {
  const hall = new TestHall(people({ desks: [{ terminal: "t09" as never, kind }] }), at("08:00:00"));
  hall.input(9, "badge-presented", { badge: badge(person) });
  expect(bodiesOf(hall.events, "badge.noted")).toEqual([
    { terminalId: "t09", place: kind, badge: badge(person), staffId: person === 1 ? "s01" : null },
  ]);
});

test("assistance stands until somebody of the hall has answered it", () => {
  const hall = hallAt("09:00:00");
  tap(hall, 1);
  hall.input(1, "assistance-requested");
  const since = hall.now;
  hall.wait(60_000, 10_000);
  hall.input(1, "assistance-requested");
  expect(hall.counter(1).assistanceAtMs).toBe(since);
  const answer = { type: "clear-assistance", counterId: "1" as never } as const;
  expect(typesOf(hall.run(answer))).toEqual(["assistance.answered"]);
  expect(hall.run(answer)).toEqual([]);
  expect(hall.attempt({ ...answer, counterId: "9" as never })).toMatchObject({
    rejection: { code: "unknown-counter" },
  });
});

// Proves that duty and outings end by themselves after the session, for whom they do not, and how two people share a
// window: the one whose badge was tapped last serves, and what they finish is theirs.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { bodiesOf } from "../../../support/test-events.ts";
import { badge, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

/** Hall time on Monday 2 March 2026 in the hall's zone. Sessions 08:00 to 12:00 and 14:30 to 17:30. */
const at = (time: string, date = "2026-03-02"): number => Date.parse(`${date}T${time}+08:00`);

const hallAt = (time: string, change: object = {}): TestHall =>
  new TestHall(HallConfiguration.parse({ ...testConfiguration(3), ...change }), at(time));

const clockTo = (hall: TestHall, instant: number): void => {
  hall.now = instant as typeof hall.now;
};

const tap = (hall: TestHall, person: number, window = 1): string | undefined => {
  hall.input(window, "badge-presented", { badge: badge(person) });
  expect(hall.breaches()).toEqual([]);
  return bodiesOf(hall.events, "badge.recorded").at(-1)?.effect;
};

function goOut(hall: TestHall, person: number): void {
  tap(hall, person);
  hall.wait(4_000, 1_000);
  expect(tap(hall, person)).toBe("went-out");
}

const endsOf = (hall: TestHall) => bodiesOf(hall.events, "duty.ended");

/** One tick at that moment. */
function tickAt(hall: TestHall, time: string, date?: string): void {
  clockTo(hall, at(time, date) - 1);
  hall.wait(1, 1);
  expect(hall.breaches()).toEqual([]);
}

test("duty ends by itself 30 min after the session: nobody signed off", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  tickAt(hall, "12:29:59");
  expect(hall.phase(1)).toBe("idle");
  tickAt(hall, "12:30:00");
  expect(endsOf(hall)).toEqual([{ counterId: "1", staffId: "s01", by: "session-end", outAtMs: null }]);
  expect(hall.phase(1)).toBe("closed");
});

test("left early and not come back: the moment of going out is the out", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  clockTo(hall, at("10:00:00"));
  goOut(hall, 1);
  tickAt(hall, "12:30:00");
  expect(endsOf(hall)).toEqual([{ counterId: "1", staffId: "s01", by: "left-early", outAtMs: at("10:00:04") }]);
});

test("left early, and somebody covers: the outing ends with its moment, the window stays with who covers", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  clockTo(hall, at("10:00:00"));
  goOut(hall, 1);
  tap(hall, 2);
  hall.wait(4_000, 1_000);
  expect(tap(hall, 2)).toBe("took-over");
  clockTo(hall, at("11:45:00"));
  expect(tap(hall, 2)).toBe("sign-off");
  tickAt(hall, "12:30:00");
  expect(endsOf(hall)).toEqual([{ counterId: "1", staffId: "s01", by: "left-early", outAtMs: at("10:00:04") }]);
});

test("out and back again: the outing is over and duty ends with the session", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  clockTo(hall, at("10:00:00"));
  goOut(hall, 1);
  hall.wait(60_000, 10_000);
  tap(hall, 1);
  tickAt(hall, "12:30:00");
  expect(endsOf(hall).map(({ by }) => by)).toEqual(["session-end"]);
});

test("not while serving: duty ends when the ticket and 15 s of its rating window are done", () => {
  const hall = hallAt("08:00:00", { rules: { extensionQuietMs: 0 } });
  tap(hall, 1);
  clockTo(hall, at("11:50:00"));
  const visit = hall.serve(1);
  tickAt(hall, "12:45:00");
  expect(endsOf(hall)).toEqual([]);
  hall.input(1, "service-finished", visit);
  hall.wait(14_999, 14_999);
  expect(endsOf(hall)).toEqual([]);
  hall.wait(2, 1);
  expect(endsOf(hall)).toHaveLength(1);
});

test("not in extended service: whoever has a ticket is served before duty ends (HRS-17)", () => {
  const hall = hallAt("08:00:00");
  tap(hall, 1);
  clockTo(hall, at("11:59:00"));
  hall.ticket();
  tickAt(hall, "12:45:00");
  expect(endsOf(hall)).toEqual([]);
  expect(hall.phase(1)).not.toBe("closed");
});

test("lunch duty: that person stays on duty through noon, the others' duty ends (HRS-13, AMB-27)", () => {
  const hall = hallAt("08:00:00", { lunchDuty: [{ staff: ["s01"], weekdays: [1] }] });
  tap(hall, 1);
  tap(hall, 2, 2);
  tickAt(hall, "12:30:00");
  expect([hall.phase(1), hall.phase(2)]).toEqual(["idle", "closed"]);
  clockTo(hall, at("13:00:00"));
  expect(tap(hall, 1)).toBe("asked-going-out");
  tickAt(hall, "16:00:00");
  expect(hall.phase(1)).toBe("idle");
  tickAt(hall, "18:00:00");
  expect(hall.phase(1)).toBe("closed");
});

test.each([
  ["on another weekday", { staff: ["s01"], weekdays: [2, 3] }],
  ["on another date", { staff: ["s01"], dates: ["2026-03-03"] }],
  ["of somebody else", { staff: ["s02"] }],
])("lunch duty %s: duty ends as everybody's", (_, duty) => {
  const hall = hallAt("08:00:00", { lunchDuty: [duty] });
  tap(hall, 1);
  tickAt(hall, "12:30:00");
  expect(hall.phase(1)).toBe("closed");
});

test("a controller that slept over the night ends yesterday's duty when it wakes", () => {
  const hall = hallAt("16:00:00");
  tap(hall, 1);
  tickAt(hall, "08:00:00", "2026-03-03");
  hall.wait(250);
  expect(endsOf(hall)).toHaveLength(1);
});

const SHARED = {
  counters: testConfiguration(3).counters.map((counter) => ({ ...counter, shared: counter.id === "1" })),
};

test("a shared window: both are on duty, and a third is refused", () => {
  const hall = hallAt("09:00:00", SHARED);
  tap(hall, 1);
  expect(tap(hall, 2)).toBe("sign-on");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: "s01" });
  expect(tap(hall, 3)).toBe("refused-window-taken");
});

test("a shared window: the one whose badge was tapped last calls, and the rating is theirs", () => {
  const hall = hallAt("09:00:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.wait(5_000, 1_000);
  expect(tap(hall, 1)).toBe("became-acting");
  const visit = hall.serve(1);
  expect(tap(hall, 2)).toBe("refused-serving");
  hall.input(1, "service-finished", visit);
  expect(tap(hall, 2)).toBe("became-acting");
  hall.input(1, "rating-given", { ...visit, level: 5 });
  expect(bodiesOf(hall.events, "rating.given")[0]?.staffId).toBe("s01");
  expect(bodiesOf(hall.events, "ticket.called")[0]?.staffId).toBe("s01");
});

test("a shared window: one goes out and the other has it; both out, and it is paused", () => {
  const hall = hallAt("09:00:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.wait(5_000, 1_000);
  goOut(hall, 2);
  expect(hall.counter(1)).toMatchObject({ onDuty: "s01", colleague: "s02", paused: null });
  hall.wait(5_000, 1_000);
  goOut(hall, 1);
  expect(hall.counter(1)).toMatchObject({ paused: "out" });
  hall.wait(5_000, 1_000);
  expect(tap(hall, 2)).toBe("came-back");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: "s01", paused: null });
  tickAt(hall, "12:30:00");
  expect(endsOf(hall).map(({ staffId, by }) => `${staffId} ${by}`)).toEqual(["s02 session-end", "s01 left-early"]);
});

test("a shared window: whoever comes back while the colleague serves waits beside", () => {
  const hall = hallAt("09:00:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.wait(5_000, 1_000);
  goOut(hall, 2);
  hall.serve(1);
  expect(tap(hall, 2)).toBe("came-back");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s01", colleague: "s02" });
});

test("a shared window that is paused because the only one is out opens for the second, who covers nobody", () => {
  const hall = hallAt("09:00:00", {
    ...SHARED,
    staff: testConfiguration(3).staff.map((person, n) =>
      n === 1 ? { ...person, counters: [], backup: ["1"] } : person,
    ),
  });
  tap(hall, 1);
  hall.wait(5_000, 1_000);
  goOut(hall, 1);
  expect(tap(hall, 2)).toBe("sign-on");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: "s01", paused: null });
  expect(bodiesOf(hall.events, "staff.signed-on").at(-1)?.coverFor).toBe(null);
});

test("a shared window near the end: each signs off alone, and the one who stays has it", () => {
  const hall = hallAt("11:40:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.wait(5_000, 1_000);
  hall.serve(1);
  expect(tap(hall, 1)).toBe("sign-off");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: null });
  expect(hall.phase(1)).toBe("serving");
});

test("a shared window: who waits for a called ticket to sign off leaves it to the colleague who takes the keys", () => {
  const hall = hallAt("11:40:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.ticket();
  hall.wait(6_000, 1_000);
  hall.input(1, "call-next");
  expect(tap(hall, 2)).toBe("sign-off-planned");
  expect(tap(hall, 1)).toBe("sign-off");
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: null, signOffPlanned: true });
});

test("a configuration that shares a window no more leaves it with the one who serves", () => {
  const hall = hallAt("09:00:00", SHARED);
  tap(hall, 1);
  tap(hall, 2);
  hall.run({ type: "start", version: "test", configuration: testConfiguration(3) });
  expect(hall.counter(1)).toMatchObject({ onDuty: "s02", colleague: null });
  expect(hall.breaches()).toEqual([]);
});

test("HRS-12: hours of a day that has begun are taken and flagged, those of a coming day are not", () => {
  const hall = hallAt("08:00:00");
  hall.ticket();
  const start = (change: object) =>
    typesOf(
      hall.run({
        type: "start",
        version: "test",
        configuration: HallConfiguration.parse({ ...testConfiguration(3), ...change }),
      }),
    );
  const sessions = [{ from: "09:00", to: "16:00" }];
  const hoursChanges = [{ from: "2026-03-09", publishedAt: "2026-03-02T08:00", sessions }];
  expect(start({ hoursChanges })).not.toContain("hours.changed-unannounced");
  expect(start({ hoursChanges, sessions })).toContain("hours.changed-unannounced");
});

test("hours change on their day, and not before", () => {
  const hoursChanges = [
    { from: "2026-03-03", publishedAt: "2026-03-02T07:00", sessions: [{ from: "09:00", to: "16:00" }] },
  ];
  const hall = hallAt("08:00:00", { hoursChanges });
  hall.ticket();
  expect(hall.hall.day?.sessions).toHaveLength(2);
  tickAt(hall, "08:00:00", "2026-03-03");
  expect(hall.hall.day?.sessions).toEqual([
    { fromMs: at("09:00:00", "2026-03-03"), toMs: at("16:00:00", "2026-03-03") },
  ]);
  expect(typesOf(hall.events)).toContain("day.opened");
});

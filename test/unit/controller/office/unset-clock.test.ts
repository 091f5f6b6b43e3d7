// Proves that a start without a battery costs nobody half a day: taps that came while the hall's time was guessed are
// moved to when they were as soon as the clock is set, whatever restarted meanwhile; what cannot be known is in doubt
// and held against nobody; and a ledger that was there all the time says what one that reads the log says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf } from "../../../../controller/core/attendance/hall-time.ts";
import { epochMs, present } from "../../../../protocol/index.ts";
import { instant } from "../core/office/office-rig.ts";
import { UnsetHall, verdictsOf } from "./unset-clock-rig.ts";

const MONDAY = "2026-03-02";
const TUESDAY = "2026-03-03";
const MONDAY_ATTENDED = ["am attended 000", "pm attended 000"];

/** Monday as it should be; at 17:40 the mains are cut. */
function afterMonday(): UnsetHall {
  const hall = new UnsetHall(`${MONDAY}T07:30`);
  hall.power(true);
  hall.meet();
  for (const time of ["07:58", "12:01", "14:28", "17:31"]) for (const n of [1, 2]) tap(hall, n, `${MONDAY}T${time}`);
  hall.go(`${MONDAY}T17:40`);
  hall.cut();
  return hall;
}

/** Clerk n badges at their window, whose terminal hears the controller all the while. */
function tap(hall: UnsetHall, n: number, moment: string): void {
  hall.go(moment);
  hall.send(n);
  hall.tap(n);
  hall.send(n);
}

/** Power comes back in the morning, and nobody has set the clock. */
function morning(hall = afterMonday(), at = `${TUESDAY}T07:40`): UnsetHall {
  hall.go(at);
  hall.power(false);
  hall.meet();
  return hall;
}

/** What both ledgers say of Monday and Tuesday. */
function verdicts(hall: UnsetHall, n: number, to = TUESDAY): string[] {
  const [running, afresh] = [hall.running, hall.afresh()].map((ledger) => verdictsOf(ledger, n, MONDAY, to));
  expect(running).toEqual(afresh);
  return running ?? [];
}

const tapsOf = (hall: UnsetHall, n: number) =>
  present(hall.running.people()[n - 1], "member")
    .tapsBetween(0, 100_000)
    .map(({ at, earliest, latest, guessedAt }) => ({
      at: momentOf(at),
      doubtS: latest - earliest,
      ...(guessedAt !== undefined && { guessedAt: momentOf(guessedAt) }),
    }))
    .slice(4);

test("taps of a morning without a clock are this morning's once it is set, and keep what they were taken for", () => {
  const hall = morning();
  tap(hall, 1, `${TUESDAY}T07:58`);
  tap(hall, 2, `${TUESDAY}T08:25`);
  hall.go(`${TUESDAY}T08:40`);
  expect(tapsOf(hall, 2)).toMatchObject([{ at: expect.stringMatching(/^2026-03-02T18:1/u) as string }]);
  hall.setClock();
  for (const n of [1, 2]) tap(hall, n, `${TUESDAY}T12:01`);
  hall.reported();
  expect(verdicts(hall, 1)).toEqual([...MONDAY_ATTENDED, "am attended 000", "pm pending 000"]);
  expect(verdicts(hall, 2)).toEqual([...MONDAY_ATTENDED, "am attended 100", "pm pending 000"]);
  const [moved] = tapsOf(hall, 2);
  expect(moved).toMatchObject({ guessedAt: expect.stringMatching(/^2026-03-02T18:1/u) as string });
  expect(Math.abs(instant(moved?.at ?? "") - instant(`${TUESDAY}T08:25`))).toBeLessThanOrEqual(2_000);
  const set = hall.events.findLast(({ type }) => type === "clock.set");
  expect(set?.data).toMatchObject({ boot: "boot-2", bootedAtMs: instant(`${TUESDAY}T07:40`) });
});

test("a hall whose clock was right writes nothing about it", () => {
  const hall = afterMonday();
  hall.go(`${TUESDAY}T07:40`);
  hall.power(true);
  tap(hall, 1, `${TUESDAY}T07:58`);
  expect(hall.events.filter(({ type, guess }) => type === "clock.set" || guess !== undefined)).toEqual([]);
});

describe("restarts while the time is guessed", () => {
  test("of the process alone: the machine's own clock bridges them", () => {
    const hall = morning();
    tap(hall, 1, `${TUESDAY}T07:58`);
    hall.restart(90_000);
    hall.meet();
    tap(hall, 2, `${TUESDAY}T08:25`);
    hall.restart(5_000);
    hall.go(`${TUESDAY}T08:40`);
    hall.setClock();
    hall.reported();
    for (const n of [1, 2]) tap(hall, n, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 1).slice(2)).toEqual(["am attended 000", "pm pending 000"]);
    expect(verdicts(hall, 2).slice(2)).toEqual(["am attended 100", "pm pending 000"]);
  });

  test("of the process, with a clock that was set while it was away", () => {
    const hall = morning();
    tap(hall, 2, `${TUESDAY}T08:25`);
    hall.setClockSilently();
    hall.restart(3_000);
    for (const n of [1, 2]) tap(hall, n, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 2).slice(2)).toEqual(["am attended 100", "pm pending 000"]);
    expect(tapsOf(hall, 2)[0]?.doubtS).toBeLessThanOrEqual(2);
  });

  test("of the machine: how long it was off nobody knows: nothing is held against them, a person is asked", () => {
    const hall = morning();
    tap(hall, 2, `${TUESDAY}T08:25`);
    hall.go(`${TUESDAY}T08:30`);
    hall.cut();
    hall.go(`${TUESDAY}T08:50`);
    hall.power(false);
    hall.meet();
    hall.go(`${TUESDAY}T09:00`);
    hall.setClock();
    for (const n of [1, 2]) tap(hall, n, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 2)).toEqual([
      "am attended 000",
      "pm attended 000 needs-confirmation",
      "am attended 000 needs-confirmation",
      "pm pending 000",
    ]);
    const [doubted] = tapsOf(hall, 2);
    const by = instant(`${TUESDAY}T08:50`) - instant(`${MONDAY}T18:05`);
    expect(doubted?.doubtS).toBeGreaterThan(by / 1000 - 3_600);
    expect(verdicts(hall, 1).slice(2)[0]).toBe("am attended 100"); // Who really came at noon is late by rule.
  });

  test("of the machine, which then knew the time at once", () => {
    const hall = morning();
    tap(hall, 2, `${TUESDAY}T08:25`);
    hall.cut();
    hall.go(`${TUESDAY}T09:00`);
    hall.power(true);
    tap(hall, 2, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 2)[2]).toBe("am attended 000 needs-confirmation");
  });
});

describe("what terminals kept", () => {
  test("a tap of the evening before stays there, though it arrives while the time is guessed", () => {
    const hall = new UnsetHall(`${MONDAY}T07:30`);
    hall.power(true);
    hall.meet();
    for (const time of ["07:58", "12:01", "14:28"]) tap(hall, 1, `${MONDAY}T${time}`);
    hall.go(`${MONDAY}T17:00`);
    hall.meet();
    hall.cut(); // The terminals live on.
    hall.go(`${MONDAY}T17:35`);
    hall.tap(1);
    hall.tap(2);
    hall.go(`${TUESDAY}T06:00`);
    hall.rebootTerminal(2); // One of them was off over night as well, the other counts on.
    morning(hall);
    hall.go(`${TUESDAY}T08:40`);
    hall.setClock();
    hall.reported();
    expect(verdicts(hall, 1)[1]).toBe("pm attended 000 needs-review");
    for (const member of hall.running.people().slice(0, 2)) {
      const last = member.tapsBetween(0, 100_000).at(-1);
      expect(Math.abs(instant(momentOf(last?.at ?? 0)) - instant(`${MONDAY}T17:35`))).toBeLessThanOrEqual(17_000);
      expect((last?.latest ?? 0) - (last?.earliest ?? 0)).toBeLessThanOrEqual(17);
    }
  });

  test("a tap made on a guessed time and sent when the clock was set is dated by its age", () => {
    const hall = morning();
    hall.go(`${TUESDAY}T08:25`);
    hall.tap(2);
    hall.go(`${TUESDAY}T08:40`);
    hall.setClock();
    tap(hall, 2, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 2)[2]).toBe("am attended 100 needs-review");
  });

  test("the same, with a terminal that has restarted: only that it was between the two, and a person is asked", () => {
    const hall = morning();
    hall.go(`${TUESDAY}T08:25`);
    hall.tap(2);
    hall.rebootTerminal(2);
    hall.go(`${TUESDAY}T08:40`);
    hall.setClock();
    tap(hall, 2, `${TUESDAY}T12:01`);
    hall.reported();
    expect(verdicts(hall, 2)[2]).toBe("am attended 000 needs-confirmation");
  });
});

// Each session has its sign-in, and perhaps a sign-out near its end: what the window makes of any other tap depends on
// the hours that the hall believes in, which a hall without a clock cannot know.
const COMINGS = ["07:10", "08:10", "13:40", "14:10"].map((from) => ({ from }));

test("any setting, dark days and restarts: the verdicts are those of a hall whose clock was right", () => {
  const minute = fc.integer({ min: 0, max: 44 });
  const day = fc.array(fc.option(minute), { minLength: 4, maxLength: 4 });
  const scenario = fc.record({
    date: fc.constantFrom(TUESDAY, "2026-03-04", "2026-03-09"),
    wakesAt: fc.integer({ min: 0, max: 60 }),
    setAfter: fc.integer({ min: 0, max: 600 }),
    people: fc.tuple(day, day),
    away: fc.tuple(fc.boolean(), fc.boolean()),
    restarts: fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 3 }),
  });
  const play = (asked: Parameters<Parameters<typeof scenario.map>[0]>[0], isRight: boolean): string[][] => {
    const hall = afterMonday();
    const at = (time: string, more = 0) => epochMs(instant(`${asked.date}T${time}`) + more * 60_000 + 30_000);
    hall.go(at("06:00", asked.wakesAt));
    hall.power(isRight);
    hall.meet();
    const base = hall.now;
    const acts: { at: number; run: () => void }[] = [];
    for (const [index, offsets] of asked.people.entries()) {
      const n = index + 1;
      for (const [which, { from }] of COMINGS.entries()) {
        const offset = offsets[which];
        if (offset === null || offset === undefined) continue;
        acts.push({ at: at(from, offset), run: () => (hall.tap(n), asked.away[index] === true || hall.send(n)) });
      }
      acts.push({ at: at("12:05"), run: () => hall.send(n) });
    }
    for (const after of asked.restarts) acts.push({ at: base + after * 60_000, run: () => hall.restart(2_000) });
    if (!isRight) acts.push({ at: base + asked.setAfter * 60_000 + 1, run: () => hall.setClock() });
    for (const act of acts.toSorted((a, b) => a.at - b.at)) {
      hall.go(epochMs(act.at));
      act.run();
    }
    hall.go(at("18:30"));
    hall.meet();
    hall.reported();
    return [1, 2].map((n) => verdicts(hall, n, asked.date).map((words) => words.replace(" needs-review", "")));
  };
  fc.assert(
    fc.property(scenario, (asked) => {
      expect(play(asked, false)).toEqual(play(asked, true));
    }),
    { numRuns: 12 },
  );
}, 60_000);

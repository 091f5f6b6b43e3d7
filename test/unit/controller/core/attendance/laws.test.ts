// Proves the laws of attendance under arbitrary taps: no order of arrival shows, doubt and better taps never harm, a
// tap added later gives what deriving everything gives, and the totals are the records' sums.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttendanceBook } from "../../../../../controller/core/attendance/attendance-book.ts";
import type { Tap } from "../../../../../controller/core/attendance/facts.ts";
import { explainedSheetOf } from "../../../../../controller/core/attendance/sheet.ts";
import type { SessionVerdict } from "../../../../../controller/core/attendance/verdict.ts";
import { at, bookOf, derive, EIGHT_TO_FIVE, SUMMER } from "./attendance-rig.ts";

/** Hundreds of runs, on a machine that may have other work. */
const SLOW = { timeout: 60_000 };
const DAYS = ["2025-03-03", "2025-03-04"];
const PEOPLE = ["li", "wang"];
const REGULATIONS: readonly (readonly [string, object])[] = [
  ["county", SUMMER],
  ["jiayuguan", EIGHT_TO_FIVE],
  ["town-points", EIGHT_TO_FIVE],
  ["xiangzhen-a", EIGHT_TO_FIVE],
  ["xiangzhen-c", EIGHT_TO_FIVE],
];

interface TapInput {
  readonly person: string;
  readonly at: string;
  readonly direction: string | null;
  readonly terminal: string;
  readonly uncertaintyS: number;
}

const clock = (second: number): string =>
  [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");

const HOURS = 3600;
const tapOf = (directions: readonly (string | null)[], doubtMax: number) =>
  fc
    .record({
      person: fc.constantFrom(...PEOPLE),
      date: fc.constantFrom(...DAYS),
      second: fc.oneof(fc.integer({ min: 6 * HOURS, max: 20 * HOURS }), fc.constantFrom(8 * HOURS, 12 * HOURS)),
      direction: fc.constantFrom(...directions),
      terminal: fc.constantFrom("T1", "T2"),
      uncertaintyS: fc.integer({ min: 0, max: doubtMax }),
    })
    .map(({ date, second, ...tap }): TapInput => ({ ...tap, at: `${date}T${clock(second)}` }));

const anyTap = tapOf(["in", "out", "leave-post", "return", null], 1200);
const regulation = fc.constantFrom(...REGULATIONS);
const leave = [
  {
    person: "li",
    from: "2025-03-04T08:00:00",
    to: "2025-03-04T12:00:00",
    kind: "personal",
    state: "approved",
    substitute: "wang",
  },
];

const inputOf = ([policy, settings]: readonly [string, object], taps: readonly TapInput[]) => ({
  policy,
  settings,
  people: PEOPLE.map((id) => ({ id })),
  range: { from: DAYS[0], to: DAYS[1] },
  taps,
  leave,
});

const verdictsOf = (book: AttendanceBook): readonly SessionVerdict[] =>
  book.records().flatMap(({ sessions }) => sessions);

const toTap = ({ person, at: moment, direction, terminal, uncertaintyS }: TapInput): Tap => ({
  person,
  at: at(moment),
  earliest: at(moment) - uncertaintyS,
  latest: at(moment) + uncertaintyS,
  direction: direction as Tap["direction"],
  terminal,
  role: null,
  badge: "valid",
  source: "badge",
});

test("order of arrival, batches and repeats do not matter", SLOW, () => {
  fc.assert(
    fc.property(
      regulation,
      fc
        .array(anyTap, { maxLength: 12 })
        .chain((taps) =>
          fc.tuple(fc.constant(taps), fc.shuffledSubarray([...taps, ...taps], { minLength: taps.length * 2 })),
        ),
      (rules, [taps, again]) => {
        expect(derive(inputOf(rules, again))).toEqual(derive(inputOf(rules, taps)));
      },
    ),
    { numRuns: 200 },
  );
});

test("a tap that comes later gives what deriving everything again gives", SLOW, () => {
  fc.assert(
    fc.property(regulation, fc.array(anyTap, { minLength: 1, maxLength: 10 }), fc.nat(), (rules, taps, cut) => {
      const known = taps.slice(0, cut % taps.length);
      const { policy, book } = bookOf(inputOf(rules, known));
      for (const tap of taps.slice(known.length)) book.add(toTap(tap));
      expect(explainedSheetOf(policy, book)).toEqual(derive(inputOf(rules, taps)));
    }),
    { numRuns: 200 },
  );
});

/** What is held against somebody, the heavier first. */
const weightOf = ({ absence, late, early, points }: SessionVerdict): readonly number[] => [
  absence,
  late + early,
  points,
];

function isWorse(after: SessionVerdict, before: SessionVerdict): boolean {
  const [worse, former] = [weightOf(after), weightOf(before)];
  const differs = worse.findIndex((weight, index) => weight !== former[index]);
  return differs !== -1 && (worse[differs] ?? 0) > (former[differs] ?? 0);
}

/** A tap that reaches into the other session of the day is that session's. */
function inOwnSession({ session, day }: SessionVerdict, side: "in" | "out", moment: number): number {
  const [noon, afternoon] = [day * 86_400 + 12 * HOURS, day * 86_400 + 14 * HOURS];
  if (side === "in" && session === "pm") return Math.max(moment, noon);
  return side === "out" && session === "am" ? Math.min(moment, afternoon) : moment;
}

describe("a better tap never harms", () => {
  const sure = tapOf(["in", "out", null], 0);
  test.each([
    ["earlier than in", "in"],
    ["later than out", "out"],
  ] as const)("%s", SLOW, (_, side) => {
    fc.assert(
      fc.property(
        regulation,
        fc.array(sure, { maxLength: 6 }),
        fc.integer({ min: 1, max: 2 * HOURS }),
        fc.nat(),
        (rules, taps, by, which) => {
          const { book } = bookOf(inputOf(rules, taps));
          const judged = verdictsOf(book).filter((verdict) => verdict[side] !== null && verdict.person === "wang");
          const target = judged[which % Math.max(1, judged.length)];
          const moment = target?.[side];
          if (target === undefined || moment === undefined || moment === null) return;
          const better = inOwnSession(target, side, side === "in" ? moment - by : moment + by);
          const before = verdictsOf(book);
          book.add({
            ...toTap({
              person: target.person,
              at: "2025-03-03T00:00:00",
              direction: side,
              terminal: "T1",
              uncertaintyS: 0,
            }),
            at: better,
            earliest: better,
            latest: better,
          });
          for (const [index, verdict] of verdictsOf(book).entries()) {
            const former = before[index] ?? verdict;
            expect(isWorse(verdict, former) ? { target, former, verdict } : null).toBeNull();
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("a clock wrong by less than it admits never makes anybody late, early or absent", SLOW, () => {
  const strict = { extends: "std", signout: { required: true } }; // Where one second counts.
  const start = at("2025-03-03T08:00:00");
  const [noon, back, end] = [at("2025-03-03T12:00:00"), at("2025-03-03T13:30:00"), at("2025-03-03T17:00:00")];
  const shift = fc.record({
    doubt: fc.integer({ min: 0, max: 1200 }),
    wrong: fc.double({ min: -1, max: 1, noNaN: true }),
  });
  const early = fc.integer({ min: 0, max: 3000 });
  fc.assert(
    fc.property(
      fc.array(shift, { minLength: 4, maxLength: 4 }),
      fc.array(early, { minLength: 4, maxLength: 4 }),
      (clocks, slack) => {
        const real = [start - (slack[0] ?? 0), noon + (slack[1] ?? 0), back - (slack[2] ?? 0), end + (slack[3] ?? 0)];
        const { book } = bookOf({ policy: strict, settings: {} });
        for (const [index, moment] of real.entries()) {
          const { doubt, wrong } = clocks[index] ?? { doubt: 0, wrong: 0 };
          const shown = moment + Math.trunc(doubt * wrong);
          const direction = index % 2 === 0 ? "in" : "out";
          const tap = toTap({ person: "li", at: "2025-03-03T00:00:00", direction, terminal: "T1", uncertaintyS: 0 });
          book.add({ ...tap, at: shown, earliest: shown - doubt, latest: shown + doubt });
        }
        expect(book.record("li")?.totals).toMatchObject({ late: 0, early: 0, absence: 0 });
      },
    ),
    { numRuns: 300 },
  );
});

test("the totals are the sums of the records", SLOW, () => {
  fc.assert(
    fc.property(regulation, fc.array(anyTap, { maxLength: 12 }), (rules, taps) => {
      for (const { sessions, totals } of bookOf(inputOf(rules, taps)).book.records()) {
        const sum = (key: "late" | "early" | "absence" | "points") =>
          sessions.reduce((all, verdict) => all + verdict[key], 0);
        expect(totals).toMatchObject({
          late: sum("late"),
          early: sum("early"),
          absence: sum("absence"),
          points: sum("points"),
        });
        expect(totals.sessionsDue).toBe(sessions.filter(({ state }) => state !== "rest").length);
        for (const verdict of sessions) {
          if (verdict.absence > 0) expect(verdict).toMatchObject({ late: 0, early: 0, state: "absent" });
          expect(verdict.absence).toBeLessThanOrEqual(verdict.halfDays);
        }
      }
    }),
    { numRuns: 200 },
  );
});

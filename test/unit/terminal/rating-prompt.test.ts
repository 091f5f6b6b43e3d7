import fc from "fast-check";
import { expect, test } from "vitest";
import { type Level, milliseconds, monoMs, type VisitId } from "../../../protocol/index.ts";
import {
  darkPrompt,
  keypadOf,
  type RatingEffect,
  type RatingInput,
  stepRatingPrompt,
} from "../../../terminal/core/rating-prompt.ts";
import { VISIT_A, VISIT_B } from "../../support/counter-messages.ts";

const finished = (at: number, visitId = VISIT_A): RatingInput => ({ type: "visit-finished", visitId, at: monoMs(at) });
const key = (level: Level, at: number): RatingInput => ({ type: "key-pressed", level, at: monoMs(at) });
const committed: RatingInput = { type: "rating-journalled", visitId: VISIT_A };
const notCommitted: RatingInput = { type: "rating-not-journalled", visitId: VISIT_A };
const due = (at: number, visitId = VISIT_A): RatingInput => ({ type: "window-due", visitId, at: monoMs(at) });
const thanksDue: RatingInput = { type: "thanks-due", visitId: VISIT_A };
const offered = (remaining: number, at: number, visitId = VISIT_A): RatingInput => ({
  type: "window-offered",
  visitId,
  remaining: milliseconds(remaining),
  at: monoMs(at),
});
const next = (started: boolean, at: number): RatingInput => ({
  type: "visit-at-counter",
  visitId: VISIT_B,
  started,
  at: monoMs(at),
});

function play(script: readonly RatingInput[], rated: readonly VisitId[] = []) {
  let state = darkPrompt(rated);
  const out: RatingEffect[] = [];
  for (const input of script) {
    const [after, effects] = stepRatingPrompt(state, input);
    state = after;
    out.push(...effects);
  }
  const ratings = out.flatMap((effect) => (effect.type === "journal-rating" ? [effect.level] : []));
  return { keypad: keypadOf(state), phase: state.phase, ratings, out };
}

// The keypad asks about one finished visit at a time, and the first key inside its window is final.
test.each<[string, RatingInput[], string, Level[]]>([
  ["is dark before any visit", [key(5, 0)], "dark", []],
  ["asks when the visit has ended", [finished(0)], "asking", []],
  ["takes the first key", [finished(0), key(4, 100)], "dark", [4]],
  ["thanks once the rating is kept", [finished(0), key(4, 100), committed], "thanks", [4]],
  ["takes no second key", [finished(0), key(4, 100), key(1, 101), committed, key(1, 200)], "thanks", [4]],
  ["is dark after the thanks", [finished(0), key(4, 100), committed, thanksDue], "dark", [4]],
  ["never thanks for what could not be kept", [finished(0), key(4, 100), notCommitted], "dark", [4]],
  ["closes after 60 s", [finished(0), due(60_000), key(5, 60_001)], "dark", []],
  ["takes no key at 60 s, however late the timer", [finished(0), key(5, 60_000)], "asking", []],
  ["takes a key just before", [finished(0), key(5, 59_999), committed], "thanks", [5]],
  ["does not mind the timer of another visit", [finished(0), due(60_000, VISIT_B)], "asking", []],
  ["does not mind a timer before its time", [finished(0), due(30_000)], "asking", []],
  ["stays 15 s when the next is called at once", [finished(0), next(false, 1000), due(14_999)], "asking", []],
  ["closes after them", [finished(0), next(false, 1000), due(15_000)], "dark", []],
  ["closes when the next is called after 15 s", [finished(0), next(false, 20_000)], "dark", []],
  ["closes when the next is served", [finished(0), next(true, 1000), key(1, 1100)], "dark", []],
  ["goes over to the next finished visit", [finished(0), finished(9000, VISIT_B), key(3, 9100)], "dark", [3]],
  ["does not ask twice about one visit", [finished(0), due(60_000), finished(60_100)], "dark", []],
  ["does not open again from a face that lags", [finished(0), due(60_000), offered(5000, 60_100)], "dark", []],
  [
    "does not open again after the rating",
    [finished(0), key(5, 1), committed, thanksDue, offered(50_000, 9)],
    "dark",
    [5],
  ],
  ["opens from a face after a restart", [offered(40_000, 0), key(2, 39_999)], "dark", [2]],
  ["and closes when that window does", [offered(40_000, 0), due(40_000)], "dark", []],
  [
    "is shortened by better knowledge of the hall's time",
    [offered(60_000, 0), offered(5000, 100), due(5100)],
    "dark",
    [],
  ],
  ["is not lengthened by a repeat", [finished(0), offered(60_000, 10_000), due(60_000)], "dark", []],
  ["does not open a window that is over", [offered(0, 0)], "dark", []],
  ["counts the 15 s from the window's own opening", [offered(50_000, 0), next(false, 0), due(5000)], "dark", []],
])("the keypad %s", (_, script, keypad, ratings) => {
  const played = play(script);
  expect(played.keypad).toBe(keypad);
  expect(played.ratings).toEqual(ratings);
});

// After a power cut the face may still carry a window whose rating lies in the journal.
test("a visit rated before the restart is not asked about again", () => {
  expect(play([offered(40_000, 0), key(1, 10)], [VISIT_A]).ratings).toEqual([]);
});

const VISITS = [VISIT_A, VISIT_B];
const anyInput: fc.Arbitrary<RatingInput> = fc
  .record({
    kind: fc.constantFrom("finished", "offered", "key", "committed", "refused", "next", "due", "thanks"),
    visitId: fc.constantFrom(...VISITS),
    level: fc.constantFrom<Level>(1, 2, 3, 4, 5),
    at: fc.integer({ min: 0, max: 200_000 }),
    started: fc.boolean(),
  })
  .map(({ kind, visitId, level, at, started }): RatingInput => {
    const when = monoMs(at);
    switch (kind) {
      case "finished":
        return { type: "visit-finished", visitId, at: when };
      case "offered":
        return { type: "window-offered", visitId, remaining: milliseconds(at % 60_000), at: when };
      case "committed":
        return { type: "rating-journalled", visitId };
      case "refused":
        return { type: "rating-not-journalled", visitId };
      case "next":
        return { type: "visit-at-counter", visitId, started, at: when };
      case "due":
        return { type: "window-due", visitId, at: when };
      case "thanks":
        return { type: "thanks-due", visitId };
      default:
        return { type: "key-pressed", level, at: when };
    }
  });

// Laws, for every order of keys, timers, faces and commits: one rating per visit, and no thanks before its commit.
test("at most one rating per visit, and thanks only after its commit", () => {
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 60 }), (script) => {
      let state = darkPrompt([]);
      const ratings: VisitId[] = [];
      const commits = new Set<VisitId>();
      for (const input of script) {
        if (input.type === "rating-journalled") commits.add(input.visitId);
        const [after, effects] = stepRatingPrompt(state, input);
        state = after;
        for (const effect of effects) if (effect.type === "journal-rating") ratings.push(effect.visitId);
        if (state.phase === "thanks") expect(commits).toContain(state.visitId);
      }
      expect(new Set(ratings).size).toBe(ratings.length);
    }),
    { numRuns: 2000 },
  );
});

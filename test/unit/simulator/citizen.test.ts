import { describe, expect, test } from "vitest";
import {
  CounterId,
  later,
  milliseconds,
  type MonoMs,
  monoMs,
  ServiceId,
  TicketNumber,
} from "../../../protocol/index.ts";
import {
  arrive,
  type Citizen,
  type CitizenEffect,
  stepCitizen,
  type WindowSight,
} from "../../../simulator/people/citizen.ts";
import { seededRandom } from "../../../simulator/people/seeded-random.ts";

const A001 = TicketNumber.parse("A001");
const A002 = TicketNumber.parse("A002");
const ONE = CounterId.parse("1");
const GENERAL = ServiceId.parse("general");

type Sight = WindowSight["plate"];
const windowsWith = (plate: Sight, keypad: WindowSight["keypad"] = "dark") => new Map([[ONE, { plate, keypad }]]);
const NOTHING = windowsWith({ sign: "idle" });

/** Glances at an unchanging hall; returns where the citizen ends up, and everything done on the way. */
function live(start: Citizen, windows: ReadonlyMap<CounterId, WindowSight>, lastingMs: number, seed = 1) {
  const random = seededRandom(seed);
  const done: { readonly effect: CitizenEffect; readonly at: MonoMs }[] = [];
  let citizen = start;
  for (let at = monoMs(0); at <= lastingMs; at = later(at, milliseconds(250))) {
    const [next, effects] = stepCitizen(citizen, { type: "looked", at, windows }, random);
    citizen = next;
    done.push(...effects.map((effect) => ({ effect, at })));
  }
  return { citizen, done };
}

const waiting: Citizen = { phase: "waiting", number: A001, leavesAt: monoMs(600_000) };
const atWindow: Citizen = { phase: "at-window", number: A001, counterId: ONE };

test("comes in, takes one ticket, and waits with its number", () => {
  const random = seededRandom(1);
  const { citizen, done } = live(arrive(monoMs(0), GENERAL, random), NOTHING, 10_000);
  expect(done.map(({ effect }) => effect)).toEqual([{ type: "take-ticket", serviceId: GENERAL }]);
  const [served] = stepCitizen(citizen, { type: "ticket-taken", at: monoMs(10_000), number: A001 }, random);
  expect(served).toMatchObject({ phase: "waiting", number: A001 });
  expect(stepCitizen(citizen, { type: "kiosk-refused" }, random)[0]).toEqual({ phase: "gone" });
});

describe("waiting", () => {
  test("walks to the window that calls the own number", () => {
    const { citizen } = live(waiting, windowsWith({ sign: "called", number: A001 }), 5500);
    expect(citizen).toEqual(atWindow);
  });

  test.each([{ sign: "called", number: A002 }, { sign: "serving", number: A001 }, { sign: "unclear" }] as const)(
    "stays seated at $sign $number",
    (plate) => {
      expect(live(waiting, windowsWith(plate), 20_000).citizen).toEqual(waiting);
    },
  );

  test("leaves when patience is at its end", () => {
    expect(live({ ...waiting, leavesAt: monoMs(5000) }, NOTHING, 5000).citizen).toEqual({ phase: "gone" });
  });
});

describe("at the window", () => {
  test.each([
    { sign: "called", number: A001 },
    { sign: "serving", number: A001 },
    { sign: "unclear" },
    { sign: "dark" },
  ] as const)("stays while the plate says $sign $number", (plate) => {
    expect(live(atWindow, windowsWith(plate), 60_000).citizen).toEqual(atWindow);
  });

  test("goes, without a key, when it turns out to be another's turn", () => {
    const { citizen, done } = live(atWindow, windowsWith({ sign: "called", number: A002 }), 3500);
    expect(citizen).toEqual({ phase: "gone" });
    expect(done).toEqual([]);
  });

  // The habits are shares, so they are measured over many people; a seed makes the measurement repeatable.
  test("three in four rate, within 2 to 15 s, mostly well; nobody rates twice", () => {
    const asking = windowsWith({ sign: "rating" }, "asking");
    const lives = Array.from({ length: 1000 }, (_, seed) => live(atWindow, asking, 16_000, seed));
    expect(lives.every(({ citizen, done }) => citizen.phase === "gone" && done.length <= 1)).toBe(true);
    const ratings = lives.flatMap(({ done }) => done);
    expect(ratings.length).toBeGreaterThan(700);
    expect(ratings.length).toBeLessThan(800);
    expect(Math.min(...ratings.map(({ at }) => at))).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...ratings.map(({ at }) => at))).toBeLessThanOrEqual(15_250);
    const best = ratings.filter(({ effect }) => effect.type === "rate" && effect.level === 5).length;
    expect(best / ratings.length).toBeGreaterThan(0.5);
  });

  test("who is too slow for the keypad does not rate the next visit", () => {
    const slow: Citizen = { phase: "parting", number: A001, counterId: ONE, dueAt: monoMs(9000), level: 5 };
    const { citizen, done } = live(slow, windowsWith({ sign: "serving", number: A002 }), 10_000);
    expect(citizen).toEqual({ phase: "gone" });
    expect(done).toEqual([]);
  });
});

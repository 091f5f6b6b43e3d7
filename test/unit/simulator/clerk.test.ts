import { describe, expect, test } from "vitest";
import { later, milliseconds, monoMs, seconds, TicketNumber } from "../../../protocol/index.ts";
import { type Clerk, type ClerkEffect, type ClerkSight, newClerk, stepClerk } from "../../../simulator/people/clerk.ts";
import type { PlateReading } from "../../../simulator/people/plate-reading.ts";
import { seededRandom } from "../../../simulator/people/seeded-random.ts";

const A001 = TicketNumber.parse("A001");
const A002 = TicketNumber.parse("A002");
const CALL_SHORT = { type: "press", button: "call", held: "short" } as const;
const CALL_LONG = { type: "press", button: "call", held: "long" } as const;
const PAUSE_SHORT = { type: "press", button: "pause", held: "short" } as const;

type Looks = Omit<ClerkSight, "at">;
const seeing = (plate: PlateReading, more: Partial<Looks> = {}): Looks => ({
  plate,
  somebodyWaits: true,
  atWindow: [],
  ...more,
});

interface Acted {
  readonly effect: ClerkEffect;
  readonly afterMs: number;
}

/** Everything the clerk does while the sight stays the same, glance by glance. */
function watch(clerk: Clerk, looks: Looks, lasting = seconds(60), seed = 1): { clerk: Clerk; acted: Acted[] } {
  const random = seededRandom(seed);
  const acted: Acted[] = [];
  let current = clerk;
  for (let at = monoMs(0); at <= lasting; at = later(at, milliseconds(250))) {
    const [next, effects] = stepClerk(current, { at, ...looks }, random);
    current = next;
    acted.push(...effects.map((effect) => ({ effect, afterMs: Number(at) })));
  }
  return { clerk: current, acted };
}

const firstOf = (looks: Looks, seed = 1): Acted | undefined =>
  watch({ ...newClerk, situation: "before" }, looks, seconds(60), seed).acted[0];

describe("what a clerk does first in a situation", () => {
  test.each([
    { plate: { sign: "closed" }, effect: { type: "tap-own-badge" }, fromMs: 20_000, toMs: 40_500 },
    { plate: { sign: "called", number: A001 }, atWindow: [A001], effect: PAUSE_SHORT, fromMs: 1200, toMs: 2750 },
    { plate: { sign: "called", number: A001 }, effect: CALL_SHORT, fromMs: 9000, toMs: 12_250 },
    { plate: { sign: "called", number: A001 }, atWindow: [A002], effect: CALL_SHORT, fromMs: 9000, toMs: 12_250 },
    { plate: { sign: "serving", number: A001 }, effect: CALL_SHORT, fromMs: 8000, toMs: 25_250 },
    { plate: { sign: "paused" }, effect: CALL_SHORT, fromMs: 10_000, toMs: 25_250 },
  ] as const)("$plate -> $effect", ({ plate, effect, fromMs, toMs, ...more }) => {
    for (let seed = 0; seed < 50; seed += 1) {
      const first = firstOf(seeing(plate, more), seed);
      expect(first?.effect).toEqual(effect);
      expect(first?.afterMs).toBeGreaterThanOrEqual(fromMs);
      expect(first?.afterMs).toBeLessThanOrEqual(toMs);
    }
  });

  // The key is dead for 1 s after its meaning changed: whoever presses sooner is beeped at.
  test.each([
    { sign: "idle", withinMs: 3750 },
    { sign: "rating", withinMs: 7250 },
  ] as const)(
    "$sign with a queue: calls soon, never in the dead time, and now and then pauses",
    ({ sign, withinMs }) => {
      const firsts = Array.from({ length: 400 }, (_, seed) => firstOf(seeing({ sign }), seed));
      expect(firsts.every((first) => first !== undefined && first.afterMs > 1000 && first.afterMs <= withinMs)).toBe(
        true,
      );
      const pauses = firsts.filter((first) => first?.effect.type === "press" && first.effect.button === "pause").length;
      expect(pauses).toBeGreaterThan(5);
      expect(pauses).toBeLessThan(40);
    },
  );

  test.each(["rating", "idle"] as const)("%s and nobody waits: leaves the call key alone", (sign) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { acted } = watch(
        { ...newClerk, situation: "before" },
        seeing({ sign }, { somebodyWaits: false }),
        seconds(60),
        seed,
      );
      expect(acted.filter(({ effect }) => effect.type === "press" && effect.button === "call")).toEqual([]);
    }
  });

  test.each(["dark", "unclear"] as const)("%s: waits", (sign) => {
    expect(firstOf(seeing({ sign }))).toBeUndefined();
  });
});

test("comes to work within 6 s of the start", () => {
  const first = watch(newClerk, seeing({ sign: "closed" })).acted[0];
  expect(first?.effect).toEqual({ type: "tap-own-badge" });
  expect(first?.afterMs).toBeLessThanOrEqual(6250);
});

// GAP-07 needs a call to have been announced for 20 s before it can be a no-show: two recalls first take longer.
test("nobody comes: two recalls, then a long press, later than 20 s after the call", () => {
  const { acted } = watch(newClerk, seeing({ sign: "called", number: A001 }));
  expect(acted.slice(0, 3).map(({ effect }) => effect)).toEqual([CALL_SHORT, CALL_SHORT, CALL_LONG]);
  expect(acted[2]?.afterMs).toBeGreaterThan(20_000);
});

test("a press that changes nothing is tried again, not hammered", () => {
  const { acted } = watch(newClerk, seeing({ sign: "paused" }), seconds(60));
  const gaps = acted.slice(1).map(({ afterMs }, index) => afterMs - (acted[index]?.afterMs ?? 0));
  expect(gaps.length).toBeGreaterThan(3);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3500);
});

test("a message that flashes over the plate changes no plan", () => {
  const random = seededRandom(3);
  const serving = seeing({ sign: "serving", number: A001 });
  const [planned] = stepClerk(newClerk, { at: monoMs(0), ...serving }, random);
  const [kept, effects] = stepClerk(planned, { at: monoMs(500), ...seeing({ sign: "unclear" }) }, random);
  expect(kept).toBe(planned);
  expect(effects).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { epochMs, milliseconds, seconds } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { VIRTUAL_START, VirtualClock } from "../../support/virtual-clock.ts";

/** A clock and the list of what it woke, each with its instant. */
function woken() {
  const clock = new VirtualClock();
  const seen: string[] = [];
  return { clock, seen, note: (name: string) => () => void seen.push(`${name}@${clock.mono()}`) };
}

// Every test that moves time by hand stands on this clock.
describe("the virtual clock", () => {
  test("stands still until it is moved, and moves both of its hands", () => {
    const clock = new VirtualClock();
    expect([clock.now(), clock.mono()]).toEqual([VIRTUAL_START, 0]);
    clock.advance(seconds(3));
    expect([clock.now(), clock.mono()]).toEqual([VIRTUAL_START + 3_000, 3_000]);
  });

  test("wakes in order of instant and then of asking, each at its own instant", () => {
    const { clock, seen, note } = woken();
    clock.after(milliseconds(20), note("late"));
    clock.after(milliseconds(10), note("first"));
    clock.after(milliseconds(10), note("second"));
    clock.advance(milliseconds(20));
    expect(seen).toEqual(["first@10", "second@10", "late@20"]);
  });

  test("does not wake before its time, nor within the call that asked", () => {
    const { clock, seen, note } = woken();
    clock.after(milliseconds(0), note("now"));
    clock.after(milliseconds(10), note("later"));
    expect(seen).toEqual([]);
    clock.advance(milliseconds(9));
    expect(seen).toEqual(["now@0"]);
  });

  test("a wake that asks for another one gets it within the same advance", () => {
    const { clock, seen, note } = woken();
    clock.after(milliseconds(10), () => clock.after(milliseconds(5), note("inner")));
    clock.advance(milliseconds(15));
    expect(seen).toEqual(["inner@15"]);
  });

  test("wakes every period until it is cancelled, also from within", () => {
    const { clock, seen, note } = woken();
    const timer = clock.every(milliseconds(10), () => {
      note("tick")();
      if (seen.length === 3) timer.cancel();
    });
    clock.advance(milliseconds(100));
    expect(seen).toEqual(["tick@10", "tick@20", "tick@30"]);
    expect(clock.pending).toBe(0);
  });

  test("what is wanted soon comes before the next wake", () => {
    const { clock, seen, note } = woken();
    clock.after(milliseconds(10), () => clock.soon(note("soon")));
    clock.after(milliseconds(10), note("wake"));
    clock.soon(note("at once"));
    expect(seen).toEqual([]);
    clock.advance(milliseconds(10));
    expect(seen).toEqual(["at once@0", "soon@10", "wake@10"]);
  });

  test("a step of the wall clock wakes nobody and moves no timer", () => {
    const { clock, seen, note } = woken();
    clock.after(seconds(10), note("wake"));
    clock.stepWall(seconds(-3_600));
    expect([clock.now(), clock.mono()]).toEqual([VIRTUAL_START - 3_600_000, 0]);
    clock.setWall(epochMs(0));
    clock.advance(seconds(10));
    expect([clock.now(), seen]).toEqual([10_000, ["wake@10000"]]);
  });

  test("promises settle between wakes when asked to", async () => {
    const { clock, seen, note } = woken();
    const wait = () => new Promise<void>((resolve) => void clock.after(milliseconds(10), resolve));
    const walk = async () => {
      for (const step of ["one", "two", "three"]) {
        await wait();
        note(step)();
      }
    };
    const walked = walk();
    await clock.advanceSettled(milliseconds(30));
    expect(seen).toEqual(["one@10", "two@20", "three@30"]);
    await walked;
  });

  test("a wake that throws is seen by the test and leaves the clock usable", () => {
    const { clock, seen, note } = woken();
    const fail = () => expect.unreachable("from a wake");
    clock.after(milliseconds(5), fail);
    clock.after(milliseconds(6), note("next"));
    expect(() => clock.advance(milliseconds(10))).toThrow("from a wake");
    clock.advance(milliseconds(1));
    expect(seen).toEqual(["next@6"]);
  });

  test("time neither runs back, nor is moved from within, nor stands still for ever", () => {
    const clock = new VirtualClock();
    expect(() => clock.advance(milliseconds(-1))).toThrow("time only moves on");
    clock.after(milliseconds(1), () => clock.advance(milliseconds(1)));
    expect(() => clock.advance(milliseconds(1))).toThrow("must not advance");
    const again = (): void => void clock.after(milliseconds(0), again);
    again();
    expect(() => clock.advance(milliseconds(1))).toThrow("for ever");
  });
});

describe("seeded chance", () => {
  const draws = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 1_000 }, () => random.next());
  };

  test("gives the same sequence for the same seed and another for another", () => {
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
  });

  test("is spread evenly over [0, 1)", () => {
    const tenths = new Map<number, number>();
    for (const draw of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap(draws)) {
      const tenth = Math.floor(draw * 10);
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
    }
    expect(tenths.size).toBe(10);
    for (const count of tenths.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  test("names things by version 4 UUIDs, no two alike", () => {
    const random = new SeededRandom(1);
    const names = Array.from({ length: 1_000 }, () => random.uuid());
    for (const name of names)
      expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(new Set(names).size).toBe(1_000);
  });
});

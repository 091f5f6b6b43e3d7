import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyBench, type Touch } from "./key-bench.ts";

// Laws of a key under any edges: raw input is the one thing here that nobody has promised anything about.

/** Gaps below the settling time, an even number of them, so that the contact ends where the finger wants it. */
const bounces = fc
  .array(fc.double({ min: 0.01, max: 9.9, noNaN: true }), { maxLength: 14 })
  .map((gaps) => (gaps.length % 2 === 0 ? gaps : gaps.slice(1)));

/** A clean edge and the bounces after it. */
function bounced(at: number, edge: Touch[1], gaps: readonly number[]): Touch[] {
  const touches: Touch[] = [[at, edge]];
  let now = at;
  for (const [index, gap] of gaps.entries()) {
    now += gap;
    const isBack = index % 2 === 1;
    touches.push([now, isBack === (edge === "pressed") ? "pressed" : "released"]);
  }
  return touches;
}

const endOf = (touches: readonly Touch[]): number => touches.at(-1)?.[0] ?? 0;
const countOf = (bench: KeyBench, type: string): number =>
  bench.reports.filter((report) => report.type === type).length;
const faultsOf = (bench: KeyBench, fault: string): string[] => bench.words.filter((word) => word.startsWith(fault));
const lateness = fc.constantFrom(0, 0.3, 7, 40, 500);

test("one press of a finger, however it bounces and however late the timers are, is one press and one release", () => {
  fc.assert(
    fc.property(bounces, bounces, fc.integer({ min: 10, max: 9800 }), lateness, (first, second, held, lateBy) => {
      const press = bounced(1000, "pressed", first);
      const release = bounced(endOf(press) + held, "released", second);
      const bench = new KeyBench({ lateBy }).play([...press, ...release]);
      const heldFor = (release[0]?.[0] ?? 0) - 1000;
      expect(countOf(bench, "pressed")).toBe(1);
      expect(countOf(bench, "held")).toBe(heldFor >= 1500 ? 1 : 0);
      const released = bench.reports.filter(({ type }) => type === "released");
      expect(released).toEqual([expect.objectContaining({ heldFor, isLong: heldFor >= 1500, live: true })]);
      expect(bench.pending).toBe(0);
    }),
  );
});

test("noise below the settling time is nothing, for however long it lasts", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 9.99, noNaN: true }), { maxLength: 400 }),
      lateness,
      (gaps, lateBy) => {
        const noise = bounced(0, "pressed", gaps.length % 2 === 0 ? [...gaps, 5] : gaps);
        const bench = new KeyBench({ lateBy }).play(noise);
        expect(countOf(bench, "pressed") + countOf(bench, "held") + countOf(bench, "released")).toBe(0);
      },
    ),
  );
});

/** Any edges at all, doubled ones included. */
const anyEdges = fc
  .array(
    fc.tuple(
      fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.integer({ min: 0, max: 15_000 })),
      fc.constantFrom<Touch[1]>("pressed", "released"),
    ),
    { maxLength: 120 },
  )
  .map((steps) => {
    let now = 0;
    return steps.map(([gap, edge]): Touch => [(now += gap), edge]);
  });

// I19: what acts is a live press that was released, and no two of them share a contact's closing.
test("under any edges: at most one act per press, never two without a rest between, and every fault ends", () => {
  fc.assert(
    fc.property(anyEdges, (touches) => {
      const bench = new KeyBench().play([...touches, [endOf(touches) + 1, "released"]]);
      const closings = touches.filter(([, edge], i) => edge === "pressed" && touches[i - 1]?.[1] !== "pressed").length;
      expect(countOf(bench, "released")).toBeLessThanOrEqual(countOf(bench, "pressed"));
      expect(countOf(bench, "held")).toBeLessThanOrEqual(countOf(bench, "pressed"));
      expect(countOf(bench, "pressed")).toBeLessThanOrEqual(closings);
      for (const fault of ["stuck", "chatter"]) {
        const alternating = faultsOf(bench, fault).map((_, i) => `${fault} ${i % 2 === 0 ? "raised" : "cleared"}`);
        expect(faultsOf(bench, fault)).toEqual(alternating);
        expect(alternating.length % 2).toBe(0);
      }
      expect(restsBetweenActs(bench)).toBe(true);
      expect(bench.pending).toBe(0);
    }),
    { numRuns: 500 },
  );
});

function restsBetweenActs(bench: KeyBench): boolean {
  let releasedAt = Number.NEGATIVE_INFINITY;
  for (const report of bench.reports) {
    if (report.type === "pressed" && report.live && report.at - releasedAt < 300) return false;
    if (report.type === "released") releasedAt = report.at;
  }
  return true;
}

test("a stuck key is one fault and no release, whatever its contact does after it", () => {
  fc.assert(
    fc.property(bounces, fc.integer({ min: 10_000, max: 200_000 }), bounces, (first, held, last) => {
      const press = bounced(0, "pressed", first);
      const release = bounced(endOf(press) + held, "released", last);
      const bench = new KeyBench().play([...press, ...release]);
      expect(faultsOf(bench, "stuck")).toEqual(["stuck raised", "stuck cleared"]);
      expect(countOf(bench, "released")).toBe(0);
      expect(countOf(bench, "pressed")).toBe(1);
    }),
  );
});

// Timers of a loaded machine come when they come. What is judged is when things happened.
test("late timers change no outcome", () => {
  fc.assert(
    fc.property(anyEdges, lateness, (touches, lateBy) => {
      const punctual = new KeyBench().play(touches);
      expect(new KeyBench({ lateBy }).play(touches).words).toEqual(punctual.words);
    }),
    { numRuns: 300 },
  );
});

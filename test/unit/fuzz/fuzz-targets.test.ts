import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WIRE } from "../../../protocol/index.ts";
import { EXAMPLES } from "../../../protocol/examples.ts";
import { bytesOf } from "../../fuzz/fuzz-target.ts";
import { FUZZ_TARGETS } from "../../fuzz/targets.ts";

// Every parser at the edge keeps its laws for what is well-formed, for what somebody has damaged a little, and for each
// input that ever broke one. The search itself, led by coverage, is `npm run fuzz`.

const FOUND = join(import.meta.dirname, "../../fixtures/fuzz");
const found = (name: string): string[] => (existsSync(join(FOUND, name)) ? readdirSync(join(FOUND, name)) : []);

/** One wound: some bytes at a place give way to others. */
const wound = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.nat(8),
  come: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom("{", "[", '"', "\n", "\0", "-0", "1e400", "null", "__proto__", "\u2028", "💺").map(bytesOf),
  ),
});

function wounded(bytes: Uint8Array, wounds: readonly { at: number; gone: number; come: Uint8Array }[]): Uint8Array {
  return wounds.reduce((text, { at, gone, come }) => {
    const place = Math.floor(at * text.length);
    return Uint8Array.of(...text.subarray(0, place), ...come, ...text.subarray(place + gone));
  }, bytes);
}

describe.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))("%s", (name, target) => {
  test("well-formed inputs", () => {
    expect(target.seeds().length).toBeGreaterThan(0);
    for (const seed of target.seeds()) target.fuzz(seed);
  });

  test("damaged inputs", () => {
    const wounds = fc.array(wound, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...target.seeds()), wounds, (seed, some) => target.fuzz(wounded(seed, some))),
      { numRuns: 500 },
    );
  });

  test("any bytes, and none", () => {
    target.fuzz(new Uint8Array());
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), target.fuzz), { numRuns: 300 });
  });

  test.each(found(name))("what was found: %s", (file) => target.fuzz(readFileSync(join(FOUND, name, file))));
});

test("every branch of the wire is searched from an example", () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(Object.keys(WIRE).toSorted());
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type Json } from "../../../protocol/index.ts";

const values = fc.jsonValue({ maxDepth: 5 }).map((value) => value as Json);
const reparsed = (text: string): Json => JSON.parse(text) as Json;

/** The same value with the keys of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  );
}

// Equal content gives equal text: digests and the hash chain stand on these laws.
test("it says the same as JSON.stringify", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(reparsed(canonicalJson(value))).toEqual(reparsed(JSON.stringify(value)));
    }),
  );
});

test("it does not depend on the order of keys", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(canonicalJson(turned(value) as Json)).toBe(canonicalJson(value));
    }),
  );
});

// Few keys are put in their places one by one, many are sorted.
test("however many keys there are, they stand in the order of their code units", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "binary", minLength: 1 }), { maxLength: 60 }), (keys) => {
      const members = keys.toSorted().map((key) => `${JSON.stringify(key)}:0`);
      expect(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))).toBe(`{${members.join(",")}}`);
    }),
  );
});

test("once through storage changes nothing", () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(reparsed(text))).toBe(text);
    }),
  );
});

test("different content gives different text", () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      const same =
        JSON.stringify(turned(reparsed(canonicalJson(one)))) === JSON.stringify(turned(reparsed(canonicalJson(other))));
      expect(canonicalJson(one) === canonicalJson(other)).toBe(same);
    }),
  );
});

test.each<[Json, string]>([
  [{ b: 1, a: [true, null, "x"] }, '{"a":[true,null,"x"],"b":1}'],
  [{ b: undefined, a: 1 }, '{"a":1}'],
  [{ z: { y: 1, x: 2 } }, '{"z":{"x":2,"y":1}}'],
  [{ 10: 1, 9: 2 }, '{"10":1,"9":2}'],
  [{ é: 1, e: 2, 汉: 3 }, '{"e":2,"é":1,"汉":3}'],
  [-0, "0"],
  [1e21, "1e+21"],
  ['\ud800\u2028"', '"\\ud800\u2028\\""'],
  [[], "[]"],
  [{}, "{}"],
])("%j is %s", (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test("a member named __proto__ is a member like any other", () => {
  expect(canonicalJson(reparsed('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EXAMPLES } from "../../../protocol/examples.ts";
import { WIRE, type WireBranch } from "../../../protocol/index.ts";
import { MISFIT, readerOf } from "../../../protocol/schema-reader.ts";

// A reader says of everything what its schema says: the schema stays the only word on what a message is.

const BRANCHES = Object.keys(WIRE) as WireBranch[];

/** Order of fields included: what is read is written and hashed again. */
const textOf = (value: unknown): string => (value === MISFIT ? "misfit" : (JSON.stringify(value) ?? "absent"));
const bySchema = (schema: z.ZodType, value: unknown): string => {
  const parsed = schema.safeParse(value);
  return parsed.success ? textOf(parsed.data) : "misfit";
};
const byReader = (schema: z.ZodType, value: unknown): string => textOf(readerOf(schema)(value));

/** What a careless or hostile sender puts in the place of a member. */
const ODD = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, false, "", "a", "A001", "9d".repeat(32), "x".repeat(200), "\u0007"),
  fc.constantFrom<unknown>(0, -0, 1, -1, 1.5, 2 ** 53, -(2 ** 53), 1e300, Number.POSITIVE_INFINITY, Number.NaN),
  fc.constantFrom<unknown>("6f1c2a52-3f0e-4f6b-9d0a-1b8a7f1f5c11", "00000000-0000-0000-0000-000000000000"),
  fc.constantFrom<unknown>({}, [], [[]], { v: 1 }, JSON.parse('{"__proto__":1}'), { zh: "甲", en: "a" }),
  fc.jsonValue({ maxDepth: 3 }),
);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => placesIn(member, [...at, key]))];
}

/** A copy of `value` with something else at one place. */
function changedAt(value: unknown, [key, ...rest]: Place, change: (member: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: unknown = isList(value) ? [...value] : { ...(value as object) };
  const holder = copy as Record<string, unknown>;
  holder[key] = changedAt(holder[key], rest, change);
  return copy;
}

const spoilt = (example: unknown): fc.Arbitrary<unknown> => {
  const place = fc.constantFrom(...placesIn(example));
  const replaced = fc.tuple(place, ODD).map(([at, odd]) => changedAt(example, at, () => odd));
  const added = fc
    .tuple(place, fc.constantFrom("mood", "toString", "0"), ODD)
    .map(([at, key, odd]) =>
      changedAt(example, at, (member) => (isList(member) ? [...member, odd] : { ...Object(member), [key]: odd })),
    );
  const lost = place.map((at) =>
    changedAt(example, at, (member) => {
      if (typeof member !== "object" || member === null || Array.isArray(member)) return [member, member];
      return Object.fromEntries(Object.entries(member).slice(1));
    }),
  );
  return fc.oneof(fc.constant(example), replaced, added, lost);
};

describe.each(BRANCHES)("the reader of %s", (branch) => {
  const { schema } = WIRE[branch];
  const example = EXAMPLES[branch];

  test("gives back the example", () => {
    expect(byReader(schema, example)).toBe(textOf(schema.parse(example)));
  });

  test("says what the schema says of examples with one or two members changed, added or lost", () => {
    const twice = spoilt(example).chain((once) => fc.oneof(fc.constant(once), spoilt(once)));
    fc.assert(
      fc.property(twice, (value) => byReader(schema, value) === bySchema(schema, value)),
      { numRuns: 300 },
    );
  });
});

// Also of kinds that no message has yet: those are left to the schema itself.
test.each<[string, z.ZodType, readonly unknown[]]>([
  ["a default", z.object({ a: z.int().default(3) }), [{}, { a: 1 }, { a: "x" }, { a: undefined }]],
  ["strictness", z.strictObject({ a: z.int() }), [{ a: 1 }, { a: 1, b: 2 }]],
  [
    "other members",
    z.object({ a: z.int() }).catchall(z.string()),
    [
      { a: 1, b: "x" },
      { a: 1, b: 2 },
    ],
  ],
  ["a refined object", z.object({ a: z.int() }).refine(({ a }) => a > 3), [{ a: 4 }, { a: 1 }]],
  ["a refined text", z.string().refine((text) => text === "a"), ["a", "b"]],
  ["a transformed text", z.string().transform((text) => text.length), ["abc", 3]],
  ["a changed text", z.string().trim().max(2), [" ab ", "abc"]],
  ["a coerced number", z.coerce.number(), ["3", "x"]],
  ["a multiple", z.number().multipleOf(5), [10, 11]],
  ["open bounds", z.number().gt(1).lt(3), [1, 2, 3]],
  ["a format without a plain pattern", z.url(), ["http://a", "a"]],
  ["a sticky pattern", z.string().regex(/a/gy), ["a", "a", "b"]],
  ["keys of a kind", z.record(z.enum(["a", "b"]), z.int()), [{ a: 1, b: 2 }, { a: 1 }, { c: 1 }]],
  ["a choice by name", z.discriminatedUnion("t", [z.object({ t: z.literal("a") })]), [{ t: "a" }, { t: "b" }]],
  ["an exact absence", z.object({ a: z.int().exactOptional() }), [{}, { a: 1 }, { a: undefined }]],
  ["any JSON", z.json(), [{ a: [1, "b", null, { c: true }] }, { a: () => 1 }, Number.NaN]],
])("%s is taken as by the schema", (_what, schema, values) => {
  for (const value of values) expect(byReader(schema, value)).toBe(bySchema(schema, value));
});

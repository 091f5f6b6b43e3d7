import { z } from "zod";
import { assert } from "../../protocol/base/assert.ts";
import { utf8Bytes } from "../../protocol/base/utf8.ts";

/** The part of JSON Schema that zod writes for our messages. */
const SchemaNode = z.looseObject({
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  maxItems: z.int().optional(),
  maxLength: z.int().optional(),
  maximum: z.number().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
});
type SchemaNode = z.infer<typeof SchemaNode>;

/** A longest text for every pattern in use. A new pattern must be added here: its length cannot be guessed. */
const LONGEST_BY_PATTERN: Readonly<Record<string, string>> = {
  "^[a-z0-9][a-z0-9-]{0,31}$": "a".repeat(32),
  "^[A-Z]{1,2}[0-9]{3,4}$": "AB1234",
  "^[0-9a-f]{64}$": "0".repeat(64),
  "^[a-z0-9-]{1,32}$": "a".repeat(32),
};
const LONGEST_UUID = "ffffffff-ffff-4fff-bfff-ffffffffffff";
const LONGEST_NUMBER = 1.1111111111111111e-300;

/**
 * A value of `schema` whose JSON text is as long as any, with every text filled by `letter`. Fails for a schema that
 * sets no bound.
 */
export function largestValue(schema: z.ZodType, letter: string): unknown {
  return largest(z.toJSONSchema(schema, { io: "input", reused: "inline" }), letter);
}

function largest(schema: unknown, letter: string): unknown {
  const node = SchemaNode.parse(schema);
  if ("const" in node) return node.const;
  if (node.enum !== undefined) return longest(node.enum);
  if (node.anyOf !== undefined) return longest(node.anyOf.map((option) => largest(option, letter)));
  if (Array.isArray(node.type)) return longest(node.type.map((type) => largest({ ...node, type }, letter)));
  switch (node.type) {
    case "object":
      assert(node.properties !== undefined, "an object whose fields are not named has no bound");
      return Object.fromEntries(Object.entries(node.properties).map(([key, field]) => [key, largest(field, letter)]));
    case "array":
      assert(node.maxItems !== undefined, "a list without a maximum has no bound");
      return Array.from({ length: node.maxItems }, () => largest(node.items, letter));
    case "string":
      return longestText(node, letter);
    case "integer":
      return node.maximum ?? Number.MAX_SAFE_INTEGER;
    case "number":
      return LONGEST_NUMBER;
    case "boolean":
      return false;
    default:
      assert(node.type === "null", `what the longest ${node.type} is, is not known`);
      return null;
  }
}

function longestText({ format, maxLength, pattern }: SchemaNode, letter: string): string {
  if (format === "uuid") return LONGEST_UUID;
  if (pattern === undefined) {
    assert(maxLength !== undefined, "a text without a maximum has no bound");
    return letter.repeat(maxLength / letter.length);
  }
  const text = LONGEST_BY_PATTERN[pattern] ?? (maxLength === undefined ? undefined : letter.repeat(maxLength));
  assert(text !== undefined, `no longest text is known for ${pattern}`);
  return text;
}

const longest = (values: readonly unknown[]): unknown =>
  values.reduce((best, value) => (lengthOf(value) > lengthOf(best) ? value : best));

const lengthOf = (value: unknown): number => utf8Bytes(JSON.stringify(value) ?? "");

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../../../protocol/examples.ts";
import {
  decodeMessage,
  encodeMessage,
  MESSAGE_BYTES_MAX,
  MESSAGE_DEPTH_MAX,
  TerminalState,
  UpEnvelope,
  WIRE,
  type WireBranch,
} from "../../../protocol/index.ts";

const BRANCHES = Object.keys(WIRE) as WireBranch[];
const { up } = EXAMPLES;
/** An envelope whose one input carries `body`, written as text so that it may be anything. */
const envelopeWith = (body: string): string =>
  JSON.stringify({ ...up, inputs: [{ ...up.inputs[0], body: "HERE" }] }).replace('"HERE"', body);
const codeOf = (text: string): string => {
  const decoded = decodeMessage(UpEnvelope, text);
  return decoded.ok ? "taken" : decoded.error.code;
};

describe.each(BRANCHES)("the message of %s", (branch) => {
  const { schema } = WIRE[branch];
  const example = EXAMPLES[branch];

  test("is read as it was written", () => {
    const decoded = decodeMessage(schema, encodeMessage(schema, example));
    expect(decoded).toEqual({ ok: true, value: example });
  });

  test("is understood with fields that a newer sender added, which are dropped", () => {
    const decoded = decodeMessage(schema, JSON.stringify({ ...example, mood: "sunny" }));
    expect(decoded).toEqual({ ok: true, value: example });
  });

  test("is refused by name in another version", () => {
    for (const v of [2, 0, "1", null, undefined]) {
      const decoded = decodeMessage(schema, JSON.stringify({ ...example, v }));
      expect(decoded).toMatchObject({ ok: false, error: { code: "wrong-version" } });
    }
  });

  test("is refused when any of its fields is missing, unless it may be", () => {
    const optional = branch === "ack" ? ["need", "refused"] : [];
    for (const field of Object.keys(example).filter((name) => !optional.includes(name))) {
      const decoded = decodeMessage(schema, JSON.stringify({ ...example, [field]: undefined }));
      expect(decoded.ok).toBe(false);
    }
  });

  test("is refused when it is another branch's message", () => {
    for (const other of BRANCHES.filter((name) => name !== branch)) {
      expect(decodeMessage(schema, JSON.stringify(EXAMPLES[other])).ok).toBe(false);
    }
  });
});

test.each([
  ["nothing", "", "not-json"],
  ["half a message", '{"v":1', "not-json"],
  ["a byte order mark", `\ufeff${JSON.stringify(up)}`, "not-json"],
  ["two messages", `${JSON.stringify(up)}${JSON.stringify(up)}`, "not-json"],
  ["a number JSON has no word for", envelopeWith('{"a":NaN}'), "not-json"],
  ["null", "null", "malformed"],
  ["a list", "[]", "malformed"],
  ["a list with a message in it", JSON.stringify([up]), "malformed"],
  ["a text", '"up"', "malformed"],
  ["a number", "1", "malformed"],
  ["an empty object", "{}", "wrong-version"],
  ["a number beyond all bounds", envelopeWith('{"a":1e999}'), "malformed"],
  ["a body that is a list", envelopeWith("[]"), "malformed"],
  ["a body that is null", envelopeWith("null"), "malformed"],
  ["an input that is null", JSON.stringify({ ...up, inputs: [null] }), "malformed"],
  ["no input", JSON.stringify({ ...up, inputs: [] }), "malformed"],
  ["too large a message", JSON.stringify({ ...up, note: "x".repeat(MESSAGE_BYTES_MAX) }), "too-large"],
])("%s is refused", (_what, text, code) => {
  expect(codeOf(text)).toBe(code);
});

test("a message of exactly the largest size is still read", () => {
  const text = JSON.stringify(up);
  expect(codeOf(text.padEnd(MESSAGE_BYTES_MAX))).toBe("taken");
  expect(codeOf(text.padEnd(MESSAGE_BYTES_MAX + 1))).toBe("too-large");
});

// 16 KiB of brackets would overrun the stack of whoever walks them, here or later: one terminal could end the hall.
test.each([
  ["lists", "[", "]"],
  ["objects", '{"a":', "}"],
])("deeply nested %s are refused at every depth, never thrown at", (_what, open, close) => {
  const nested = (depth: number): string => envelopeWith(`{"a":${open.repeat(depth)}1${close.repeat(depth)}}`);
  const insideBody = MESSAGE_DEPTH_MAX - 4; // The envelope, its list, the input and the body are four.
  expect(codeOf(nested(insideBody))).toBe("taken");
  expect(codeOf(nested(insideBody + 1))).toBe("malformed");
  expect(codeOf(nested(2_000))).toBe("malformed");
  expect(codeOf(`${open.repeat(16_000 / open.length)}`)).toBe("not-json");
  expect(codeOf(`${"[".repeat(8_000)}${"]".repeat(8_000)}`)).toBe("malformed");
});

test("a key named __proto__ changes no prototype and is not carried on", () => {
  const body = '{"__proto__":{"level":5},"kept":{"__proto__":{"level":5},"constructor":{"prototype":{"level":5}}}}';
  const decoded = decodeMessage(UpEnvelope, envelopeWith(body));
  if (!decoded.ok) expect.unreachable(decoded.error.detail);
  const carried = decoded.value.inputs[0]?.body ?? {};
  expect(Reflect.get(carried, "level")).toBeUndefined();
  expect(Reflect.get({}, "level")).toBeUndefined();
  expect(JSON.stringify(carried)).toBe('{"kept":{"constructor":{"prototype":{"level":5}}}}');
});

test("fields offered through __proto__ do not stand in for missing ones", () => {
  const decoded = decodeMessage(TerminalState, `{"__proto__":${JSON.stringify(EXAMPLES.state)}}`);
  expect(decoded.ok).toBe(false);
});

test("the fault names the place and not the sender's words", () => {
  const decoded = decodeMessage(UpEnvelope, envelopeWith('{"a secret\\nkey":1e999}'));
  if (decoded.ok) expect.unreachable("the message was taken");
  expect(decoded.error.detail).toMatch(/^inputs\.0\.body\.\?: /u);
  expect(decoded.error.detail).not.toMatch(/secret|\n/u);
});

test("no text makes the reader throw", () => {
  const schemas = fc.constantFrom(...BRANCHES.map((branch) => WIRE[branch].schema));
  const texts = fc.oneof(fc.string(), fc.json(), fc.json().map(envelopeWith));
  fc.assert(
    fc.property(schemas, texts, (schema, text) => {
      expect(decodeMessage(schema, text).ok).toBeTypeOf("boolean");
    }),
  );
});

test("a message that we could not read ourselves is never written", () => {
  expect(() => encodeMessage(UpEnvelope, { ...up, inputs: [] })).toThrow("inputs");
  expect(() => encodeMessage(UpEnvelope, { ...up, boot: 0 })).toThrow("boot");
});

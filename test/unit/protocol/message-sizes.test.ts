import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeMessage,
  encodeMessage,
  INPUT_BYTES_MAX,
  INPUTS_PER_ENVELOPE_MAX,
  Input,
  MESSAGE_BYTES_MAX,
  SEQ_MAX,
  UpEnvelope,
  utf8Bytes,
  WIRE,
  type WireBranch,
} from "../../../protocol/index.ts";
import { largestValue } from "../../support/largest-value.ts";

/** No number between 0 and the last instant has a longer text. */
const LONGEST_NUMBER = 1.1111111111111111e-300;
const STREAM = "ffffffff-ffff-4fff-bfff-ffffffffffff";

/** An input of exactly `bytes` bytes, every number in it as long as a number can be. */
function inputOf(bytes: number): Input {
  const frame = {
    v: 1,
    seq: SEQ_MAX,
    boot: SEQ_MAX,
    kind: "intent",
    type: "x".repeat(32),
    monoMs: LONGEST_NUMBER,
    hallMs: LONGEST_NUMBER,
    synced: false,
    basis: { epoch: SEQ_MAX, position: SEQ_MAX },
    ttlMs: 5000,
  };
  const room = bytes - utf8Bytes(JSON.stringify({ ...frame, body: { note: "" } }));
  return Input.parse({ ...frame, body: { note: "x".repeat(room) } });
}

const envelopeOf = (inputs: readonly Input[]): UpEnvelope => ({
  v: 1,
  stream: UpEnvelope.shape.stream.parse(STREAM),
  boot: SEQ_MAX,
  sentMonoMs: LONGEST_NUMBER,
  inputs: [...inputs],
});

// The limits of limits.ts are bounds of one another, not hopes: whatever the schemas allow also fits the wire.
describe("the largest envelope", () => {
  const fullest = Array.from({ length: INPUTS_PER_ENVELOPE_MAX }, () => inputOf(INPUT_BYTES_MAX));

  test("fits into one message", () => {
    const text = encodeMessage(UpEnvelope, envelopeOf(fullest));
    expect(utf8Bytes(text)).toBeLessThanOrEqual(MESSAGE_BYTES_MAX);
    expect(utf8Bytes(text)).toBeGreaterThan(INPUTS_PER_ENVELOPE_MAX * INPUT_BYTES_MAX);
    expect(decodeMessage(UpEnvelope, text).ok).toBe(true);
  });

  test("has no room for one input more", () => {
    const oneMore = JSON.stringify(envelopeOf([...fullest, inputOf(INPUT_BYTES_MAX)]));
    expect(utf8Bytes(oneMore)).toBeGreaterThan(MESSAGE_BYTES_MAX);
    expect(UpEnvelope.safeParse(envelopeOf([...fullest, inputOf(1024)])).success).toBe(false);
  });

  test("carries no input over its limit, however few there are", () => {
    const tooLarge = inputOf(INPUT_BYTES_MAX + 1);
    const detail = "inputs: an input over 2048 bytes";
    for (const inputs of [[tooLarge], [inputOf(1024), tooLarge], [tooLarge, inputOf(1024)]]) {
      const decoded = decodeMessage(UpEnvelope, JSON.stringify(envelopeOf(inputs)));
      expect(decoded).toEqual({ ok: false, error: { code: "malformed", detail } });
    }
  });
});

// Every text and list at its maximum, in Chinese: three bytes a character.
test("every other message at its largest fits, the board included", () => {
  const branches = (Object.keys(WIRE) as WireBranch[]).filter((branch) => branch !== "up");
  const sizes = branches.map((branch) => {
    const { schema } = WIRE[branch];
    return { branch, bytes: utf8Bytes(JSON.stringify(schema.parse(largestValue(schema, "汉")))) };
  });
  const over = sizes.filter(({ bytes }) => bytes > MESSAGE_BYTES_MAX);
  expect(over.map(({ branch }) => branch)).toEqual([]);
});

test("bytes are counted as an encoder writes them", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(utf8Bytes(text)).toBe(encoder.encode(text).length);
    }),
  );
  for (const text of ["", "a", "é", "汉", "😀", "\ud83d", "\ude00\ud83d", "\ud83da"]) {
    expect(utf8Bytes(text)).toBe(encoder.encode(text).length);
  }
});

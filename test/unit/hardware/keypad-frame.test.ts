// Frames of rating keypads by description: any that can be is read, for any noise and split; others are refused.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootReport, usagesIn } from "../../../hardware/codecs/boot-keyboard.ts";
import {
  decodeKeypad,
  encodeKeypad,
  endKeypad,
  faultOfFrame,
  KEYPAD_FRAME_BYTES_MAX,
  KEYPAD_START,
  type KeypadFrame,
  type KeypadState,
  type KeypadWord,
  ONE_BYTE,
} from "../../../hardware/codecs/keypad-frame.ts";
import { decoded, inPortions } from "./decoding.ts";

const anyByte = fc.integer({ min: 0, max: 255 });
const anyChecksum = fc.oneof(
  fc.constant({ kind: "none" } as const),
  fc.record({ kind: fc.constantFrom("xor" as const, "sum" as const), from: fc.nat({ max: 2 }) }),
  fc.record({
    kind: fc.constant("crc16" as const),
    from: fc.nat({ max: 2 }),
    initial: fc.constantFrom(0, 0xffff),
    order: fc.constantFrom("low-first" as const, "high-first" as const),
  }),
);
const anyFrame: fc.Arbitrary<KeypadFrame> = fc
  .record({
    header: fc.array(anyByte, { maxLength: 3 }),
    length: fc.oneof(
      fc.record({ kind: fc.constant("fixed" as const), bytes: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ kind: fc.constant("field" as const), at: fc.nat({ max: 5 }), plus: fc.nat({ max: 4 }) }),
    ),
    keyAt: fc.nat({ max: 8 }),
    checksum: anyChecksum,
  })
  .filter((frame) => faultOfFrame(frame) === null);
/** One whose header and checksum keep it apart from noise. */
const FIRM: KeypadFrame = {
  header: [0xaa, 0x55],
  length: { kind: "field", at: 2, plus: 1 },
  keyAt: 3,
  checksum: { kind: "crc16", from: 2, initial: 0xffff, order: "low-first" },
};

const decoderOf = (frame: KeypadFrame) => (state: KeypadState, chunk: Uint8Array) => decodeKeypad(frame, state, chunk);
const keysOf = (words: readonly KeypadWord[]): number[] =>
  words.flatMap((word) => (word.kind === "key" ? [word.code] : []));

test("a single byte is a key", () => {
  expect(decoded(decoderOf(ONE_BYTE), KEYPAD_START)([0x35])).toEqual([{ kind: "key", code: 0x35 }]);
});

test("a described frame is the bytes its description says", () => {
  expect([...encodeKeypad(FIRM, 0x35)]).toEqual([0xaa, 0x55, 0x05, 0x35, 0xc2, 0xf7]);
  const xor: KeypadFrame = { ...FIRM, length: { kind: "fixed", bytes: 6 }, checksum: { kind: "xor", from: 0 } };
  expect([...encodeKeypad(xor, 0x35)]).toEqual([0xaa, 0x55, 0, 0x35, 0, 0xca]);
});

test("what is encoded is decoded, for any description", () => {
  fc.assert(
    fc.property(anyFrame, anyByte, (frame, code) => {
      expect(decoded(decoderOf(frame), KEYPAD_START)([...encodeKeypad(frame, code)])).toEqual([{ kind: "key", code }]);
    }),
  );
});

test("how the bytes are split changes nothing", () => {
  fc.assert(
    fc.property(
      anyFrame,
      fc.array(anyByte, { maxLength: 60 }),
      fc.array(fc.nat({ max: 9 })),
      (frame, stream, sizes) => {
        const decode = decoderOf(frame);
        expect(inPortions(decode, KEYPAD_START, stream, sizes)).toEqual(decoded(decode, KEYPAD_START)(stream));
      },
    ),
  );
});

describe("noise around frames with a header and a checksum", () => {
  const anyNoise = fc.array(fc.oneof(anyByte, fc.constantFrom(0xaa, 0x55)), { maxLength: 30 });

  test("costs no key, once the line has been silent", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyNoise, anyByte), { maxLength: 4 }), anyNoise, (pairs, after) => {
        const stream = [...pairs.flatMap(([noise, code]) => [...noise, ...encodeKeypad(FIRM, code)]), ...after];
        const [state, words] = decodeKeypad(FIRM, KEYPAD_START, Uint8Array.from(stream));
        const keys = keysOf([...words, ...endKeypad(FIRM, state)[1]]);
        expect(keys).toEqual(pairs.map(([, code]) => code));
      }),
      { numRuns: 300 },
    );
  });

  test("and one damaged byte costs one key and makes none", () => {
    fc.assert(
      fc.property(fc.array(anyByte, { minLength: 1, maxLength: 5 }), fc.nat(), anyByte, (codes, position, byte) => {
        const stream = codes.flatMap((code) => [...encodeKeypad(FIRM, code)]);
        const at = position % stream.length;
        fc.pre(stream[at] !== byte);
        stream[at] = byte;
        const [state, words] = decodeKeypad(FIRM, KEYPAD_START, Uint8Array.from(stream));
        const keys = keysOf([...words, ...endKeypad(FIRM, state)[1]]);
        expect(keys).toEqual(codes.filter((_, index) => index !== Math.trunc(at / 6)));
      }),
      { numRuns: 300 },
    );
  });
});

test("whatever comes, less than a frame is kept and the end leaves nothing", () => {
  fc.assert(
    fc.property(anyFrame, fc.array(anyByte, { maxLength: 200 }), (frame, stream) => {
      const [state] = decodeKeypad(frame, KEYPAD_START, Uint8Array.from(stream));
      expect(state.rest.length).toBeLessThan(KEYPAD_FRAME_BYTES_MAX);
      expect(endKeypad(frame, state)[0]).toEqual(KEYPAD_START);
    }),
  );
});

test.each<[string, Partial<KeypadFrame>]>([
  ["the key stands behind the header", { keyAt: 1 }],
  ["the key stands beside the length", { keyAt: 2 }],
  ["the length stands behind the header", { length: { kind: "field", at: 1, plus: 0 } }],
  ["key and checksum need 6 bytes", { length: { kind: "fixed", bytes: 5 } }],
  ["a frame has at most 64 bytes", { length: { kind: "fixed", bytes: 65 } }],
  ["a frame has at most 64 bytes", { keyAt: 70 }],
  ["a frame with a length of its own needs a header", { header: [] }],
])("a frame that cannot be is refused: %s", (reason, change) => {
  expect(faultOfFrame({ ...FIRM, ...change })).toBe(reason);
});

test("a boot report is the keys that are down; a keyboard that cannot tell says nothing", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 4, max: 255 }), { maxLength: 6 }), (usages) => {
      expect([...(usagesIn(bootReport(usages)) ?? [])]).toEqual(usages);
    }),
  );
  expect(usagesIn(bootReport([4, 5, 6, 7, 8, 9, 10]))).toBeNull();
  expect(usagesIn(Uint8Array.of(0, 0, 4))).toBeNull();
});

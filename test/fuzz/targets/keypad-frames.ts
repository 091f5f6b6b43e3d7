import { assert } from "../../../protocol/index.ts";
import { usagesIn } from "../../../hardware/codecs/boot-keyboard.ts";
import {
  decodeKeypad,
  encodeKeypad,
  endKeypad,
  KEYPAD_FRAME_BYTES_MAX,
  KEYPAD_START,
  type KeypadFrame,
  type KeypadWord,
  ONE_BYTE,
} from "../../../hardware/codecs/keypad-frame.ts";
import { glyphsIn } from "../../../hardware/codecs/unifont.ts";
import { type FuzzTarget, textOf } from "../fuzz-target.ts";

const FRAMES: readonly KeypadFrame[] = [
  ONE_BYTE,
  { header: [0x7e], length: { kind: "fixed", bytes: 4 }, keyAt: 2, checksum: { kind: "sum", from: 0 } },
  {
    header: [0xaa, 0x55],
    length: { kind: "field", at: 2, plus: 1 },
    keyAt: 3,
    checksum: { kind: "crc16", from: 0, initial: 0xffff, order: "low-first" },
  },
];
const CODE = 0x35;

/** The first byte cuts the line in two, and the line ends with a good frame. */
function fuzz(bytes: Uint8Array): void {
  for (const frame of FRAMES) {
    const line = Uint8Array.of(...bytes.subarray(1), ...encodeKeypad(frame, CODE));
    const cut = (bytes[0] ?? 0) % (line.length + 1);
    const [whole, split] = [0, cut].map((at) => wordsIn(frame, line, at));
    assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
    const last = whole?.filter((word) => word.kind === "key").at(-1);
    assert(frame !== ONE_BYTE || last?.code === CODE, "the last byte is the last key");
    assert((whole?.length ?? 0) <= line.length, "no byte tells more than one thing");
  }
  const usages = usagesIn(bytes);
  assert(usages === null || (bytes.length === 8 && usages.size <= 6), "six keys at most");
  for (const { width, rows } of glyphsIn(textOf(bytes), new Set([0x41, 0x5586])).values())
    assert(rows.length === 16 && rows.every((bits) => bits >= 0 && bits < 2 ** width), "a glyph is its dots");
}

function wordsIn(frame: KeypadFrame, line: Uint8Array, cut: number): readonly KeypadWord[] {
  const [between, first] = decodeKeypad(frame, KEYPAD_START, line.subarray(0, cut));
  const [state, second] = decodeKeypad(frame, between, line.subarray(cut));
  assert(state.rest.length < KEYPAD_FRAME_BYTES_MAX, "less than a frame is kept");
  return [...first, ...second, ...endKeypad(frame, state)[1]];
}

export const keypadFrames: FuzzTarget = {
  name: "keypad-frames",
  fuzz,
  seeds: () => [
    ...FRAMES.map((frame) => encodeKeypad(frame, CODE)),
    Uint8Array.of(0, 0, 0x59, 0x1e, 0, 0, 0, 0),
    Buffer.from("0041:0000000018242442427E424242420000\n"),
  ],
};

// Firmata's frames: those the protocol describes, and the laws of a decoder of a byte stream.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeFirmata,
  encodeFirmata,
  endFirmata,
  FIRMATA_FRAME_BYTES_MAX,
  FIRMATA_START,
  type FirmataFrame,
  inSevenBits,
} from "../../../hardware/codecs/firmata-frames.ts";
import { decoded } from "./decoding.ts";
import { streamLaws } from "./stream-laws.ts";

const read = decoded(decodeFirmata, FIRMATA_START);
const digital: FirmataFrame = { kind: "digital", port: 1, bits: 0x81 };

describe("frames", () => {
  test.each<[string, readonly number[], FirmataFrame]>([
    ["a version", [0xf9, 2, 6], { kind: "version", major: 2, minor: 6 }],
    ["eight pins", [0x91, 0x01, 0x01], digital],
    ["an empty message", [0xf0, 0x79, 0xf7], { kind: "sysex", command: 0x79, body: [] }],
    ["a message", [0xf0, 0x6a, 0x7f, 0, 0xf7], { kind: "sysex", command: 0x6a, body: [0x7f, 0] }],
  ])("%s", (_, bytes, frame) => {
    expect(read(bytes)).toEqual([frame]);
    expect([...encodeFirmata(frame)]).toEqual(bytes);
  });

  test.each<[string, readonly number[], readonly object[]]>([
    ["bytes between frames are one piece of noise", [1, 2, 3, 0x91, 1, 1, 4], [noise(), digital, noise()]],
    ["a frame that broke off costs itself alone", [0xf9, 2, 0x91, 1, 1], [broken(), digital]],
    ["a message without a command is none", [0xf0, 0xf7, 0x91, 1, 1], [broken(), digital]],
    [
      "a command that no board sends breaks off what was under way",
      [0xf0, 1, 0xff, 2, 3, 0x91, 1, 1],
      [broken(), digital],
    ],
    ["an end without a beginning is noise", [0xf7], [noise()]],
  ])("%s", (_, bytes, words) => {
    expect(read(bytes)).toEqual(words);
  });

  test("a message without an end is given up, and the next frame read", () => {
    const endless = [0xf0, ...Array.from({ length: 3 * FIRMATA_FRAME_BYTES_MAX }, () => 1)];
    expect(read([...endless, 0x91, 1, 1])).toEqual([broken(), digital]);
    const [state, told] = decodeFirmata(FIRMATA_START, Uint8Array.from(endless));
    expect(state.frame.length).toBeLessThan(FIRMATA_FRAME_BYTES_MAX);
    expect(told).toEqual([broken()]); // At once, and not when something else comes.
  });

  test("bytes travel in halves", () => {
    expect(inSevenBits([0x00, 0x7f, 0x80, 0xff])).toEqual([0, 0, 0x7f, 0, 0, 1, 0x7f, 1]);
  });
});

function noise() {
  return { kind: "bad", reason: "noise" };
}
function broken() {
  return { kind: "bad", reason: "framing" };
}

const seven = fc.integer({ min: 0, max: 0x7f });

streamLaws("Firmata", {
  start: FIRMATA_START,
  decode: decodeFirmata,
  end: endFirmata,
  item: fc.oneof<fc.Arbitrary<FirmataFrame>[]>(
    fc.record({ kind: fc.constant("version" as const), major: seven, minor: seven }),
    fc.record({ kind: fc.constant("digital" as const), port: fc.nat({ max: 15 }), bits: fc.nat({ max: 0x3fff }) }),
    fc.record({ kind: fc.constant("analog" as const), channel: fc.nat({ max: 15 }), level: fc.nat({ max: 0x3fff }) }),
    fc.record({ kind: fc.constant("sysex" as const), command: seven, body: fc.array(seven, { maxLength: 30 }) }),
  ),
  encode: encodeFirmata,
  wordsOf: (frame) => [frame],
  noise: seven,
  hard: [0xf0, 0xf7, 0xf9, 0x90, 0x9f, 0xff, 0x00],
  keptMax: FIRMATA_FRAME_BYTES_MAX,
  kept: ({ frame }) => frame.length,
  noticesOneByte: false,
});

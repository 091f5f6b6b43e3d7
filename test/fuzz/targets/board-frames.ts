import {
  decodeFirmata,
  encodeFirmata,
  endFirmata,
  FIRMATA_FRAME_BYTES_MAX,
  FIRMATA_START,
  type FirmataFrame,
  type FirmataWord,
} from "../../../hardware/codecs/firmata-frames.ts";
import { assert } from "../../../protocol/index.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const LAST: FirmataFrame = { kind: "digital", port: 1, bits: 0x81 };

/** The first byte cuts the line in two, and the line ends with a good frame. */
function fuzz(bytes: Uint8Array): void {
  const line = Uint8Array.of(...bytes.subarray(1), ...encodeFirmata(LAST));
  const cut = (bytes[0] ?? 0) % (line.length + 1);
  const [whole, split] = [0, cut].map((at) => wordsIn(line, at));
  assert(JSON.stringify(split) === JSON.stringify(whole), "a cut changes nothing");
  assert(JSON.stringify(whole?.at(-1)) === JSON.stringify(LAST), "a good frame is found, whatever stood before it");
  assert((whole?.length ?? 0) <= line.length, "no byte tells more than one thing");
  for (const word of whole ?? []) if (word.kind !== "bad") assertRoundTrip(word);
}

function assertRoundTrip(frame: FirmataFrame): void {
  const [, words] = decodeFirmata(FIRMATA_START, encodeFirmata(frame));
  assert(JSON.stringify(words) === JSON.stringify([frame]), "what is decoded can be encoded");
}

function wordsIn(line: Uint8Array, cut: number): readonly FirmataWord[] {
  const [between, first] = decodeFirmata(FIRMATA_START, line.subarray(0, cut));
  const [state, second] = decodeFirmata(between, line.subarray(cut));
  assert(state.frame.length < FIRMATA_FRAME_BYTES_MAX, "less than the longest frame is kept");
  return [...first, ...second, ...endFirmata(state)[1]];
}

export const boardFrames: FuzzTarget = {
  name: "board-frames",
  fuzz,
  seeds: () => [
    Uint8Array.of(3, 0xf9, 2, 6, 0xf0, 0x79, 2, 11, 0x41, 0, 0xf7),
    Uint8Array.of(1, 0xf0, 0x6c, 0x7f, 0, 1, 1, 1, 0x7f, 0xf7, 0x91, 1, 1),
  ],
};

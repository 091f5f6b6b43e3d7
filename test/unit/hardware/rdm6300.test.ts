// The decoder turns an RDM6300's bytes into tags, tells each kind of damage once, and never makes a tag up.
import { describe, expect, test } from "vitest";
import {
  decodeRdm6300,
  encodeRdm6300,
  endRdm6300,
  RDM6300_START,
  type Rdm6300Frame,
} from "../../../hardware/codecs/rdm6300.ts";
import { canonicalBadge } from "../../../hardware/ports/badge-reader.ts";

const CARD = canonicalBadge("0086F444");
const TAG: Rdm6300Frame = { kind: "tag", version: 0x10, tag: CARD };
const CHECKSUM: Rdm6300Frame = { kind: "bad", reason: "checksum" };
const FRAMING: Rdm6300Frame = { kind: "bad", reason: "framing" };
const NOISE: Rdm6300Frame = { kind: "bad", reason: "noise" };

/** "<" and ">" stand for STX and ETX. */
const bytes = (text: string): Uint8Array => Buffer.from(text.replaceAll("<", "\u0002").replaceAll(">", "\u0003"));
const decode = (text: string): readonly Rdm6300Frame[] => decodeRdm6300(RDM6300_START, bytes(text))[1];

describe("what the bytes mean", () => {
  const cases: readonly (readonly [string, string, readonly Rdm6300Frame[]])[] = [
    ["the published example", "<100086F44426>", [TAG]],
    ["an ID-12's CR LF before the end", "<100086F44426\r\n>", [TAG]],
    ["lower-case digits", "<100086f44426>", [TAG]],
    ["repeats of a resting card", "<100086F44426><100086F44426>", [TAG, TAG]],
    ["a wrong sum", "<100086F44427>", [CHECKSUM]],
    ["a wrong digit", "<10008AF44426>", [CHECKSUM]],
    ["a byte too few", "<10086F44426>", [FRAMING]],
    ["a byte too many", "<100086F444260>", [FRAMING]],
    ["a byte that is no digit: told once, its tail included", "<10G086F44426>", [FRAMING]],
    ["CR without LF", "<100086F44426\r>", [FRAMING]],
    ["CR LF twice", "<100086F44426\r\n\r\n>", [FRAMING]],
    ["a frame cut off by the next one", "<10008<100086F44426>", [FRAMING, TAG]],
    ["a start byte twice", "<<100086F44426>", [FRAMING, TAG]],
    ["an empty frame", "<>", [FRAMING]],
    ["a lost start byte", "100086F44426>", [NOISE]],
    [
      "noise before, between and after, once a run",
      "~~<100086F44426>~x~<100086F44426>~",
      [NOISE, TAG, NOISE, TAG, NOISE],
    ],
    ["a lost end byte: the next frame is whole", "<100086F44426<100086F44426>", [FRAMING, TAG]],
    ["silence", "", []],
  ];
  test.each(cases)("%s", (_what, stream, frames) => {
    expect(decode(stream)).toEqual(frames);
  });
});

test("the published example is what the encoder sends", () => {
  const published = "02 31 30 30 30 38 36 46 34 34 34 32 36 03".split(" ").map((hex) => Number.parseInt(hex, 16));
  expect([...encodeRdm6300(CARD)]).toEqual(published);
  expect([...encodeRdm6300(CARD, { crLf: true })]).toEqual([...published.slice(0, 13), 0x0d, 0x0a, 0x03]);
});

test("a frame may end in another chunk than it began in", () => {
  const [halfway, none] = decodeRdm6300(RDM6300_START, bytes("<10008"));
  const [after, frames] = decodeRdm6300(halfway, bytes("6F44426>"));
  expect(none).toEqual([]);
  expect(frames).toEqual([TAG]);
  expect(after).toEqual(RDM6300_START);
});

test("the end of the stream breaks off a frame that is under way, and only that", () => {
  const [halfway] = decodeRdm6300(RDM6300_START, bytes("<10008"));
  const [noisy] = decodeRdm6300(RDM6300_START, bytes("~"));
  expect(endRdm6300(halfway)).toEqual([RDM6300_START, [FRAMING]]);
  expect(endRdm6300(noisy)).toEqual([RDM6300_START, []]);
  expect(endRdm6300(RDM6300_START)).toEqual([RDM6300_START, []]);
});

// The limit of an XOR, kept in sight: nothing above the codec may take a tag for proof of the card.
test("the sum misses changes of the same bits in two bytes, and two bytes that changed places", () => {
  expect(decode("<11 0186F44426>".replace(" ", ""))).toEqual([
    { kind: "tag", version: 0x11, tag: canonicalBadge("0186F444") },
  ]);
  expect(decode("<108600F44426>")).toEqual([{ kind: "tag", version: 0x10, tag: canonicalBadge("8600F444") }]);
});

test("only a tag of four bytes can be sent", () => {
  expect(() => encodeRdm6300(canonicalBadge("04A1B2C3D4E5F6"))).toThrow("4 bytes");
  expect(() => encodeRdm6300(CARD, { version: 256 })).toThrow("one byte");
});

// A badge is secret, and messages of bugs end up in logs.
test("a badge that is not canonical is refused without being repeated", () => {
  for (const wrong of ["0086f444", "0086F4", "0086F44", "", "0086F444 ", "0086F4440086F4440086F4"]) {
    expect(() => canonicalBadge(wrong)).toThrow(/^a canonical badge is 4 to 10 bytes in upper-case hex$/u);
  }
});

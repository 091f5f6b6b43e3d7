// Frames of Onbon BX cards: the published vectors, what answers mean, and what a command may not be.
import { expect, test } from "vitest";
import { BX_START, decodeBxEnvelope, encodeBxEnvelope } from "../../../hardware/codecs/bx-envelope.ts";
import {
  type BxTextArea,
  clearScreen,
  screenPower,
  setClock,
  updateAreas,
} from "../../../hardware/codecs/bx-font-commands.ts";
import {
  decodeBxFrame,
  decodeBxReply,
  encodeBxFrame,
  encodeBxReply,
  toAnyCard,
} from "../../../hardware/codecs/bx-frames.ts";
import { crc16Arc } from "../../../hardware/codecs/crc16-arc.ts";
import { encodeGb2312 } from "../../../hardware/codecs/gb2312.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const wrapped = (content: Uint8Array): string => hex(encodeBxEnvelope(encodeBxFrame("font", toAnyCard(content))));
const check = Array.from("123456789", (digit) => digit.charCodeAt(0));

const AREA: BxTextArea = {
  id: 0,
  x: 0,
  y: 0,
  width: 64,
  height: 16,
  run: { kind: "forever" },
  display: "fast",
  text: encodeGb2312("3号窗口").bytes,
};

test("the CRC has the check values of ARC and Modbus", () => {
  expect([crc16Arc(check), crc16Arc(check, 0xffff)]).toEqual([0xbb3d, 0x4b37]);
});

test("screen on is the vector computed from the published rules", () => {
  expect(wrapped(screenPower(true))).toBe("a5a5a5a5a5a5a5a5feff0080000000000000fe020600a300010000015df15a");
});

test("3号窗口 on 64 x 16 dots of a fifth-generation card is the computed vector", () => {
  expect(wrapped(updateAreas([AREA], 5))).toBe(
    "a5a5a5a5a5a5a5a5feff0080000000000000fe022b00a306010000000122000000000000080010000000000500" +
      "0000000201020000080700000033bac5b4b0bfdae55f5a",
  );
});

test("a sixth-generation card counts dots, and an area may end by itself", () => {
  const content = updateAreas([{ ...AREA, run: { kind: "until-stale", seconds: 15 }, display: "static" }], 6, [3]);
  expect(hex(content)).toBe("a30601000001030122000000000000400010000000020f000000000201010000080700000033bac5b4b0bfda");
});

test("clear and clock are as in the vendor's library: decimals, the year's low digits first", () => {
  expect(hex(clearScreen())).toBe("a310010000");
  const time = { year: 2026, month: 3, day: 12, hour: 9, minute: 5, second: 59, weekday: 4 };
  expect(hex(setClock(time))).toBe("a2030100002620031209055904");
  expect(() => setClock({ ...time, year: 1999 })).toThrow("a card counts");
});

test("x and width are whole bytes of dots", () => {
  expect(() => updateAreas([{ ...AREA, width: 60 }], 6)).toThrow("whole bytes");
});

test("bytes that frame a frame are escaped within it", () => {
  const body = Uint8Array.of(0xa5, 0xa6, 0x5a, 0x5b);
  const bytes = encodeBxEnvelope(body);
  expect(hex(bytes)).toMatch(/^(?:a5){8}a602a6015b025b01.*5a$/u);
  expect(decodeBxEnvelope(BX_START, bytes)[1]).toEqual([{ kind: "body", body }]);
});

for (const family of ["font", "picture"] as const) {
  test(`a ${family} card's header tells its ends and its length`, () => {
    const frame = { destination: 0x8000, source: 1, content: Uint8Array.of(0xa0, 0, 0, 0, 0) };
    const body = encodeBxFrame(family, frame);
    expect(decodeBxFrame(family, body)).toEqual(frame);
    expect(decodeBxFrame(family, body.slice(0, -1))).toBeNull();
    expect(decodeBxFrame(family, body.slice(0, 10))).toBeNull();
  });
}

test("answers are ACK, NACK with its error, or nothing of the kind", () => {
  for (const reply of [{ kind: "ack" }, { kind: "nack", error: 3 }] as const)
    expect(decodeBxReply(encodeBxReply(reply))).toEqual(reply);
  for (const content of [[], [0xa0, 0, 0], [0xa0, 2, 0, 0, 0], [0xa3, 0, 0, 0, 0]])
    expect(decodeBxReply(Uint8Array.from(content))).toBeNull();
});

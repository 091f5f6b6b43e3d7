// Keypads as their drivers see them: one press is one press, damaged frames are none, and lamps follow the face.
import { describe, expect, test } from "vitest";
import { encodeKeypad, type KeypadFrame, ONE_BYTE } from "../../../hardware/codecs/keypad-frame.ts";
import { createHidKeypad, DIGIT_USAGES, keyboardKeys, rawKeys } from "../../../hardware/drivers/hid-keypad.ts";
import { createSerialKeypad, KEY_HELD } from "../../../hardware/drivers/serial-keypad.ts";
import type { RatingKeypad } from "../../../hardware/ports/rating-keypad.ts";
import type { Level } from "../../../protocol/base/levels.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { MemoryWire } from "../../../simulator/wire/memory-wire.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const KEYS: ReadonlyMap<number, Level> = new Map(([1, 2, 3, 4, 5] as const).map((level) => [0x30 + level, level]));
const FRAMED: KeypadFrame = {
  header: [0x7e],
  length: { kind: "fixed", bytes: 4 },
  keyAt: 2,
  checksum: { kind: "sum", from: 0 },
};

async function watch(keypad: RatingKeypad) {
  const edges: string[] = [];
  await keypad.open({ onEdge: ({ level, edge, at }) => void edges.push(`${level} ${edge} ${at}`), onHealth: () => {} });
  return edges;
}

async function openSerial(frame: KeypadFrame) {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock, milliseconds(0));
  const heard: number[][] = [];
  wire.onHeard = (bytes) => void heard.push([...bytes]);
  const lamps = { dark: Uint8Array.of(0), asking: Uint8Array.of(1), thanks: Uint8Array.of(2) };
  const keypad = createSerialKeypad({ link: wire.byteLink(), clock, frame, keys: KEYS, lamps });
  const edges = await watch(keypad);
  return { clock, wire, keypad, edges, heard, pass: (ms: number) => clock.advance(milliseconds(ms)) };
}

describe("a keypad on a serial line", () => {
  test("tells of a press; the key counts as let go a moment later", async () => {
    const { wire, edges, pass } = await openSerial(ONE_BYTE);
    wire.say(Uint8Array.of(0x35));
    pass(1000);
    expect(edges).toEqual(["5 pressed 0", `5 released ${KEY_HELD}`]);
  });

  test("repeats while a key is held are one press", async () => {
    const { wire, edges, pass } = await openSerial(ONE_BYTE);
    for (let repeat = 0; repeat < 10; repeat += 1) {
      wire.say(Uint8Array.of(0x31));
      pass(100);
    }
    pass(1000);
    expect(edges).toEqual(["1 pressed 0", `1 released ${900 + KEY_HELD}`]);
  });

  test("bytes that are no key of ours are nobody's rating", async () => {
    const { wire, edges, pass } = await openSerial(ONE_BYTE);
    wire.say(Uint8Array.of(0x30, 0x36, 0x00, 0xff, 0x0d, 0x0a));
    pass(1000);
    expect(edges).toEqual([]);
  });

  test("a damaged frame is no press, and the frame after a broken one is read", async () => {
    const { wire, edges, pass } = await openSerial(FRAMED);
    const frame = encodeKeypad(FRAMED, 0x34);
    wire.say(frame.with(3, 0));
    pass(500);
    wire.say(frame.slice(0, 2));
    pass(500);
    wire.say(frame);
    pass(500);
    expect(edges).toEqual(["4 pressed 1000", `4 released ${1000 + KEY_HELD}`]);
  });

  test("a head that broke off does not hold back the next press", async () => {
    const { wire, edges, pass } = await openSerial(FRAMED);
    const frame = encodeKeypad(FRAMED, 0x32);
    wire.say(Uint8Array.of(...frame.slice(0, 3), ...frame));
    pass(500);
    expect(edges).toHaveLength(2);
  });

  test("its lamps are told when it comes and whenever the face changes", async () => {
    const { wire, keypad, heard, pass } = await openSerial(ONE_BYTE);
    keypad.show("asking");
    pass(10);
    wire.unplug();
    keypad.show("thanks");
    wire.plug();
    pass(10);
    expect(heard).toEqual([[0], [1], [2]]);
  });
});

async function openUsb(keysIn = keyboardKeys(DIGIT_USAGES)) {
  const clock = new VirtualClock();
  const wire = new MemoryWire(clock, milliseconds(0));
  const keypad = createHidKeypad({ link: wire.hidLink(), clock, keysIn });
  const edges = await watch(keypad);
  const report = (...bytes: number[]): void => {
    wire.say(Uint8Array.from(bytes));
    clock.advance(milliseconds(10));
  };
  return { wire, keypad, edges, report };
}

describe("a keypad on USB", () => {
  test("both blocks of digits are keys, and only those newly pressed are told", async () => {
    const { edges, report } = await openUsb();
    report(0, 0, 0x5d, 0, 0, 0, 0, 0);
    report(0, 0, 0x5d, 0x1e, 0, 0, 0, 0);
    report(0, 0, 0, 0x1e, 0, 0, 0, 0);
    report(0, 0, 0, 0, 0, 0, 0, 0);
    expect(edges).toEqual(["5 pressed 0", "1 pressed 10", "5 released 20", "1 released 30"]);
  });

  test("too many keys at once, and other keys, change nothing", async () => {
    const { edges, report } = await openUsb();
    report(0, 0, 0x59, 0, 0, 0, 0, 0);
    report(0, 0, 1, 1, 1, 1, 1, 1);
    report(2, 0, 0x59, 0x04, 0x28, 0, 0, 0);
    expect(edges).toEqual(["1 pressed 0"]);
  });

  test("a key that was down when the keypad went counts as let go, without an edge", async () => {
    const { wire, edges, report } = await openUsb();
    report(0, 0, 0x59, 0, 0, 0, 0, 0);
    wire.unplug();
    wire.plug();
    report(0, 0, 0x59, 0, 0, 0, 0, 0);
    expect(edges).toEqual(["1 pressed 0", "1 pressed 10"]);
  });

  test("reports of its own are read as described: a code, or a bit for each key", async () => {
    const codes = await openUsb(rawKeys({ reportId: 3, offset: 2, form: "code", keys: new Map([[0x0a, 4]]) }));
    codes.report(3, 9, 0x0a);
    codes.report(2, 9, 0);
    codes.report(3, 9, 0);
    expect(codes.edges).toEqual(["4 pressed 0", "4 released 20"]);
    const keys = new Map<number, Level>([
      [1, 1],
      [16, 5],
    ]);
    const bits = await openUsb(rawKeys({ reportId: null, offset: 0, form: "bits", keys }));
    bits.report(0x11);
    bits.report(0x10);
    expect(bits.edges).toEqual(["1 pressed 0", "5 pressed 0", "1 released 10"]);
  });
});

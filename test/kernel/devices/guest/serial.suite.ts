// Real serialport on cdc-acm, the device at the other end a gadget of the same kernel.
import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { KeypadFrame } from "../../../../hardware/codecs/keypad-frame.ts";
import { createRdm6300Reader } from "../../../../hardware/drivers/rdm6300-reader.ts";
import { createSerialKeypad, KEY_HELD } from "../../../../hardware/drivers/serial-keypad.ts";
import { createSerialLink } from "../../../../hardware/links/serial-link.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import type { Level } from "../../../../protocol/base/levels.ts";
import { elapsed, milliseconds, monoMs, seconds } from "../../../../protocol/base/time.ts";
import { FrameKeypad } from "../../../../simulator/wire/keypads.ts";
import { byteLinkContract } from "../../../contract/byte-link-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { expect, test } from "vitest";
import { arduinoContracts } from "./arduino-contracts.ts";
import { cableTests, FAULT_WITHIN } from "./cable-tests.ts";
import { SerialGadget } from "./serial-gadget.ts";
import { serialReaderContracts } from "./serial-readers.ts";
import { signContracts } from "./sign-contracts.ts";
import { signTests } from "./sign-tests.ts";
import { LONG, passed, until } from "./time.ts";

const clock = systemClock;
const linkTo = (gadget: SerialGadget) => createSerialLink({ path: gadget.path, baudRate: 9600, clock });

/** Files of terminal lines that this process has open, also those of devices that are gone. */
const linesHeld = (): number =>
  readdirSync("/proc/self/fd").filter((file) => {
    try {
      return readlinkSync(join("/proc/self/fd", file)).startsWith("/dev/ttyACM");
    } catch {
      return false; // Closed meanwhile: the one that listed them.
    }
  }).length;

byteLinkContract("serialport on a kernel's USB serial line", async () => {
  const gadget = new SerialGadget("line");
  const link = linkTo(gadget);
  return {
    link,
    plug: () => gadget.plug(),
    unplug: () => gadget.unplug(),
    say: (text) => gadget.say(Buffer.from(text, "latin1")),
    heard: () => gadget.heard(),
    until,
    linger: () => passed(seconds(10)),
    async afterwards() {
      await gadget.plug();
      await passed(seconds(10));
    },
    async release() {
      await link.close();
      const held = linesHeld();
      await gadget.release();
      expect(held, "lines held after close").toBe(0);
    },
  };
});

serialReaderContracts("on a kernel's USB serial line");

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const FACES = ["dark", "asking", "thanks"] as const;
const LAMPS = { dark: Uint8Array.of(0x30), asking: Uint8Array.of(0x31), thanks: Uint8Array.of(0x32) };
const FRAMED: KeypadFrame = {
  header: [0xaa, 0x55],
  length: { kind: "field", at: 2, plus: 0 },
  keyAt: 3,
  checksum: { kind: "xor", from: 0 },
};

ratingKeypadContract("framed, on a kernel's USB serial line", async () => {
  const gadget = new SerialGadget("keypad");
  const codes = new Map(LEVELS.map((level) => [level, 0x30 + level]));
  const device = new FrameKeypad({ clock, frame: FRAMED, codes, say: (bytes) => gadget.say(bytes) });
  const keys = new Map(LEVELS.map((level) => [0x30 + level, level]));
  const keypad = createSerialKeypad({ link: linkTo(gadget), clock, frame: FRAMED, keys, lamps: LAMPS });
  await gadget.plug();
  return {
    keypad,
    finger: (level, edge) => (edge === "pressed" ? device.press(level) : device.lift(level)),
    face: () => FACES[Number(gadget.heard().at(-1) ?? "0")] ?? "dark",
    plug: () => gadget.plug(),
    unplug: () => gadget.unplug(),
    pass: passed,
    until,
    longHold: LONG,
    tolerance: milliseconds(KEY_HELD + 60),
    async release() {
      device.release();
      await keypad.close();
      await gadget.release();
    },
  };
});

arduinoContracts("Arduino on a kernel's USB serial line");
signContracts("on a kernel's USB serial line");
signTests();

for (const talks of [false, true]) {
  cableTests(`serialport, a device that ${talks ? "never stops talking" : "is silent"}`, async () => {
    const gadget = new SerialGadget("cable");
    const reader = createRdm6300Reader({ link: linkTo(gadget), clock });
    const talking = talks ? clock.every(milliseconds(2), () => gadget.say(Buffer.alloc(32, "x"))) : null;
    await gadget.plug();
    return {
      open: (onHealth) => reader.open({ onHealth, onBadge: () => {}, onBadFrame: () => {} }),
      plug: () => gadget.plug(),
      unplug: () => gadget.unplug(),
      async release() {
        talking?.cancel();
        await reader.close();
        await gadget.release();
      },
    };
  });
}

// A read of a line that has hung up ends with no bytes, and serialport begins it again, for ever: without the watchdog
// nobody would be told. Late in the second between two looks of the watchdog, because it spins until then.
test("serialport, unplugged between two reads: a fault within 2 s, and healed", async () => {
  const gadget = new SerialGadget("race");
  const link = linkTo(gadget);
  const words: string[] = [];
  let pulledAt = monoMs(0);
  const pull = (): void => {
    if (pulledAt > 0) return;
    words.push("pulled");
    gadget.unplugAtOnce();
    pulledAt = clock.mono();
  };
  await gadget.plug();
  try {
    await link.open({
      onUp: () => void words.push("up"),
      onDown: (fault) => void words.push(`down ${fault}`),
      onBytes: pull,
    });
    await until("up", () => words.includes("up"));
    await passed(milliseconds(900));
    gadget.say(Buffer.from("x"));
    await until("down", () => words.length > 2);
    expect(elapsed(pulledAt, clock.mono())).toBeLessThan(FAULT_WITHIN);
    await gadget.plug();
    await until("up again", () => words.length > 3);
    expect(words).toEqual(["up", "pulled", "down unplugged", "up"]);
  } finally {
    await link.close();
    await gadget.release();
  }
});

test("serialport: the line of a device that is gone is given back, and so is the last one", async () => {
  const gadget = new SerialGadget("held");
  const link = linkTo(gadget);
  const words: string[] = [];
  await gadget.plug();
  try {
    await link.open({
      onUp: () => void words.push("up"),
      onDown: (fault) => void words.push(`down ${fault}`),
      onBytes: () => {},
    });
    await until("up", () => words.length === 1);
    expect(linesHeld()).toBe(1);
    await gadget.unplug();
    await until("down", () => words.length === 2);
    await gadget.plug();
    await until("up again", () => words.length === 3);
    expect(linesHeld()).toBe(1);
    await link.close();
    expect(linesHeld()).toBe(0);
  } finally {
    await link.close();
    await gadget.release();
  }
});

import {
  bytesOfBadge,
  type CanonicalBadge,
  canonicalBadge,
  encodeBridge,
  encodeRdm6300,
  wiegandOf,
} from "../../hardware/index.ts";
import { bilingual, milliseconds, type Timer } from "../../protocol/index.ts";
import { OsdpPeripheral } from "../wire/osdp-peripheral.ts";
import { Pn532Chip } from "../wire/pn532-chip.ts";
import type { EmulatedDevice, Emulator, EmulatorWorld } from "./emulator.ts";

/** How long a hand holds its card near, and how often a reader tells of it meanwhile. */
const HELD = milliseconds(300);
const REPEAT_EVERY = milliseconds(50);

const TAP = ["tap CARD   一张卡，4 字节十六进制：tap 0086F444 · a card, four bytes in hex"] as const;

/** Null for what is no card of four bytes. */
function cardIn([word, card]: readonly string[]): CanonicalBadge | null {
  if (word !== "tap" || card === undefined || !/^[0-9a-f]{8}$/iu.test(card)) return null;
  return canonicalBadge(card.toUpperCase());
}

/** A reader that repeats a card's frame while it rests. */
function repeating({ clock, say, tell }: EmulatorWorld, frameOf: (card: CanonicalBadge) => Uint8Array): Emulator {
  let repeats: Timer | null = null;
  let ends: Timer | null = null;
  const lift = (): void => {
    repeats?.cancel();
    ends?.cancel();
  };
  return {
    hear: (bytes) => tell(bilingual(`收到 ${bytes.length} 字节，读卡器不理会`, `heard ${bytes.length} bytes: ignored`)),
    act(words) {
      const card = cardIn(words);
      if (card === null) return false;
      lift();
      say(frameOf(card));
      repeats = clock.every(REPEAT_EVERY, () => say(frameOf(card)));
      ends = clock.after(HELD, lift);
      return true;
    },
    boot() {},
    cutPower: lift,
  };
}

const WIEGAND_34 = { format: "hex-line", content: "wiegand", bits: 34, fill: "front" } as const;

function osdp({ clock, say, tell }: EmulatorWorld): Emulator {
  const reader = new OsdpPeripheral({ address: 0, key: null, say });
  let ends: Timer | null = null;
  let told = 0;
  return {
    hear(bytes) {
      reader.hear(bytes);
      const { lamps, sounds } = reader;
      if (lamps.length + sounds.length === told) return;
      told = lamps.length + sounds.length;
      tell(
        bilingual(
          `灯 ${lamps.at(-1) ?? "–"}，蜂鸣 ${sounds.length} 次`,
          `lamp ${lamps.at(-1) ?? "–"}, ${sounds.length} sounds`,
        ),
      );
    },
    act(words) {
      const card = cardIn(words);
      if (card === null) return false;
      reader.lay(wiegandOf(bytesOfBadge(card)), clock.mono());
      ends?.cancel();
      ends = clock.after(HELD, () => reader.lift(clock.mono()));
      return true;
    },
    boot() {},
    cutPower() {
      ends?.cancel();
      reader.reset();
    },
  };
}

function pn532({ clock, say }: EmulatorWorld): Emulator {
  const chip = new Pn532Chip(say);
  let ends: Timer | null = null;
  const lift = (): void => {
    ends?.cancel();
    chip.card = null;
  };
  return {
    hear: (bytes) => chip.hear(bytes),
    act(words) {
      const card = cardIn(words);
      if (card === null) return false;
      lift();
      chip.card = bytesOfBadge(card);
      ends = clock.after(HELD_NEAR, lift);
      return true;
    },
    boot() {},
    cutPower() {
      lift();
      chip.reset();
    },
  };
}

/** The chip is asked now and then: a card must rest for as long as the pause between two questions. */
const HELD_NEAR = milliseconds(1000);

export const READERS = {
  rdm6300: {
    summary: bilingual("读卡器 RDM6300（EM4100）", "badge reader RDM6300 (EM4100)"),
    commands: TAP,
    configuration: "badgeReader: { driver: rdm6300, path: PATH }",
    make: (world) => repeating(world, (card) => encodeRdm6300(card)),
  },
  wiegand: {
    summary: bilingual("读卡器 Wiegand-34 转串口", "badge reader Wiegand-34 behind a serial bridge"),
    commands: TAP,
    configuration:
      "badgeReader: { driver: wiegand-bridge, line: { path: PATH }, " +
      "frame: { format: hex-line, content: wiegand, bits: 34 } }",
    make: (world) => repeating(world, (card) => encodeBridge(WIEGAND_34, bytesOfBadge(card))),
  },
  osdp: {
    summary: bilingual("读卡器 OSDP，地址 0，无加密", "badge reader OSDP, address 0, no secure channel"),
    commands: TAP,
    configuration: "badgeReader: { driver: osdp, line: { path: PATH }, address: 0, security: none }",
    make: osdp,
  },
  pn532: {
    summary: bilingual("读卡器 PN532（HSU）", "badge reader PN532 (HSU)"),
    commands: TAP,
    configuration: "badgeReader: { driver: pn532, line: { path: PATH } }",
    make: pn532,
  },
} satisfies Readonly<Record<string, EmulatedDevice>>;

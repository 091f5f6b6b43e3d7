import {
  bootReport,
  type CanonicalBadge,
  createAlphaNameplate,
  createGpiodLines,
  createGpioButtons,
  createHidKeypad,
  createRdm6300Reader,
  createSerialKeypad,
  createWedgeReader,
  DIGIT_USAGES,
  encodeRdm6300,
  keyboardKeys,
  wedgeReports,
} from "../../../hardware/index.ts";
import { createHealingLink } from "../../../hardware/links/healing-link.ts";
import { HidChannel } from "../../../hardware/links/hid-channel.ts";
import { hidLinkOver } from "../../../hardware/links/hid-link.ts";
import { openSerialChannel } from "../../../hardware/links/serial-channel.ts";
import { accepted, type Level, refused } from "../../../protocol/index.ts";
import type { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeGpiod } from "../../unit/hardware/fake-gpiod.ts";
import { FakeHid } from "../../unit/hardware/fake-hid.ts";
import { FakeSerial } from "../../unit/hardware/fake-serial.ts";

/** A device of the counter, the product's driver and link for it, and its cable. */
export interface PluggedDevice {
  /** What it says in a round, and how often that makes its driver speak. */
  use(round: number): void;
  readonly perRound: number;
  /** How often the driver has spoken. */
  heard(): number;
  open(): Promise<void>;
  close(): Promise<void>;
  plug(): void;
  unplug(): void;
  /** Handles, listeners and processes that it has just now. */
  held(): number;
}

const PATH = "/dev/serial/by-id/device";
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const FRAME = { header: [], length: { kind: "fixed", bytes: 1 }, keyAt: 0, checksum: { kind: "none" } } as const;
const BUTTONS = { call: "call", pause: "pause" } as const;
const nothing = (): void => {};

/** One of each way to a device: serial lines, USB input devices, lines of a GPIO chip. */
export const devicesOn = (clock: VirtualClock): readonly PluggedDevice[] => [
  serialReader(clock),
  serialKeypad(clock),
  serialSign(clock),
  wedgeReader(clock),
  usbKeypad(clock),
  gpioButtons(clock),
];

function serialLine(clock: VirtualClock, hangUp: ConstructorParameters<typeof FakeSerial>[0]) {
  const line = new FakeSerial(hangUp);
  const link = createHealingLink({ name: PATH, clock, connect: () => openSerialChannel(PATH, 9600, clock, line) });
  const unplug = (): void => {
    line.heard.length = 0;
    line.unplug();
  };
  return { line, link, cable: { plug: () => line.plug(), unplug, held: () => line.held } };
}

function serialReader(clock: VirtualClock): PluggedDevice {
  const { line, link, cable } = serialLine(clock, "read-fails");
  const reader = createRdm6300Reader({ link, clock });
  let heard = 0;
  return {
    ...cable,
    use: (round) => line.say(encodeRdm6300(badgeOf(round))),
    perRound: 1,
    heard: () => heard,
    open: () => reader.open({ onBadge: () => (heard += 1), onBadFrame: nothing, onHealth: nothing }),
    close: () => reader.close(),
  };
}

function serialKeypad(clock: VirtualClock): PluggedDevice {
  const { line, link, cable } = serialLine(clock, "read-never-ends");
  const keys = new Map(LEVELS.map((level) => [0x30 + level, level]));
  const keypad = createSerialKeypad({ link, clock, frame: FRAME, keys });
  let heard = 0;
  return {
    ...cable,
    use: (round) => line.say(Uint8Array.of(0x31 + (round % 5))),
    perRound: 2,
    heard: () => heard,
    open: () => keypad.open({ onEdge: () => (heard += 1), onHealth: nothing }),
    close: () => keypad.close(),
  };
}

function serialSign(clock: VirtualClock): PluggedDevice {
  const { link, cable } = serialLine(clock, "read-fails");
  const sign = createAlphaNameplate({ link, clock, columns: 15, rows: 1 });
  return {
    ...cable,
    use: nothing,
    perRound: 0,
    heard: () => 0,
    open: () => sign.open({ onHealth: nothing, onReport: nothing }),
    close: () => sign.close(),
  };
}

function hidSocket(clock: VirtualClock) {
  let isPlugged = false;
  /** All that were opened and are not wholly given up. */
  const devices = new Set<FakeHid>();
  const heldBy = (device: FakeHid): number => Number(device.isOpen) + device.eventNames().length;
  const latest = (): FakeHid | undefined => [...devices].findLast(({ isOpen }) => isOpen);
  const connect = async () => {
    if (!isPlugged) return refused({ fault: "absent" } as const);
    const device = new FakeHid();
    for (const old of devices) if (heldBy(old) === 0) devices.delete(old);
    devices.add(device);
    return accepted(new HidChannel(device.asHid, clock));
  };
  return {
    link: hidLinkOver("1a86:e026", connect, clock),
    say: (report: Uint8Array): void => void latest()?.emit("data", Buffer.from(report)),
    cable: {
      plug: (): void => void (isPlugged = true),
      unplug(): void {
        isPlugged = false;
        latest()?.emit("error", undefined);
      },
      held: () => [...devices].reduce((sum, device) => sum + heldBy(device), 0),
    },
  };
}

function wedgeReader(clock: VirtualClock): PluggedDevice {
  const { link, say, cable } = hidSocket(clock);
  const reader = createWedgeReader({ link, clock, text: { kind: "decimal", digits: 10 } });
  let heard = 0;
  return {
    ...cable,
    use(round) {
      for (const report of wedgeReports(String(round + 1).padStart(10, "0"))) say(report);
    },
    perRound: 1,
    heard: () => heard,
    open: () => reader.open({ onBadge: () => (heard += 1), onBadFrame: nothing, onHealth: nothing }),
    close: () => reader.close(),
  };
}

function usbKeypad(clock: VirtualClock): PluggedDevice {
  const { link, say, cable } = hidSocket(clock);
  const lamps = { dark: Uint8Array.of(0, 0), asking: Uint8Array.of(0, 1), thanks: Uint8Array.of(0, 2) };
  const keypad = createHidKeypad({ link, clock, keysIn: keyboardKeys(DIGIT_USAGES), lamps });
  let heard = 0;
  return {
    ...cable,
    use(round) {
      keypad.show(round % 2 === 0 ? "asking" : "dark");
      for (const usages of [[0x59 + (round % 5)], []]) say(bootReport(usages));
    },
    perRound: 2,
    heard: () => heard,
    open: () => keypad.open({ onEdge: () => (heard += 1), onHealth: nothing }),
    close: () => keypad.close(),
  };
}

/** Over libgpiod's tools: what is held are their processes. */
function gpioButtons(clock: VirtualClock): PluggedDevice {
  const chip = new FakeGpiod(Object.values(BUTTONS));
  chip.plugged = false;
  const wiring = { chip: "test-chip", inputs: Object.values(BUTTONS), bias: "pull-up", debounceMs: 5 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip });
  const panel = createGpioButtons({
    lines,
    clock,
    buttons: BUTTONS,
    lamps: { call: "call-lamp", pause: "pause-lamp" },
  });
  let heard = 0;
  return {
    plug: () => void (chip.plugged = true),
    unplug: () => chip.unplug(),
    held: () => chip.running.size,
    use(round) {
      panel.light("call", round % 2 === 0 ? "blink" : "on");
      for (const isHigh of [false, true]) chip.level(BUTTONS.call, isHigh);
    },
    perRound: 2,
    heard: () => heard,
    open: () => panel.open({ onEdge: () => (heard += 1), onHealth: nothing }),
    close: () => panel.close(),
  };
}

/** Another each round: one that rests is read once. */
const badgeOf = (round: number): CanonicalBadge =>
  (round + 1).toString(16).toUpperCase().padStart(8, "0") as CanonicalBadge;

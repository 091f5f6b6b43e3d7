// A serial line, a socket, a USB input device and the lines of a GPIO chip keep one contract: each comes up when its
// device comes, tells of its loss once, heals, carries every byte, and is silent once closed. The product's own links
// and channels run here; below them stand fakes of serialport's binding, the socket, node-hid and libgpiod's tools, so
// that minutes of plugging cost no wait. test/system and test/kernel run the same links over the real ones.
import { createGpiodLines } from "../../hardware/links/gpiod-lines.ts";
import { createHealingLink } from "../../hardware/links/healing-link.ts";
import { HidChannel } from "../../hardware/links/hid-channel.ts";
import { hidLinkOver } from "../../hardware/links/hid-link.ts";
import { openSerialChannel } from "../../hardware/links/serial-channel.ts";
import { openTcpChannel } from "../../hardware/links/tcp-channel.ts";
import type { ByteLink, ByteLinkListener } from "../../hardware/ports/byte-link.ts";
import type { GpioLines } from "../../hardware/ports/gpio-lines.ts";
import type { HidLink } from "../../hardware/ports/hid-link.ts";
import { accepted, refused } from "../../protocol/base/result.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeGpiod } from "../unit/hardware/fake-gpiod.ts";
import { FakeHid } from "../unit/hardware/fake-hid.ts";
import { FakeSerial } from "../unit/hardware/fake-serial.ts";
import { FakeTcp } from "../unit/hardware/fake-tcp.ts";
import { byteLinkContract } from "./byte-link-contract.ts";
import { rigOf } from "./link-rig.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

for (const hangUp of ["read-fails", "read-never-ends"] as const) {
  byteLinkContract(
    `serial line whose ${hangUp.replaceAll("-", " ")} when the cable is pulled`,
    async () => {
      const device = new FakeSerial(hangUp);
      const clock = new VirtualClock();
      const connect = () => openSerialChannel("/dev/serial/by-id/reader", 9600, clock, device);
      return rigOf({
        link: createHealingLink({ name: "reader", connect, clock }),
        clock,
        plug: () => device.plug(),
        unplug: () => device.unplug(),
        stall: () => device.stall(),
        say: (text) => device.say(latin1(text)),
        heard: device.heard,
      });
    },
    { stalls: true },
  );
}

byteLinkContract(
  "TCP",
  async () => {
    const device = new FakeTcp();
    const clock = new VirtualClock();
    const connect = () => openTcpChannel("sign.local", 5005, clock, device.dial);
    return rigOf({
      link: createHealingLink({ name: "sign.local:5005", connect, clock }),
      clock,
      plug: () => device.plug(),
      unplug: () => device.unplug(),
      stall: () => (device.takes = false),
      say: (text) => device.say(latin1(text)),
      heard: device.heard,
    });
  },
  { stalls: true },
);

byteLinkContract(
  "USB input device",
  async () => {
    const clock = new VirtualClock();
    const heard: number[] = [];
    let device: FakeHid | null = null;
    let isPlugged = false;
    const connect = async () => {
      if (!isPlugged) return refused({ fault: "absent" } as const);
      device = new FakeHid();
      device.written.push = (...reports) => heard.push(...reports.flat());
      return accepted(new HidChannel(device.asHid, clock));
    };
    return rigOf({
      link: asBytes(hidLinkOver("1a86:e026", connect, clock)),
      clock,
      plug: () => (isPlugged = true),
      unplug: () => {
        isPlugged = false;
        if (device?.isOpen) device.emit("error", undefined);
      },
      stall: () => {
        if (device !== null) device.stalls = true;
      },
      say: (text) => isPlugged && device?.emit("data", Buffer.from(text, "latin1")),
      heard,
    });
  },
  { stalls: true },
);

const asBytes = (link: HidLink): ByteLink => ({
  name: link.name,
  write: (bytes) => link.write(bytes),
  close: () => link.close(),
  open: (listener) =>
    link.open({
      onUp: () => listener.onUp(),
      onDown: (fault) => listener.onDown(fault),
      onReport: (report) => listener.onBytes(report),
    }),
});

const BIT_LINES = ["zero", "one"] as const;

byteLinkContract(
  "lines of a GPIO chip",
  async () => {
    const clock = new VirtualClock();
    const chip = new FakeGpiod(BIT_LINES);
    chip.plugged = false;
    const wiring = { chip: "test-chip", inputs: BIT_LINES, bias: "pull-up", debounceMs: 5 } as const;
    return rigOf({
      link: linesAsBytes(createGpiodLines({ wiring, pressedLevel: "low", clock, tools: chip })),
      clock,
      plug: () => (chip.plugged = true),
      unplug: () => chip.unplug(),
      say: (text) => sayInPresses(chip, latin1(text)),
      heard: [],
    });
  },
  { hears: false },
);

/** Each bit is a press of the line that stands for it. */
function sayInPresses(chip: FakeGpiod, bytes: Uint8Array): void {
  for (const byte of bytes) {
    for (const bit of byte.toString(2).padStart(8, "0")) {
      const line = bit === "1" ? "one" : "zero";
      chip.level(line, false);
      chip.level(line, true);
    }
  }
}

function linesAsBytes(lines: GpioLines): ByteLink {
  let bits = "";
  const hear = (listener: ByteLinkListener, line: string): void => {
    bits += line === "one" ? "1" : "0";
    if (bits.length < 8) return;
    const byte = Number.parseInt(bits, 2);
    bits = "";
    listener.onBytes(Uint8Array.of(byte));
  };
  return {
    name: lines.name,
    close: () => lines.close(),
    write: () => {},
    open: (listener) =>
      lines.open({
        onUp: () => listener.onUp(),
        onDown: (fault) => listener.onDown(fault === "silent" || fault === "no-line" ? "hung-up" : fault),
        onEdge: (line, { edge }) => edge === "pressed" && hear(listener, line),
      }),
  };
}

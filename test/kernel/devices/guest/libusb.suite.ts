// Real node-hid with libusb on USB input devices that are gadgets of the same kernel. The kernel types what a keyboard
// says into the console: never what a badge reader says that is ours.
import { closeSync, constants, openSync, readSync } from "node:fs";
import { expect, test } from "vitest";
import { createHidLink } from "../../../../hardware/links/hid-link.ts";
import type { ByteLink } from "../../../../hardware/ports/byte-link.ts";
import { canonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import type { HidLink } from "../../../../hardware/ports/hid-link.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds, seconds } from "../../../../protocol/base/time.ts";
import { byteLinkContract } from "../../../contract/byte-link-contract.ts";
import { digitsOf, hidContracts, wedgeRig } from "./hid-contracts.ts";
import { BOOT_KEYBOARD, HidGadget, VENDOR_REPORTS } from "./hid-gadget.ts";
import { loud, passed, until } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

const REPORT_BYTES = 64;
const VENDOR: GadgetIdentity = { name: "vendor-1", vendorId: 0x1209, productId: 0x0001 };
const keyboardOf = (identity: GadgetIdentity): HidGadget => new HidGadget(identity, BOOT_KEYBOARD, 8);

hidContracts("libusb on a kernel's USB device", "libusb", keyboardOf);

byteLinkContract("libusb on a kernel's USB device", async () => {
  const gadget = new HidGadget(VENDOR, VENDOR_REPORTS, REPORT_BYTES);
  const link = asBytes(createHidLink({ match: VENDOR, clock: systemClock, log: loud }));
  let heard = "";
  return {
    link,
    plug: () => gadget.plug(),
    unplug: () => gadget.unplug(),
    say(text) {
      for (const report of cut(Buffer.from(text, "latin1"))) gadget.say(report);
    },
    heard() {
      for (let report = gadget.hear(); report !== null; report = gadget.hear())
        heard += Buffer.from(report).toString("latin1");
      return heard;
    },
    until,
    linger: () => passed(seconds(10)),
    async afterwards() {
      await gadget.plug();
      await passed(seconds(10));
    },
    async release() {
      await link.close();
      await gadget.release();
    },
  };
});

const cut = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / REPORT_BYTES) }, (_, at) =>
    bytes.subarray(at * REPORT_BYTES, (at + 1) * REPORT_BYTES),
  );

/** Each report a piece of a stream; these are not numbered. */
const asBytes = (link: HidLink): ByteLink => ({
  name: link.name,
  write(bytes) {
    for (const report of cut(bytes)) link.write(Uint8Array.of(0, ...report));
  },
  close: () => link.close(),
  open: (listener) =>
    link.open({
      onUp: () => listener.onUp(),
      onDown: (fault) => listener.onDown(fault),
      onReport: (report) => listener.onBytes(report),
    }),
});

/** The keyboard's lines on the machine's own console. */
class ConsoleEar {
  readonly #file = openSync("/dev/tty1", constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);

  heard(): string {
    const buffer = Buffer.alloc(4096);
    try {
      return buffer.subarray(0, readSync(this.#file, buffer)).toString("latin1");
    } catch {
      return ""; // Nobody typed a line.
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

test("a wedge reader's digits reach the console before and after it is ours, and never while it is", async () => {
  const badge = canonicalBadge("0086F444");
  const ear = new ConsoleEar();
  const rig = wedgeRig("libusb", keyboardOf);
  const badges: string[] = [];
  const states: string[] = [];
  const tap = async (): Promise<void> => {
    rig.lay(badge);
    await passed(seconds(1));
    rig.lift();
    await passed(seconds(1));
  };
  try {
    await rig.plug();
    await passed(seconds(1));
    await tap();
    expect(ear.heard(), "a keyboard like any other").toContain(digitsOf(badge));
    await rig.reader.open({
      onBadge: (presented) => void badges.push(presented.badge),
      onHealth: ({ state }) => void states.push(state),
      onBadFrame: () => {},
    });
    await until("well", () => states.at(-1) === "ok");
    await tap();
    await rig.unplug();
    await until("a fault", () => states.at(-1) === "fault");
    await rig.plug();
    await until("well", () => states.at(-1) === "ok");
    await tap();
    expect(badges).toEqual([badge, badge]);
    expect(ear.heard(), "while it is ours").toBe("");
    await rig.reader.close();
    await passed(milliseconds(500));
    await tap();
    expect(ear.heard(), "given back to the kernel").toContain(digitsOf(badge));
  } finally {
    await rig.release();
    ear.close();
  }
});

// Real node-hid with libusb on USB input devices that are gadgets of the same kernel.
import { openHidChannel } from "../../../../hardware/links/hid-channel.ts";
import { createHidLink } from "../../../../hardware/links/hid-link.ts";
import type { ByteLink } from "../../../../hardware/ports/byte-link.ts";
import type { HidLink } from "../../../../hardware/ports/hid-link.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds, seconds } from "../../../../protocol/base/time.ts";
import { byteLinkContract } from "../../../contract/byte-link-contract.ts";
import { expect, test } from "vitest";
import { consoleTests } from "./console-tests.ts";
import { hidContracts } from "./hid-contracts.ts";
import { HidGadget } from "./hid-gadget.ts";
import { VENDOR_BYTES, VENDOR_REPORTS } from "./hid-reports.ts";
import type { MakeHidDevice } from "./hid-rig.ts";
import { loud, passed, until } from "./time.ts";
import type { GadgetIdentity } from "./usb-gadget.ts";

const VENDOR: GadgetIdentity = { name: "vendor-1", vendorId: 0x1209, productId: 0x0001 };
const gadgetOf: MakeHidDevice = (identity, descriptor) => new HidGadget(identity, descriptor);

hidContracts("libusb on a kernel's USB device", "libusb", gadgetOf);

byteLinkContract("libusb on a kernel's USB device", async () => {
  const gadget = new HidGadget(VENDOR, VENDOR_REPORTS);
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
  Array.from({ length: Math.ceil(bytes.length / VENDOR_BYTES) }, (_, at) =>
    bytes.subarray(at * VENDOR_BYTES, (at + 1) * VENDOR_BYTES),
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

consoleTests(gadgetOf);

const ROUNDS = 8;

test("libusb: a device that is opened while it goes is absent, and never somebody else's", async () => {
  const gadget = new HidGadget(VENDOR, VENDOR_REPORTS);
  const faults = new Set<string>();
  let opened = 0;
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      await gadget.plug();
      let isGoing = false;
      const gone = passed(milliseconds(round)).then(() => gadget.unplug());
      void gone.then(() => (isGoing = true));
      while (!isGoing) {
        const tried = await openHidChannel(VENDOR, "libusb", systemClock);
        if (tried.ok) await tried.value.close();
        if (tried.ok) opened += 1;
        else faults.add(tried.error.fault);
      }
      await gone;
    }
    expect([...faults], "why it was not opened").toEqual(["absent"]);
    expect(opened).toBeGreaterThan(0);
  } finally {
    await gadget.release();
  }
});

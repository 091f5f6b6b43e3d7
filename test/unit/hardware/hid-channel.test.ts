// A USB input device as a channel: whole reports, an unplug that says nothing of itself, and the right one of several.
import type { Device } from "node-hid";
import { expect, test } from "vitest";
import { faultOfHid, HidChannel, pathOf } from "../../../hardware/links/hid-channel.ts";
import { whyClosed } from "../../../hardware/links/why-closed.ts";
import { hidLinkOver } from "../../../hardware/links/hid-link.ts";
import { assert } from "../../../protocol/base/assert.ts";
import { accepted, refused } from "../../../protocol/base/result.ts";
import { seconds } from "../../../protocol/base/time.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeHid } from "./fake-hid.ts";

async function openLink() {
  const clock = new VirtualClock();
  const devices: FakeHid[] = [];
  const cable = { isPlugged: true };
  const entries: string[] = [];
  const link = hidLinkOver(
    "1a86:e026",
    async () => {
      if (!cable.isPlugged) return refused({ fault: "absent" });
      devices.push(new FakeHid());
      return accepted(new HidChannel(latest().asHid, clock));
    },
    clock,
  );
  const latest = (): FakeHid => {
    const device = devices.at(-1);
    assert(device !== undefined, "a device was opened");
    return device;
  };
  await link.open({
    onUp: () => void entries.push("up"),
    onDown: (fault) => void entries.push(`down ${fault}`),
    onReport: (report) => void entries.push([...report].join(" ")),
  });
  await clock.advanceSettled(seconds(1));
  return { clock, link, devices, cable, entries, latest };
}

test("each report comes whole and by itself", async () => {
  const { entries, latest, link } = await openLink();
  latest().emit("data", Buffer.of(0, 0, 0x59));
  latest().emit("data", Buffer.of(0, 0, 0));
  expect(entries).toEqual(["up", "0 0 89", "0 0 0"]);
  await link.close();
});

test.each([
  ["an error without a word", (device: FakeHid) => device.emit("error", undefined)],
  ["an error", (device: FakeHid) => device.emit("error", new RangeError("device disconnected"))],
  ["a report that is none", (device: FakeHid) => device.emit("data", undefined)],
])("unplugged, told by %s: one loss, the handle given up, found again when it is back", async (_, lose) => {
  const { clock, cable, entries, devices, latest, link } = await openLink();
  cable.isPlugged = false;
  const lost = latest();
  lose(lost);
  await clock.advanceSettled(seconds(5));
  expect([entries, lost.isOpen]).toEqual([["up", "down unplugged"], false]);
  cable.isPlugged = true;
  await clock.advanceSettled(seconds(3));
  latest().emit("data", Buffer.of(1));
  expect([entries, devices.length]).toEqual([["up", "down unplugged", "up", "1"], 2]);
  await link.close();
  expect(clock.pending).toBe(0);
});

test("a loss before anybody listens is told to who listens then", async () => {
  const fake = new FakeHid();
  const channel = new HidChannel(fake.asHid, new VirtualClock());
  fake.emit("error", undefined);
  const told: string[] = [];
  channel.listen({ onBytes: () => {}, onLost: (fault) => void told.push(fault) });
  expect(told).toEqual(["unplugged"]);
  await channel.close();
});

test("reports are written in order; one that the device does not take loses nothing else", async () => {
  const { clock, link, latest, entries } = await openLink();
  link.write(Uint8Array.of(0, 1));
  link.write(Uint8Array.of(0, 2));
  await clock.advanceSettled(seconds(0));
  latest().refuses = true;
  link.write(Uint8Array.of(0, 3));
  await clock.advanceSettled(seconds(0));
  expect(latest().written).toEqual([
    [0, 1],
    [0, 2],
  ]);
  expect(entries).toEqual(["up"]);
  await link.close();
});

const device = (more: Partial<Device>): Device => ({ vendorId: 1, productId: 2, release: 0, interface: 0, ...more });

test("the device that is meant is found among its likes", () => {
  const devices = [
    device({ path: "a", productId: 3 }),
    device({ path: "b", interface: 1, usagePage: 1, usage: 6 }),
    device({ path: "c", serialNumber: "S2" }),
    device({ path: undefined }),
  ];
  const meant = { vendorId: 1, productId: 2 };
  expect(pathOf(devices, meant)).toBe("b");
  expect(pathOf(devices, { ...meant, serialNumber: "S2" })).toBe("c");
  expect(pathOf(devices, { ...meant, usagePage: 1, usage: 6 })).toBe("b");
  expect(pathOf(devices, { ...meant, interface: 5 })).toBeNull();
});

test.each([
  [
    "cannot open device with path /dev/hidraw0: Failed to open a device with path '/dev/hidraw0': Permission denied",
    "denied",
  ],
  ["cannot open device with path 1-1:1.0: hid_error is not implemented yet", null],
  ["no such device", "absent"],
  ["resource busy", "busy"],
  ["something else", null],
])("%s means %s", (message, fault) => {
  expect(faultOfHid(message)).toBe(fault);
});

const USB = "/sys/bus/usb/devices/1-1.4";

// A device that is just going is still listed for some milliseconds, and then cannot be opened: that is no permission.
test.each([
  ["libusb's, gone from the bus", "1-1.4:1.0", false, null, "absent"],
  ["libusb's, its file gone", "1-1.4:1.0", true, "ENOENT", "absent"],
  ["libusb's, which the kernel is taking away", "1-1.4:1.0", true, "ENODEV", "absent"],
  ["libusb's, of root alone", "1-1.4:1.0", true, "EACCES", "denied"],
  ["libusb's, kept from the unit", "1-1.4:1.0", true, "EPERM", "denied"],
  ["libusb's, in use elsewhere", "1-1.4:1.0", true, null, "busy"],
  ["hidraw's, gone", "/dev/hidraw0", true, "ENOENT", "absent"],
  ["hidraw's, of root alone", "/dev/hidraw0", true, "EACCES", "denied"],
  ["hidraw's, that opens now", "/dev/hidraw0", true, null, "failed"],
  ["hidraw's, for another reason", "/dev/hidraw0", true, "EIO", "failed"],
] as const)("why a device does not open: %s", async (_, path, isListed, code, fault) => {
  const numbers = new Map(isListed ? Object.entries({ [`${USB}/busnum`]: "1\n", [`${USB}/devnum`]: "14\n" }) : []);
  const opened: string[] = [];
  const found = await whyClosed(path, {
    read: async (file) => numbers.get(file) ?? null,
    async tryOpen(file) {
      opened.push(file);
      return code;
    },
  });
  expect(found).toBe(fault);
  expect(opened).toEqual(path.startsWith("/") ? [path] : isListed ? ["/dev/bus/usb/001/014"] : []);
});

import type { DeviceFact, Facts, ToldFacts } from "../../../../terminal/doctor/facts.ts";

/** 2026-11-22 08:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 22, 8);
const DAY_MS = 24 * 3_600_000;

export const READER: DeviceFact = {
  device: "badgeReader",
  driver: "rdm6300",
  place: { kind: "path", path: "/dev/serial/by-id/reader", access: "ok", stable: null },
};

export const TOLD: ToldFacts = {
  devices: [READER],
  directory: { path: "/var/lib/hallward", access: "ok", space: { free: 5_000_000_000, all: 9_000_000_000 } },
  controller: { host: "hall.local", port: 8883, reach: "ok" },
  certificate: { state: "read", fromMs: NOW_MS - DAY_MS, toMs: NOW_MS + 400 * DAY_MS },
};

/** A box on which all is as it should be. */
export const FACTS: Facts = {
  user: "hallward",
  serial: [
    {
      path: "/dev/ttyUSB0",
      stable: "/dev/serial/by-id/reader",
      usb: { vendorId: 0x1a86, productId: 0x7523, product: "USB Serial" },
      access: "ok",
    },
  ],
  usb: [{ vendorId: 0x1a86, productId: 0x7523, product: "USB Serial" }],
  hid: [{ vendorId: 0xffff, productId: 0x35, product: "SYC ID&IC USB Reader", types: true, access: "ok" }],
  chips: [{ path: "/dev/gpiochip0", label: "pinctrl-bcm2711", access: "ok" }],
  i2c: ["/dev/i2c-1"],
  tools: { gpiomon: "2.1.3", setpriv: true },
  udev: "running",
  clock: { nowMs: NOW_MS, synchronised: true },
  configuration: { state: "read", file: "terminal.yaml", told: TOLD },
};

export const told = (change: Partial<ToldFacts>): Facts => ({
  ...FACTS,
  configuration: { state: "read", file: "terminal.yaml", told: { ...TOLD, ...change } },
});

export const placed = (place: DeviceFact["place"], driver = "rdm6300"): Facts =>
  told({ devices: [{ ...READER, driver, place }] });

export const certified = (from: number, to: number): Facts =>
  told({ certificate: { state: "read", fromMs: NOW_MS + from * DAY_MS, toMs: NOW_MS + to * DAY_MS } });

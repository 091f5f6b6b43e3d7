import type { UsbFact } from "./facts.ts";

/** A USB chip that is a serial line, the kernel module that drives it, and what usually stands behind it. */
export interface SerialChip {
  readonly vendorId: number;
  readonly productId: number | null;
  readonly name: string;
  readonly module: string;
  readonly drivers: readonly string[];
}

const READERS_AND_SIGNS = ["rdm6300", "wiegand-bridge", "osdp", "pn532", "serial", "onbon", "alpha"] as const;

export const SERIAL_CHIPS: readonly SerialChip[] = [
  { vendorId: 0x2341, productId: null, name: "Arduino", module: "cdc_acm", drivers: ["firmata"] },
  { vendorId: 0x2a03, productId: null, name: "Arduino", module: "cdc_acm", drivers: ["firmata"] },
  { vendorId: 0x1a86, productId: 0x7523, name: "CH340", module: "ch341", drivers: [...READERS_AND_SIGNS, "firmata"] },
  { vendorId: 0x1a86, productId: 0x55d4, name: "CH9102", module: "cdc_acm", drivers: READERS_AND_SIGNS },
  { vendorId: 0x0403, productId: null, name: "FTDI", module: "ftdi_sio", drivers: READERS_AND_SIGNS },
  { vendorId: 0x10c4, productId: 0xea60, name: "CP210x", module: "cp210x", drivers: READERS_AND_SIGNS },
  { vendorId: 0x067b, productId: null, name: "PL2303", module: "pl2303", drivers: READERS_AND_SIGNS },
];

export const chipOf = ({ vendorId, productId }: Pick<UsbFact, "vendorId" | "productId">): SerialChip | null =>
  SERIAL_CHIPS.find(
    (chip) => chip.vendorId === vendorId && (chip.productId === null || chip.productId === productId),
  ) ?? null;

/** What a serial line of unknown make may be. */
export const ANY_SERIAL: readonly string[] = [...READERS_AND_SIGNS, "firmata"];

/** 1a86:7523, as `lsusb` prints it. */
export const usbId = ({ vendorId, productId }: Pick<UsbFact, "vendorId" | "productId">): string =>
  [vendorId, productId].map((id) => id.toString(16).padStart(4, "0")).join(":");

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  type BadgeReader,
  createAbsentBadgeReader,
  createHidLink,
  createOsdpReader,
  createPn532Reader,
  createRawHidReader,
  createRdm6300Reader,
  createSerialLink,
  createWedgeReader,
  createWiegandReader,
  type HidLink,
  type OsdpKeys,
  RDM6300_BAUD_RATE,
} from "../../hardware/index.ts";
import { HallError, unreachable } from "../../protocol/index.ts";
import type { BadgeReaderConfig } from "./badge-reader-config.ts";
import { type DeviceWorld, pickLine } from "./pick-line.ts";

/** `beside`: the folder of the configuration. `draw`: bytes nobody can foretell. */
export interface BadgeReaderWorld extends DeviceWorld {
  readonly beside: string;
  readonly draw: (count: number) => Uint8Array;
}

type UsbConfig = Extract<BadgeReaderConfig, { driver: "keyboard-wedge" | "usb-reports" }>;
type OsdpConfig = Extract<BadgeReaderConfig, { driver: "osdp" }>;

/** Throws HallError for a key that is missing, or that everybody knows. */
export function pickBadgeReader(config: BadgeReaderConfig, world: BadgeReaderWorld): BadgeReader {
  const { clock, log } = world;
  switch (config.driver) {
    case "rdm6300": {
      const { path, baudRate = RDM6300_BAUD_RATE, form } = config;
      return createRdm6300Reader({ link: createSerialLink({ path, baudRate, clock, log }), clock, form });
    }
    case "wiegand-bridge":
      return createWiegandReader({ ...config, link: pickLine(config.line, world), clock });
    case "osdp":
      return createOsdpReader({
        ...config,
        link: pickLine(config.line, world),
        clock,
        log,
        keys: keysOf(config, world),
      });
    case "pn532":
      return createPn532Reader({ link: pickLine(config.line, world), clock, form: config.form });
    case "keyboard-wedge":
      return createWedgeReader({ link: usbLink(config, world), clock, text: config.text, form: config.form });
    case "usb-reports": {
      const { reportId, offset, length, endian, form } = config;
      return createRawHidReader({
        link: usbLink(config, world),
        clock,
        report: { reportId, offset, length, endian },
        form,
      });
    }
    case "absent":
      return createAbsentBadgeReader();
    default:
      return unreachable(config);
  }
}

function usbLink(config: UsbConfig, { clock, log }: DeviceWorld): HidLink {
  const { vendorId, productId, serialNumber, usagePage, usage, interface: number, through } = config;
  const match = { vendorId, productId, serialNumber, usagePage, usage, interface: number };
  return createHidLink({ match, driver: through, clock, log });
}

function keysOf({ security }: OsdpConfig, { beside, draw }: BadgeReaderWorld): OsdpKeys | null {
  if (security === "none") return null;
  const file = resolve(beside, security.keyFile);
  return { key: readKey(file), commissioning: security.commissioning, draw };
}

function readKey(file: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (thrown) {
    throw new HallError("OSDP_KEY_UNREADABLE", `cannot read the OSDP key ${file}`, { file }, thrown);
  }
  if (!/^[0-9a-f]{32}$/iu.test(text)) {
    throw new HallError("OSDP_KEY_MALFORMED", `an OSDP key is 32 hex digits and nothing else: ${file}`, { file });
  }
  return Uint8Array.from(Buffer.from(text, "hex"));
}

import type { Device, HIDAsync } from "node-hid";
import { messageOf } from "../../protocol/base/errors.ts";
import { accepted, refused, type Result } from "../../protocol/base/result.ts";
import type { Clock } from "../../protocol/base/time.ts";
import type { LinkFault } from "../ports/byte-link.ts";
import { Backlog } from "./backlog.ts";
import type { Channel, ChannelListener, ConnectRefusal } from "./channel.ts";
import { systemFiles, whyClosed } from "./why-closed.ts";
import { type HidDriver, loadHid } from "./hid-module.ts";

/** Which device is meant. Without a serial number two of a kind cannot be told apart: the first found is taken. */
export interface HidMatch {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
  /** The interface of a device that has several. */
  readonly interface?: number | undefined;
}

/** Reports waiting for a device that does not take them; further ones are dropped. */
export const HID_PENDING_REPORTS_MAX = 16;

/** Looks for the device among those that are plugged in, for none tells when it comes, and opens it. */
export async function openHidChannel(
  match: HidMatch,
  driver: HidDriver,
  clock: Clock,
): Promise<Result<Channel, ConnectRefusal>> {
  const hid = await loadHid(driver);
  if (!hid.ok) return hid;
  let path: string | null = null;
  try {
    const devices = await hid.value.devicesAsync(match.vendorId, match.productId);
    path = pathOf(devices, match);
    if (path === null) return refused({ fault: "absent" });
    return accepted(new HidChannel(await hid.value.HIDAsync.open(path), clock));
  } catch (thrown) {
    const detail = messageOf(thrown);
    const fault = faultOfHid(detail) ?? (path === null ? "failed" : await whyClosed(path, systemFiles));
    return refused({ fault, detail });
  }
}

export function pathOf(devices: readonly Device[], match: HidMatch): string | null {
  const meant = devices.find(
    (device) =>
      device.path !== undefined &&
      device.vendorId === match.vendorId &&
      device.productId === match.productId &&
      (match.serialNumber === undefined || device.serialNumber === match.serialNumber) &&
      (match.usagePage === undefined || device.usagePage === match.usagePage) &&
      (match.usage === undefined || device.usage === match.usage) &&
      (match.interface === undefined || device.interface === match.interface),
  );
  return meant?.path ?? null;
}

/** The library has no error codes, only the C library's English words. Null: not even those, as always with libusb. */
export function faultOfHid(message: string): LinkFault | null {
  if (/no such (?:file|device)/iu.test(message)) return "absent";
  if (/busy/iu.test(message)) return "busy";
  return /permission denied|access denied|insufficient permissions/iu.test(message) ? "denied" : null;
}

/** A HID device's life as a channel: each chunk is one whole report. */
export class HidChannel implements Channel {
  readonly #device: HIDAsync;
  #listener: ChannelListener | null = null;
  #lost: LinkFault | null = null;
  #writing: Promise<void> = Promise.resolve();
  readonly #backlog: Backlog;
  #closing: Promise<void> | null = null;

  constructor(device: HIDAsync, clock: Clock) {
    this.#device = device;
    this.#backlog = new Backlog(clock, HID_PENDING_REPORTS_MAX);
    // An unplugged device errs without saying what: whatever comes here is a loss. Unheard it would end the process.
    device.on("error", () => this.#lose("unplugged"));
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
    if (this.#lost !== null) return this.#tell(this.#lost);
    this.#device.on("data", (report: Uint8Array | undefined) => {
      if (report === undefined) this.#lose("unplugged");
      else this.#listener?.onBytes(Uint8Array.from(report));
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#lost !== null || this.#closing !== null || !this.#backlog.admit(1)) return;
    const report = Buffer.from(bytes);
    this.#writing = this.#writing.then(() => this.#writeOut(report));
  }

  /** Reading finds out by itself who is gone; a loss before `listen` is remembered. */
  probe(): Promise<LinkFault | null> {
    return Promise.resolve(this.#lost ?? (this.#backlog.isStuck ? "hung-up" : null));
  }

  close(): Promise<void> {
    this.#listener = null;
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    await this.#device.close().catch(() => {}); // The handle is given up in any case.
    await this.#writing;
  }

  /** A report the device does not take (it has no lamps after all) is no loss of its keys. */
  async #writeOut(report: Buffer): Promise<void> {
    if (this.#closing === null && this.#lost === null) await this.#device.write(report).catch(() => {});
    this.#backlog.taken(1);
  }

  #lose(fault: LinkFault): void {
    if (this.#lost !== null) return;
    this.#lost = fault;
    this.#tell(fault);
  }

  #tell(fault: LinkFault): void {
    const listener = this.#listener;
    this.#listener = null;
    listener?.onLost(fault);
  }
}

import { constants } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LinkFault } from "../ports/byte-link.ts";

/** What is asked of the system's files. */
export interface DeviceFiles {
  /** Null: not there. */
  read(path: string): Promise<string | null>;
  /** Opens a device for reading and writing, and closes it: null, or the system's code for why not. */
  tryOpen(path: string): Promise<string | null>;
}

const codeOf = (thrown: unknown): string => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");

export const systemFiles: DeviceFiles = {
  read: (path) => readFile(path, "utf8").catch(() => null),
  async tryOpen(path) {
    try {
      const file = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
      await file.close();
      return null;
    } catch (thrown) {
      return codeOf(thrown);
    }
  },
};

const FAULTS: ReadonlyMap<string, LinkFault> = new Map([
  ["ENOENT", "absent"],
  ["ENODEV", "absent"], // The kernel is taking it away, its file not yet.
  ["ENXIO", "absent"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EBUSY", "busy"],
]);

/**
 * Why a device could not be opened whose library does not say: its file tells. A USB device whose file opens has its
 * interface taken by another program.
 */
export async function whyClosed(path: string, files: DeviceFiles): Promise<LinkFault> {
  const file = await fileOf(path, files);
  if (file === null) return "absent";
  const code = await files.tryOpen(file);
  if (code === null) return file === path ? "failed" : "busy";
  return FAULTS.get(code) ?? "failed";
}

const USB_DEVICES = "/sys/bus/usb/devices";

/** hidraw's paths are files. libusb's are places, as `1-1.4:1.0`: bus, ports, and which of the device's interfaces. */
async function fileOf(path: string, files: DeviceFiles): Promise<string | null> {
  if (path.startsWith("/")) return path;
  const folder = join(USB_DEVICES, path.split(":")[0] ?? "");
  const [bus, device] = await Promise.all(["busnum", "devnum"].map((name) => files.read(join(folder, name))));
  if (typeof bus !== "string" || typeof device !== "string") return null;
  return join("/dev/bus/usb", bus.trim().padStart(3, "0"), device.trim().padStart(3, "0"));
}

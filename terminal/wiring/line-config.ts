import { z } from "zod";

/** A stable path, /dev/serial/by-id/... or by-path: ttyACM0 may be another device after a replug. */
export const DevicePath = z.string().min(1).max(4096);
export const BaudRate = z.int().min(300).max(921_600);
export const Byte = z.int().min(0).max(0xff);

/** A serial line, or a device that listens on the network. */
export const lineConfig = (defaults: { readonly baudRate: number; readonly port: number }) =>
  z.union([
    z.strictObject({ path: DevicePath, baudRate: BaudRate.default(defaults.baudRate) }),
    z.strictObject({
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535).default(defaults.port),
    }),
  ]);
export type LineConfig = z.output<ReturnType<typeof lineConfig>>;

/** How a USB input device is told from others. Numbers as `lsusb` prints them: 0x1a86. */
export const usbMatch = {
  vendorId: z.int().min(0).max(0xffff),
  productId: z.int().min(0).max(0xffff),
  serialNumber: z.string().min(1).max(126).optional(),
  interface: z.int().min(0).max(0xff).optional(),
  usagePage: z.int().min(0).max(0xffff).optional(),
  usage: z.int().min(0).max(0xffff).optional(),
};

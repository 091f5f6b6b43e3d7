import { z } from "zod";
import { faultOfFrame } from "../../hardware/index.ts";
import { BaudRate, Byte, DevicePath, usbMatch } from "./line-config.ts";
import { GpioLine, wiredTo } from "./wired-config.ts";

/** Codes of the five keys, from 1 非常不满意 to 5 非常满意. */
const fiveKeys = z
  .tuple([Byte, Byte, Byte, Byte, Byte])
  .refine((keys) => new Set(keys).size === keys.length, "each key has a code of its own");

/** What the keypad is sent to light its keys, ask, or thank: bytes; for a USB device with the report's number first. */
const lamps = z
  .strictObject({
    dark: z.array(Byte).min(1).max(64),
    asking: z.array(Byte).min(1).max(64),
    thanks: z.array(Byte).min(1).max(64),
  })
  .optional();

/** Default: libusb, which keeps a keyboard-like keypad from typing into the console. One process uses one driver. */
const through = z.enum(["libusb", "hidraw"]).default("libusb");

const KeypadChecksum = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("xor"), from: Byte.default(0) }),
  z.strictObject({ kind: z.literal("sum"), from: Byte.default(0) }),
  z.strictObject({
    kind: z.literal("crc16"),
    from: Byte.default(0),
    /** 0: CRC-16/ARC; 0xffff: Modbus. */
    initial: z.int().min(0).max(0xffff).default(0xffff),
    order: z.enum(["low-first", "high-first"]).default("low-first"),
  }),
]);

const KeypadFrame = z
  .strictObject({
    header: z.array(Byte).max(8),
    length: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("fixed"), bytes: z.int().min(1) }),
      z.strictObject({ kind: z.literal("field"), at: Byte, plus: Byte.default(0) }),
    ]),
    keyAt: Byte,
    checksum: KeypadChecksum.default({ kind: "none" }),
  })
  .superRefine((frame, context) => {
    const fault = faultOfFrame(frame);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });

const ASCII_DIGITS: z.output<typeof fiveKeys> = [0x31, 0x32, 0x33, 0x34, 0x35];

export const RatingKeypadConfig = z.discriminatedUnion("driver", [
  /** A keyboard to the system. Default of `keys`: the digits 1 to 5 of both blocks. */
  z.strictObject({ driver: z.literal("usb-keyboard"), ...usbMatch, through, keys: fiveKeys.optional(), lamps }),
  /** A USB device with reports of its own. */
  z.strictObject({
    driver: z.literal("usb-reports"),
    ...usbMatch,
    through,
    /** Null: reports are not numbered. */
    reportId: Byte.nullable().default(null),
    /** Where the key stands in the report, its number counted. */
    offset: Byte,
    /** `code`: the byte names the key that is down. `bits`: each key has a bit of it. */
    form: z.enum(["code", "bits"]).default("code"),
    keys: fiveKeys,
    lamps,
  }),
  z.strictObject({
    driver: z.literal("serial"),
    path: DevicePath,
    baudRate: BaudRate.default(9600),
    /** Default: one byte a key. */
    frame: KeypadFrame.optional(),
    keys: fiveKeys.default(ASCII_DIGITS),
    lamps,
  }),
  /** Five buttons wired to a board. */
  ...wiredTo({
    /** Lines of the five keys, from 1 非常不满意 to 5 非常满意. */
    keys: z.tuple([GpioLine, GpioLine, GpioLine, GpioLine, GpioLine]),
    /** Lines that are lit while the keypad asks, and while it thanks. */
    lamps: z.strictObject({ asking: GpioLine, thanks: GpioLine }).partial().optional(),
  }),
  z.strictObject({ driver: z.literal("absent") }),
]);
export type RatingKeypadConfig = z.output<typeof RatingKeypadConfig>;

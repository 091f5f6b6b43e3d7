import { z } from "zod";
import { BaudRate, Byte, DevicePath, lineConfig, usbMatch } from "./line-config.ts";

/** How this model's identifier becomes the hall's badge: docs/badges.md. */
const form = z
  .strictObject({
    /** This model sends the last byte first. */
    reversed: z.boolean().default(false),
    /** No more of it counts. 3 of the end on every reader of a hall that has one of 24 bits. */
    keep: z
      .strictObject({ bytes: z.int().min(3).max(10), of: z.enum(["start", "end"]).default("end") })
      .nullable()
      .default(null),
  })
  .optional();

const WiegandBits = z.union([z.literal(26), z.literal(34)]);

const BridgeFrameConfig = z.union([
  z.strictObject({ format: z.literal("hex-line"), content: z.literal("identifier"), bits: WiegandBits }),
  z.strictObject({
    format: z.literal("hex-line"),
    content: z.literal("wiegand"),
    bits: WiegandBits,
    /** Where the zero bits stand that fill up the last digit. */
    fill: z.enum(["front", "behind"]).default("front"),
  }),
  z.strictObject({
    format: z.literal("decimal-line"),
    content: z.literal("identifier"),
    digits: z.int().min(5).max(20),
  }),
  z.strictObject({ format: z.literal("decimal-line"), content: z.literal("facility-number") }),
  z.strictObject({ format: z.literal("counted-bits"), bits: WiegandBits }),
]);

const WedgeTextConfig = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("decimal"), digits: z.int().min(5).max(20) }),
  z.strictObject({ kind: z.literal("hex"), digits: z.int().min(6).max(20) }),
  z.strictObject({ kind: z.literal("facility-number") }),
]);

/** The same as the keypad's: one process uses one of the two. */
const through = z.enum(["libusb", "hidraw"]).default("libusb");

const OsdpSecurityConfig = z.union([
  /** Everybody on the wire can read and copy badges. */
  z.literal("none"),
  z.strictObject({
    /** 32 hex digits, mode 0600. Relative to the configuration. */
    keyFile: z.string().min(1),
    /** Gives a new reader the key. Not for daily use: until then the whole wire knows the reader's key. */
    commissioning: z.boolean().default(false),
  }),
]);

export const BadgeReaderConfig = z.discriminatedUnion("driver", [
  z.strictObject({
    driver: z.literal("rdm6300"),
    path: DevicePath,
    /** Default: the reader's own, 9600. */
    baudRate: BaudRate.optional(),
    form,
  }),
  z.strictObject({
    driver: z.literal("wiegand-bridge"),
    line: lineConfig({ baudRate: 9600, port: 4001 }),
    frame: BridgeFrameConfig,
    form,
  }),
  z.strictObject({
    driver: z.literal("osdp"),
    line: lineConfig({ baudRate: 9600, port: 4001 }),
    address: z.int().min(0).max(126),
    security: OsdpSecurityConfig,
    /** What a reader that sends digits means by them. */
    digits: z.enum(["decimal", "hex"]).default("decimal"),
    form,
  }),
  z.strictObject({ driver: z.literal("pn532"), line: lineConfig({ baudRate: 115_200, port: 4001 }), form }),
  z.strictObject({
    driver: z.literal("keyboard-wedge"),
    ...usbMatch,
    through,
    text: WedgeTextConfig.default({ kind: "decimal", digits: 10 }),
    form,
  }),
  z.strictObject({
    driver: z.literal("usb-reports"),
    ...usbMatch,
    through,
    /** Null: reports are not numbered. */
    reportId: Byte.nullable().default(null),
    /** Where the card stands in the report, its number not counted. */
    offset: z.int().min(0).max(63),
    length: z.int().min(3).max(10),
    endian: z.enum(["big", "little"]).default("big"),
    form,
  }),
  z.strictObject({ driver: z.literal("absent") }),
]);
export type BadgeReaderConfig = z.output<typeof BadgeReaderConfig>;

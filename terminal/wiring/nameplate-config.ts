import { z } from "zod";
import { SIGN_LAYOUTS, type SignSize } from "../../hardware/index.ts";
import { BaudRate, DevicePath, lineConfig } from "./line-config.ts";
import { ArduinoLine, GpioLine } from "./wired-config.ts";

const SIZES = Object.keys(SIGN_LAYOUTS) as [SignSize, ...SignSize[]];

const MatrixDots = z.discriminatedUnion("chip", [
  z.strictObject({
    chip: z.literal("max7219"),
    /** How many of 8 x 8 dots stand in a row. */
    chips: z.int().min(1).max(8).default(4),
    /** At which end of the row the Arduino is wired to it. */
    fedFrom: z.enum(["left", "right"]).default("right"),
    pins: z.strictObject({ data: GpioLine, clock: GpioLine, select: GpioLine }),
  }),
  /** 16 x 8 dots on the Arduino's I2C pins. */
  z.strictObject({ chip: z.literal("ht16k33"), address: z.int().min(0x70).max(0x77).default(0x70) }),
]);

export const NameplateConfig = z.discriminatedUnion("driver", [
  z.strictObject({
    driver: z.literal("onbon"),
    /** What is printed on the card: 5K and 6K draw text with a font of their own, 6E takes dots. */
    card: z.enum(["5K", "6K", "6E"]),
    /** Dots, width by height. */
    sign: z.enum(SIZES),
    /** 3: red, green and both together. A 6E card is driven in one. */
    colours: z.literal([1, 3]).default(1),
    line: lineConfig({ baudRate: 57_600, port: 5005 }),
    /** GNU Unifont, for a 6E card. Default: where Debian's package puts it. */
    font: z.string().min(1).max(4096).optional(),
  }),
  z.strictObject({
    driver: z.literal("alpha"),
    path: DevicePath,
    baudRate: BaudRate.default(9600),
    /** Characters a row. */
    columns: z.int().min(4).max(64).default(15),
    rows: z.int().min(1).max(4).default(1),
  }),
  /** A few digits in dots that an Arduino lights: the called ticket, or the window's number. */
  z.strictObject({ driver: z.literal("matrix"), line: ArduinoLine, dots: MatrixDots }),
  /** Plain lines on standard error, for the bench; never in the log, which takes no names. */
  z.strictObject({ driver: z.literal("text") }),
  z.strictObject({ driver: z.literal("absent") }),
]);
export type NameplateConfig = z.output<typeof NameplateConfig>;

import { z } from "zod";
import { lineConfig } from "./line-config.ts";

/** By the name the board's description gives it, or by offset where it gives none: "17". */
export const GpioLine = z.string().regex(/^[^\s=-][^=]{0,63}$/u, "a line's name has no = and does not begin with -");

/** As `gpiodetect` shows it in brackets: pinctrl-rp1, pinctrl-bcm2711. */
const ChipLabel = z.string().min(1).max(64);
/** The level of a line whose contact is closed. */
const pressed = z.enum(["low", "high"]).default("low");

/** An Arduino with StandardFirmata; StandardFirmataEthernet listens on 3030. */
export const ArduinoLine = lineConfig({ baudRate: 57_600, port: 3030 });

/** The three ways to contacts and lamps that are wired to a board; `shape` says which of its lines is what. */
export const wiredTo = <S extends z.core.$ZodShape>(shape: S) =>
  [
    /** To the machine itself, through the tools of libgpiod 2. */
    z.strictObject({
      driver: z.literal("gpiomon"),
      chip: ChipLabel,
      bias: z.enum(["pull-up", "pull-down", "disabled"]).default("pull-up"),
      pressed,
      debounceMs: z.int().min(0).max(5).default(5),
      ...shape,
    }),
    /** To the machine itself, where its kernel still has lines in sysfs. Nothing pulls them. */
    z.strictObject({
      driver: z.literal("onoff"),
      chip: ChipLabel,
      /** sysfs has no names: where the lines stand that are named here. Default: as the board says. */
      offsets: z.record(GpioLine, z.int().min(0).max(1023)).optional(),
      pressed,
      ...shape,
    }),
    /** To an Arduino: D7 or 7, A0. It has no resistors to pull down. */
    z.strictObject({
      driver: z.literal("firmata"),
      line: ArduinoLine,
      bias: z.enum(["pull-up", "disabled"]).default("pull-up"),
      pressed,
      ...shape,
    }),
  ] as const;

/** Of a device's configuration what says how its lines are reached. */
export type WiredConfig = z.output<ReturnType<typeof wiredTo<Record<never, never>>>[number]>;

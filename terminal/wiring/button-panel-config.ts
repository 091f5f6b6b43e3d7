import { z } from "zod";
import { GpioLine, wiredTo } from "./wired-config.ts";

const lines = z.strictObject({ call: GpioLine, pause: GpioLine });

export const ButtonPanelConfig = z.discriminatedUnion("driver", [
  ...wiredTo({
    buttons: lines,
    lamps: lines.partial().optional(),
    /** Sounds while it is on. */
    beeper: GpioLine.optional(),
  }),
  z.strictObject({ driver: z.literal("absent") }),
]);
export type ButtonPanelConfig = z.output<typeof ButtonPanelConfig>;

import { z } from "zod";

/** By the name the board's description gives it, or by offset where it gives none: "17". */
const GpioLine = z.string().regex(/^[^\s=-][^=]{0,63}$/u, "a line's name has no = and does not begin with -");

const lines = z.strictObject({ call: GpioLine, pause: GpioLine });

export const ButtonPanelConfig = z.discriminatedUnion("driver", [
  /** Wired to the board, through the tools of libgpiod 2. */
  z
    .strictObject({
      driver: z.literal("gpiomon"),
      /** As `gpiodetect` shows it in brackets: pinctrl-rp1, pinctrl-bcm2711. */
      chip: z.string().min(1).max(64),
      buttons: lines,
      lamps: lines.partial().optional(),
      /** Sounds while it is on. */
      beeper: GpioLine.optional(),
      bias: z.enum(["pull-up", "pull-down", "disabled"]).default("pull-up"),
      /** The level of a pressed button. */
      pressed: z.enum(["low", "high"]).default("low"),
      debounceMs: z.int().min(0).max(5).default(5),
    })
    .refine(
      ({ buttons, lamps, beeper }) => {
        const used = [buttons.call, buttons.pause, lamps?.call, lamps?.pause, beeper].filter(
          (line) => line !== undefined,
        );
        return new Set(used).size === used.length;
      },
      { message: "one line has one use" },
    ),
  z.strictObject({ driver: z.literal("absent") }),
]);
export type ButtonPanelConfig = z.output<typeof ButtonPanelConfig>;

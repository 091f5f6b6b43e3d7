import { z } from "zod";
import { Level } from "../../protocol/index.ts";

// What passes between the demonstration and the terminal processes it starts. Both ends check every message: the
// panel's visitor is behind the one, the whole product behind the other.

/** Longest press a virtual finger can make, milliseconds. */
export const PRESS_MS_MAX = 10_000;

export const ButtonName = z.enum(["call", "pause"]);
const LampState = z.enum(["off", "on", "blink"]);

/** Demonstration -> terminal process: what hands do. */
export const HandMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("press"), button: ButtonName, heldForMs: z.int().min(1).max(PRESS_MS_MAX) }),
  /** One edge: a visitor's finger goes down or up. Down alone lifts by itself after PRESS_MS_MAX. */
  z.strictObject({ type: z.literal("finger"), button: ButtonName, edge: z.enum(["pressed", "released"]) }),
  /** Canonical badge value: upper-case hex. */
  z.strictObject({ type: z.literal("tap"), badge: z.string().regex(/^[0-9A-F]{8,16}$/u, "8 to 16 hex digits") }),
  z.strictObject({ type: z.literal("rate"), level: Level }),
  z.strictObject({ type: z.literal("close") }),
]);
export type HandMessage = z.infer<typeof HandMessage>;

/** Terminal process -> demonstration: everything a person at the window can see and hear. Whole, on every change. */
export const CounterView = z.strictObject({
  plate: z.array(z.strictObject({ zh: z.string(), en: z.string(), emphasis: z.enum(["normal", "strong", "warning"]) })),
  lamps: z.strictObject({ call: LampState, pause: LampState }),
  keypad: z.enum(["dark", "asking", "thanks"]),
  beep: z.strictObject({ pattern: z.enum(["accepted", "refused", "attention"]), count: z.int().min(1) }).nullable(),
  /** Whether the terminal hears the controller. */
  link: z.enum(["up", "down"]),
});
export type CounterView = z.infer<typeof CounterView>;

export const TerminalMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("view"), view: CounterView }),
]);
export type TerminalMessage = z.infer<typeof TerminalMessage>;

/** A window whose process is not there yet, or no longer. */
export const DARK_VIEW: CounterView = {
  plate: [],
  lamps: { call: "off", pause: "off" },
  keypad: "dark",
  beep: null,
  link: "down",
};

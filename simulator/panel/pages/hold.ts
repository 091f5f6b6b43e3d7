export type ButtonName = "call" | "pause";

/**
 * From so many milliseconds a press of the key is a long one; it acts then, before the finger lifts. The terminal's own
 * LONG_PRESS and ASSISTANCE_HOLD: the page imports no values, so a test keeps the two from drifting.
 */
export const LONG_FROM: { readonly [K in ButtonName]: number } = { call: 1500, pause: 3000 };

/** How full the ring around a key is, 0 to 1, after it was held so long. */
export const ringOf = (button: ButtonName, heldMs: number): number =>
  Math.min(1, Math.max(0, heldMs / LONG_FROM[button]));

/** Without motion the ring moves in quarters. */
export const inQuarters = (share: number): number => Math.floor(share * 4) / 4;

import type { Tap } from "./facts.ts";

/** How wrong a tap's clock may have been. */
export const doubtOf = ({ at, earliest, latest }: Pick<Tap, "at" | "earliest" | "latest">): number =>
  Math.max(at - earliest, latest - at);

/** Doubt that a person should look at. */
export const DOUBT_REVIEWED_S = 5;

/** Beyond this nothing that rests on the tap is held against anyone until a person confirms it. */
const DOUBT_HELD_S = 15 * 60;

export const isHeld = (tap: Tap): boolean => doubtOf(tap) > DOUBT_HELD_S;

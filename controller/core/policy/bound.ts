import { z } from "zod";

const CLOCK_LENGTH = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/u;

/** A length of time: whole seconds, or "20:00" (minutes) or "1:00:00" (hours) as a regulation would write it. */
export const LengthSeconds = z
  .union([z.int().nonnegative(), z.string().regex(CLOCK_LENGTH, 'seconds, "MM:SS" or "H:MM:SS"')])
  .transform((length) => (typeof length === "number" ? length : secondsOfLength(length)));

/**
 * Where counting begins. 以上 includes the figure (`atLeast`), 超过 leaves it out (`over`): which one is the
 * regulation's word, and is never tidied (AMB-01, AMB-02).
 */
export const Bound = z.union([z.strictObject({ atLeast: LengthSeconds }), z.strictObject({ over: LengthSeconds })]);
export type Bound = z.output<typeof Bound>;

export const reaches = (bound: Bound, seconds: number): boolean =>
  "atLeast" in bound ? seconds >= bound.atLeast : seconds > bound.over;

/** The least number of whole seconds that reaches `bound`. */
export const leastOf = (bound: Bound): number => ("atLeast" in bound ? bound.atLeast : bound.over + 1);

function secondsOfLength(text: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = CLOCK_LENGTH.exec(text) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

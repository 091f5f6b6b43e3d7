import type { HallError } from "../protocol/index.ts";

/** How a terminal ends that cannot go on, by error code: the same as the controller's for the same code. */
export const EXIT_CODES: Readonly<Record<string, number>> = {
  IDENTITY_EXPIRED: 66,
  IDENTITY_REFUSED: 67,
  IDENTITY_MISSING: 69,
  ENROLMENT_REFUSED: 69,
  SQLITE_TOO_OLD: 71,
  JOURNAL_TOO_NEW: 75,
  JOURNAL_FAILED: 76,
};

export const EXIT_USAGE = 64;
export const EXIT_INTERNAL = 70;
const EXIT_CONFIGURATION = 78;

export function exitCodeOf({ code }: Pick<HallError, "code">): number {
  if (code.startsWith("CONFIG") || code.startsWith("OSDP_KEY")) return EXIT_CONFIGURATION;
  return EXIT_CODES[code] ?? EXIT_INTERNAL;
}

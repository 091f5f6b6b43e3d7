// The boot report of a USB keyboard: modifiers, a byte kept free, and up to six usages of keys that are down.

const REPORT_BYTES = 8;
const FIRST_USAGE = 2;
/** From here up a usage is a key; below it says that the keyboard cannot tell. */
const USAGE_MIN = 0x04;
const ROLL_OVER = 0x01;

/**
 * The keys that are down. Null: no boot report, or more keys than it can tell (the keyboard says so): what was down
 * before is then the best word on it.
 */
export function usagesIn(report: Uint8Array): ReadonlySet<number> | null {
  if (report.length !== REPORT_BYTES) return null;
  const slots = report.subarray(FIRST_USAGE);
  if (slots.includes(ROLL_OVER)) return null;
  return new Set(slots.filter((usage) => usage >= USAGE_MIN));
}

/** What a keyboard sends: for emulators and tests. At most six keys. */
export function bootReport(usages: readonly number[]): Uint8Array {
  const report = new Uint8Array(REPORT_BYTES);
  const slots = REPORT_BYTES - FIRST_USAGE;
  if (usages.length > slots) report.fill(ROLL_OVER, FIRST_USAGE);
  else report.set(usages, FIRST_USAGE);
  return report;
}

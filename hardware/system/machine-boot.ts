import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** The kernel draws it at every boot. */
const BOOT_ID = "/proc/sys/kernel/random/boot_id";

export interface MachineBoot {
  readonly id: string;
  /** Milliseconds from the machine's boot to 0 of this process's monotonic clock. */
  readonly sinceMs: number;
}

/**
 * Which boot of the machine this is, and how long it lasted before the process began: with them one process can say
 * when a record of another was, whatever the wall clock said. Undefined where the system has no name for its boots.
 * Time in which a machine was suspended is not counted.
 */
export function machineBoot(): MachineBoot | undefined {
  const sinceMs = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  try {
    return { id: readFileSync(BOOT_ID, "utf8").trim(), sinceMs };
  } catch {
    return undefined;
  }
}

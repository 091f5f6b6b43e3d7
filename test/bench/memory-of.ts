import { readFileSync } from "node:fs";

/** Megabytes (10^6 bytes). `pss` shares what is shared; null where the system does not tell. */
export interface Memory {
  readonly rss: number;
  readonly pss: number | null;
}

const KIB = 1024;

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return { rss: megabytes(status, "VmRSS") ?? Number.NaN, pss: pssOf(pid) };
}

function pssOf(pid: number): number | null {
  try {
    return megabytes(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"), "Pss");
  } catch {
    return null;
  }
}

function megabytes(text: string, field: string): number | null {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, "mu").exec(text);
  return found === null ? null : (Number(found[1]) * KIB) / 1e6;
}

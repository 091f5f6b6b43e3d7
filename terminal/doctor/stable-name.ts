import type { Machine } from "./machine.ts";

const STABLE_FOLDERS = ["/dev/serial/by-id", "/dev/serial/by-path"] as const;

/** The name below /dev/serial that leads to the same device file. */
export function stableNameOf(machine: Machine, path: string): string | null {
  const device = machine.target(path);
  if (device === null) return null;
  for (const folder of STABLE_FOLDERS) {
    for (const name of machine.list(folder)) {
      if (machine.target(`${folder}/${name}`) === device) return `${folder}/${name}`;
    }
  }
  return null;
}

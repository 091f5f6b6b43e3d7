import type { Effect } from "./effects.ts";
import type { KeyName } from "./key-gestures.ts";
import type { Lamps } from "./lamps.ts";
import type { PlateFace } from "./plate.ts";

/** What the devices show, as levels: derived from the state after every step, told to a device only when it changes. */
export interface Shown {
  readonly lamps: Lamps;
  readonly plate: PlateFace;
  readonly keypad: "dark" | "asking" | "thanks";
}

const KEYS: readonly KeyName[] = ["call", "pause"];

export function changesOf(before: Shown | null, after: Shown): readonly Effect[] {
  const changes: Effect[] = [];
  for (const key of KEYS) {
    const lamp = after.lamps[key];
    if (before?.lamps[key] !== lamp) changes.push({ type: "light", key, lamp });
  }
  if (before === null || !samePlate(before.plate, after.plate)) changes.push({ type: "show-plate", face: after.plate });
  if (before?.keypad !== after.keypad) changes.push({ type: "show-keypad", face: after.keypad });
  return changes;
}

function samePlate(a: PlateFace, b: PlateFace): boolean {
  if (a.lines.length !== b.lines.length) return false;
  return a.lines.every((line, index) => {
    const other = b.lines[index];
    return other?.zh === line.zh && other.en === line.en && other.emphasis === line.emphasis;
  });
}

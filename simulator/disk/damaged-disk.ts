import { MemoryDisk } from "../../controller/index.ts";

/** A flipped byte of a record; records missing at the end though their keys are there; a torn snapshot. */
export type StoreDamage = "byte" | "end" | "snapshot";

/** A disk like `disk` with one damage; null when there is nothing on it to damage. `where` in [0, 1). */
export function damagedDisk(
  disk: MemoryDisk,
  how: StoreDamage,
  where: number,
): { readonly disk: MemoryDisk; readonly how: StoreDamage } | null {
  if (disk.records.length === 0) return null;
  const copy = new MemoryDisk();
  copy.records.push(...disk.records);
  for (const [key, value] of disk.keys) copy.keys.set(key, value);
  copy.snapshots = disk.snapshots;
  copy.quarantined = disk.quarantined;
  copy.suspect = disk.suspect;
  if (how === "snapshot") {
    const torn = disk.snapshots.map((snapshot) => ({
      ...snapshot,
      state: snapshot.state.slice(0, Math.floor(snapshot.state.length * where)),
    }));
    copy.snapshots = torn;
    return torn.length === 0 ? null : { disk: copy, how };
  }
  const lastKeyAt = Math.max(0, ...[...disk.keys.values()].map(({ firstSeq }) => firstSeq));
  if (how === "end" && lastKeyAt > 2) {
    copy.records.length = lastKeyAt - 2;
    return { disk: copy, how };
  }
  const at = Math.floor(where * copy.records.length);
  const spoilt = copy.records[at];
  if (spoilt === undefined) return null;
  const { record } = spoilt;
  const digit = record.search(/\d/u); // One flipped bit of a digit: it can still be read, and says something else.
  const flipped = String(Number(record.charAt(digit)) ^ 1);
  copy.records[at] = { ...spoilt, record: record.slice(0, digit) + flipped + record.slice(digit + 1) };
  return { disk: copy, how: "byte" };
}

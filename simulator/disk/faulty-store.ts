import {
  type Append,
  type EventStore,
  type LogRecord,
  type LogSeal,
  MemoryDisk,
  openMemoryEventStore,
  digestOf,
} from "../../controller/index.ts";
import { HallError } from "../../protocol/index.ts";
import type { Life } from "../time/life.ts";

/** What the controller's disk does wrong now. */
export type DiskFault = "full" | "io-error" | "read-only";

const CODES: { readonly [K in DiskFault]: string } = {
  full: "STORE_FULL",
  "io-error": "STORE_FAILED",
  "read-only": "STORE_READ_ONLY",
};

export interface FaultyStoreOptions {
  readonly disk: MemoryDisk;
  readonly life: Life;
  /** Null while the disk is well. Asked at every write. */
  readonly fault: () => DiskFault | null;
  /** Told after a batch is on the medium, also when nobody else learns of it. */
  readonly onAppended: (records: readonly LogRecord[]) => void;
}

/**
 * The memory store with a life that may end before or after each write, and a disk that refuses them. Throws HallError
 * DATA_IN_USE, STORE_FULL, STORE_READ_ONLY, STORE_FAILED.
 */
export function openFaultyStore(options: FaultyStoreOptions): EventStore {
  const { disk, life, fault, onAppended } = options;
  life.touch("store open");
  const store = openMemoryEventStore(disk);
  const written = <T>(what: string, write: () => T): T => {
    life.touch(`store ${what}, before`);
    const ails = fault();
    if (ails !== null) throw new HallError(CODES[ails], `the disk: ${ails}`, { ails });
    const result = write();
    life.touch(`store ${what}, after`);
    return result;
  };
  return {
    head: () => store.head(),
    read: (from, limit) => store.read(from, limit),
    latestSnapshot: () => store.latestSnapshot(),
    lastKeyAt: () => store.lastKeyAt(),
    findKey: (key) => store.findKey(key),
    quarantined: () => store.quarantined(),
    isSuspect: () => store.isSuspect(),
    append: (batch: Append) =>
      written("append", () => {
        store.append(batch);
        onAppended(batch.records);
      }),
    probe: () => written("probe", () => store.probe()),
    saveSnapshot: (snapshot) => written("snapshot", () => store.saveSnapshot(snapshot)),
    dropSnapshots: () => written("snapshots", () => store.dropSnapshots()),
    quarantine: (item) => written("quarantine", () => store.quarantine(item)),
    suspect: (found) => written("suspect", () => store.suspect(found)),
    close: () => store.close(),
  };
}

/** A copy of a disk as it stands: what a backup holds. Restored, it is the disk. */
export interface DiskBackup {
  readonly seq: number;
  restore(): MemoryDisk;
}

/** Cheap: the log only ever grows, so a backup is a length. */
export function backupOf(disk: MemoryDisk): DiskBackup {
  const seq = disk.records.length;
  const keys = disk.keys.size;
  const { snapshots, quarantined, suspect } = disk;
  return {
    seq,
    restore() {
      const copy = new MemoryDisk();
      copy.records.push(...disk.records.slice(0, seq));
      for (const [key, value] of [...disk.keys].slice(0, keys)) copy.keys.set(key, value);
      copy.snapshots = snapshots;
      copy.quarantined = quarantined;
      copy.suspect = suspect;
      return copy;
    },
  };
}

/** A seal without key files: it knows what it signed itself, and that is all the product asks of one. */
export const plainSeal: LogSeal = {
  sign: (text) => digestOf(`sealed ${text}`),
  verify: (text, signature) => signature === digestOf(`sealed ${text}`),
};

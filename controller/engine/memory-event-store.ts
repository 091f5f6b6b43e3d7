import { assert, HallError } from "../../protocol/index.ts";
import { GENESIS } from "./chain.ts";
import {
  type Append,
  type CommandKey,
  type EventStore,
  type LogHead,
  type LogRecord,
  QUARANTINE_MAX,
  type Quarantined,
  type Snapshot,
} from "./ports.ts";

/** A disk that outlives the stores opened on it: what a test or the simulator keeps through a crash. */
export class MemoryDisk {
  readonly records: LogRecord[] = [];
  readonly keys = new Map<string, CommandKey>();
  snapshots: Snapshot[] = [];
  quarantined: Quarantined[] = [];
  suspect = false;
  inUse = false;
  /** Set: whatever is written next fails with it, as a full or dying disk does. */
  appendFault: HallError | null = null;

  /** The holder is gone without closing, as after kill -9. */
  crash(): void {
    this.inUse = false;
  }
}

/** The store port in memory, with the same contract as the one on SQLite. */
export function openMemoryEventStore(disk: MemoryDisk): EventStore {
  if (disk.inUse) throw new HallError("DATA_IN_USE", "another controller works on this disk");
  disk.inUse = true;
  return new MemoryEventStore(disk);
}

class MemoryEventStore implements EventStore {
  readonly #disk: MemoryDisk;
  #broken = false;

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  head(): LogHead {
    const last = this.#disk.records.at(-1);
    return last === undefined ? GENESIS : { seq: last.seq, hash: last.hash };
  }

  append({ records, keys }: Append): void {
    assert(!this.#broken, "nothing is appended after a failed append");
    const fault = this.#disk.appendFault ?? this.#refusal({ records, keys });
    this.#broken = fault?.code === "STORE_FAILED";
    if (fault !== null) throw fault;
    this.#disk.records.push(...records);
    for (const key of keys) this.#disk.keys.set(key.key, key);
  }

  probe(): void {
    if (this.#disk.appendFault !== null) throw this.#disk.appendFault;
  }

  *read(fromSeq: number, limit: number): Generator<LogRecord, void, void> {
    const first = Math.max(fromSeq, 1);
    for (let seq = first; seq - first < limit; seq += 1) {
      const record = this.#disk.records[seq - 1];
      if (record === undefined) return;
      yield record;
    }
  }

  findKey(key: string): CommandKey | null {
    return this.#disk.keys.get(key) ?? null;
  }

  latestSnapshot(): Snapshot | null {
    return this.#disk.snapshots.at(-1) ?? null;
  }

  lastKeyAt(): number {
    return Math.max(0, ...[...this.#disk.keys.values()].map(({ firstSeq }) => firstSeq));
  }

  saveSnapshot(snapshot: Snapshot): void {
    const older = this.#disk.snapshots.filter((kept) => kept.seq < snapshot.seq).slice(-1);
    this.#disk.snapshots = [...older, snapshot];
  }

  dropSnapshots(): void {
    this.#disk.snapshots = [];
  }

  quarantine(item: Quarantined): void {
    if (this.#disk.appendFault !== null) throw this.#disk.appendFault;
    this.#disk.quarantined = [item, ...this.#disk.quarantined].slice(0, QUARANTINE_MAX);
  }

  quarantined(): readonly Quarantined[] {
    return this.#disk.quarantined;
  }

  isSuspect(): boolean {
    return this.#disk.suspect;
  }

  suspect(found: boolean): void {
    this.#disk.suspect = found;
  }

  close(): void {
    this.#disk.inUse = false;
  }

  #refusal({ records, keys }: Append): HallError | null {
    const head = this.head().seq;
    const gapless = records.every((record, at) => record.seq === head + 1 + at);
    const fresh =
      keys.every(({ key }) => !this.#disk.keys.has(key)) && new Set(keys.map(({ key }) => key)).size === keys.length;
    return gapless && fresh ? null : new HallError("STORE_FAILED", "the log is gapless, and keys are unique");
  }
}

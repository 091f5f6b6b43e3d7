import { beforeEach, describe, expect, test } from "vitest";
import { Bug, epochMs, HallError, StreamId, TerminalId } from "../../protocol/index.ts";
import { chainHash, GENESIS, GENESIS_HASH, verifyChain } from "../../controller/engine/chain.ts";
import {
  type CommandKey,
  type EventStore,
  type LogRecord,
  QUARANTINE_MAX,
  type Quarantined,
  type Snapshot,
} from "../../controller/engine/ports.ts";

/** A disk under test. `open` gives the store that stands on it; `crash` ends the open one without closing it. */
export interface StoreBench {
  open(): EventStore;
  crash(store: EventStore): void;
}

/** `count` records that follow `after`. Their text holds what a careless store would change. */
export function recordsAfter(after: { seq: number; hash: string }, count: number): LogRecord[] {
  let { hash } = after;
  return Array.from({ length: count }, (_, at) => {
    const seq = after.seq + 1 + at;
    const record = JSON.stringify({ seq, note: "叫号 \u0000 'quoted' \u{1F3AB}" });
    hash = chainHash(hash, record);
    return { seq, record, hash };
  });
}

const keyOf = (key: string, firstSeq = 1): CommandKey => ({
  key,
  digest: "ab".repeat(32),
  firstSeq,
  answer: `to ${key}`,
});

const evidence = (seq: number): Quarantined => ({
  atMs: epochMs(1_000 + seq),
  terminalId: TerminalId.parse("counter-1"),
  stream: StreamId.parse("00000000-0000-4000-8000-000000000001"),
  seq,
  reason: "other-content",
  content: "{}",
});

const snapshotAt = (seq: number): Snapshot => ({
  seq,
  hash: "cd".repeat(32),
  version: "0.1.0",
  state: `{"position":${seq}}`,
  signature: "ef",
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return null;
}

/** The store under test: another object after every reopening. */
class HeldStore {
  readonly bench: StoreBench;
  store: EventStore;

  constructor(bench: StoreBench) {
    this.bench = bench;
    this.store = bench.open();
  }

  reopen(how: "closed" | "crashed"): void {
    if (how === "closed") this.store.close();
    else this.bench.crash(this.store);
    this.store = this.bench.open();
  }
}

type Held = () => HeldStore;

/** What every event store must do: run against the one on SQLite and the one in memory. */
export function describeEventStore(name: string, newBench: () => StoreBench): void {
  describe(`the event store ${name}`, () => {
    let held: HeldStore;

    beforeEach(() => {
      held = new HeldStore(newBench());
      return () => held.store.close();
    });

    describe("the log", () => {
      logChapter(() => held);
    });
    describe("an append", () => {
      appendChapter(() => held);
    });
    describe("what goes with the log", () => {
      companionChapter(() => held);
    });
  });
}

function logChapter(held: Held): void {
  test("of a fresh disk is empty", () => {
    expect(held().store.head()).toEqual(GENESIS);
    expect([...held().store.read(1, 10)]).toEqual([]);
    expect(held().store.latestSnapshot()).toBeNull();
    expect(held().store.lastKeyAt()).toBe(0);
    expect(held().store.isSuspect()).toBe(false);
  });

  test.each(["closed", "crashed"] as const)("gives back every record, unchanged, once it was %s", (how) => {
    const records = recordsAfter(GENESIS, 3);
    held().store.append({ records: records.slice(0, 2), keys: [] });
    held().store.append({ records: records.slice(2), keys: [] });
    held().reopen(how);
    expect([...held().store.read(1, 10)]).toEqual(records);
    expect(verifyChain(held().store.read(1, 10))).toEqual({ ok: true, head: held().store.head() });
  });

  test("is read from any seq, up to a limit, across many pages", () => {
    const records = recordsAfter(GENESIS, 1_203);
    held().store.append({ records, keys: [] });
    expect([...held().store.read(1, Number.MAX_SAFE_INTEGER)]).toEqual(records);
    expect([...held().store.read(1_200, 2)]).toEqual(records.slice(1_199, 1_201));
    expect([...held().store.read(1_204, 5)]).toEqual([]);
    expect([...held().store.read(1, 0)]).toEqual([]);
  });

  test("may be written while somebody reads it", () => {
    const records = recordsAfter(GENESIS, 1_002);
    held().store.append({ records: records.slice(0, 1_000), keys: [] });
    let seen = 0;
    for (const _record of held().store.read(1, 1_000)) {
      seen += 1;
      if (seen === 1) held().store.append({ records: records.slice(1_000), keys: [] });
    }
    expect(seen).toBe(1_000);
    expect(held().store.head().seq).toBe(1_002);
  });
}

function appendChapter(held: Held): void {
  test("brings keys with its records, and keys without records", () => {
    held().store.append({ records: recordsAfter(GENESIS, 1), keys: [keyOf("a")] });
    held().store.append({ records: [], keys: [keyOf("b", 2)] });
    held().reopen("crashed");
    expect(held().store.findKey("a")).toEqual(keyOf("a"));
    expect(held().store.findKey("b")).toEqual(keyOf("b", 2));
    expect(held().store.findKey("c")).toBeNull();
    expect(held().store.lastKeyAt()).toBe(2);
    expect(held().store.head().seq).toBe(1);
  });

  test.each([
    ["a key that is known", () => ({ records: recordsAfter(GENESIS, 4).slice(2), keys: [keyOf("new"), keyOf("a")] })],
    ["a record out of its place", () => ({ records: recordsAfter(GENESIS, 5).slice(3), keys: [keyOf("new")] })],
    ["a gap among its records", () => ({ records: gapped(), keys: [keyOf("new")] })],
  ])("with %s fails as a whole and leaves nothing", (_what, batch) => {
    held().store.append({ records: recordsAfter(GENESIS, 2), keys: [keyOf("a")] });
    expect(thrownBy(() => held().store.append(batch()))).toBeInstanceOf(HallError);
    held().reopen("crashed");
    expect([...held().store.read(1, 10)]).toEqual(recordsAfter(GENESIS, 2));
    expect(held().store.findKey("new")).toBeNull();
  });

  test("is never tried again after one that failed", () => {
    expect(thrownBy(() => held().store.append({ records: gapped(), keys: [] }))).toBeInstanceOf(HallError);
    expect(thrownBy(() => held().store.append({ records: recordsAfter(GENESIS, 1), keys: [] }))).toBeInstanceOf(Bug);
    held().reopen("crashed");
    expect(held().store.head()).toEqual(GENESIS);
  });
}

function companionChapter(held: Held): void {
  test("a second controller on the same disk is refused, until the first is gone", () => {
    const thrown = thrownBy(() => held().bench.open());
    expect(thrown).toBeInstanceOf(HallError);
    expect((thrown as HallError).code).toBe("DATA_IN_USE");
    expect((thrown as HallError).message).not.toContain("\n");
    held().reopen("crashed");
    held().reopen("closed");
  });

  test("of snapshots the two newest are kept, until they are dropped", () => {
    for (const seq of [5, 10, 10, 20]) held().store.saveSnapshot(snapshotAt(seq));
    held().reopen("closed");
    expect(held().store.latestSnapshot()).toEqual(snapshotAt(20));
    held().store.dropSnapshots();
    expect(held().store.latestSnapshot()).toBeNull();
  });

  test("the quarantine keeps the newest QUARANTINE_MAX", () => {
    for (let seq = 1; seq <= QUARANTINE_MAX + 2; seq += 1) held().store.quarantine(evidence(seq));
    held().reopen("closed");
    const kept = held().store.quarantined();
    expect(kept).toHaveLength(QUARANTINE_MAX);
    expect([kept.at(0), kept.at(-1)]).toEqual([evidence(QUARANTINE_MAX + 2), evidence(3)]);
  });

  test("the suspicion outlives the process that had it", () => {
    held().store.suspect(true);
    held().store.suspect(true);
    held().reopen("crashed");
    expect(held().store.isSuspect()).toBe(true);
    held().store.suspect(false);
    held().reopen("closed");
    expect(held().store.isSuspect()).toBe(false);
  });
}

const gapped = (): LogRecord[] => {
  const records = recordsAfter({ seq: 0, hash: GENESIS_HASH }, 3);
  return records.filter(({ seq }) => seq !== 2);
};

import { generateKeyPairSync, sign, verify } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { canonicalJson, HallError, milliseconds, seconds } from "../../../../protocol/index.ts";
import { checkInBackground } from "../../../../controller/engine/background-check.ts";
import { createEngine } from "../../../../controller/engine/single-writer.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import type { LogSeal, Snapshot } from "../../../../controller/engine/ports.ts";
import { type Recovered, recoverHall, VERIFY_AT_START_MAX } from "../../../../controller/engine/recovery.ts";
import {
  keepSnapshots,
  sealText,
  SNAPSHOT_EVERY,
  SNAPSHOT_LATEST,
  SNAPSHOT_QUIET,
  type Snapshots,
} from "../../../../controller/engine/snapshots.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { type LogLine, orderFor, recordingLog } from "./engine-rig.ts";
import { toyDecide, toyEvolve, toyFreeze, toyThaw } from "./toy-hall.ts";

const VERSION = "0.1.0";

function freshSeal(): LogSeal {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("hex"),
    verify: (text, signature) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "hex")),
  };
}

/** One life of a controller on `disk`: recovered, with an engine, snapshots and the background check running. */
class Life {
  readonly clock = new VirtualClock();
  readonly lines: LogLine[] = [];
  readonly fatal: HallError[] = [];
  readonly folded: number[] = [];
  readonly recovered: Recovered;
  readonly engine: ReturnType<typeof createEngine>;
  readonly snapshots: Snapshots;

  constructor(disk: MemoryDisk, seal: LogSeal, version = VERSION) {
    const store = openMemoryEventStore(disk);
    const { clock, folded } = this;
    const log = recordingLog(this.lines);
    const evolve: typeof toyEvolve = (hall, event) => {
      folded.push(event.seq);
      toyEvolve(hall, event);
    };
    this.recovered = recoverHall({ store, log, seal, version, evolve, thawHall: toyThaw });
    this.engine = createEngine({
      store,
      clock,
      log,
      random: new SeededRandom(1),
      decide: toyDecide,
      evolve: toyEvolve,
      hall: this.recovered.hall,
      onFatal: (error) => void this.fatal.push(error),
    });
    const { engine } = this;
    this.snapshots = keepSnapshots(
      { engine, store, clock, log, seal, version, freezeHall: toyFreeze },
      this.recovered.snapshot?.seq ?? 0,
    );
    const halt = (error: HallError): void => engine.halt(error);
    checkInBackground({ store, clock, log, evolve: toyEvolve, freezeHall: toyFreeze, halt }, this.recovered);
  }

  write(count: number): this {
    for (let at = 0; at < count; at += 1) this.engine.submit(orderFor(), () => {});
    this.clock.advance(milliseconds(0));
    return this;
  }
}

let disk: MemoryDisk;
let seal: LogSeal;

beforeEach(() => {
  disk = new MemoryDisk();
  seal = freshSeal();
});

/** What a start on the disk as it is now throws. */
function refusalToStart(): HallError {
  disk.crash();
  try {
    void new Life(disk, seal);
  } catch (thrown) {
    if (thrown instanceof HallError) return thrown;
    throw thrown;
  }
  expect.unreachable("the controller started");
}

function restart(version = VERSION): Life {
  disk.crash();
  return new Life(disk, seal, version);
}

const damage = (seq: number): void => edit(seq, '"counterId":"1"', '"counterId":"2"');
const repair = (seq: number): void => edit(seq, '"counterId":"2"', '"counterId":"1"');

function edit(seq: number, from: string, to: string): void {
  const there = disk.records[seq - 1];
  if (there !== undefined) disk.records[seq - 1] = { ...there, record: there.record.replace(from, to) };
}

const stateOf = (life: Life): string => canonicalJson(toyFreeze(life.recovered.hall));

describe("snapshots", () => {
  test("are written SNAPSHOT_EVERY events after the last, once the hall is quiet, and at a clean stop", () => {
    const life = new Life(disk, seal).write(SNAPSHOT_EVERY - 1);
    life.clock.advance(seconds(60));
    expect(disk.snapshots).toEqual([]);
    for (let busy = 0; busy < 5; busy += 1) life.write(1).clock.advance(milliseconds(SNAPSHOT_QUIET - 1));
    expect(disk.snapshots).toEqual([]);
    life.clock.advance(milliseconds(1));
    expect(disk.snapshots.map(({ seq }) => seq)).toEqual([SNAPSHOT_EVERY + 4]);
    life.write(3).snapshots.save();
    life.snapshots.save();
    expect(disk.snapshots.map(({ seq }) => seq)).toEqual([SNAPSHOT_EVERY + 4, SNAPSHOT_EVERY + 7]);
  });

  test("are written after SNAPSHOT_LATEST events even in a hall that is never quiet", () => {
    const life = new Life(disk, seal);
    for (let written = 0; written < SNAPSHOT_LATEST; written += 1_000) life.write(1_000);
    expect(disk.snapshots.map(({ seq }) => seq)).toEqual([SNAPSHOT_LATEST]);
  });

  test("a start folds only what came after, and has the state of the whole fold", () => {
    new Life(disk, seal).write(20).snapshots.save();
    restart().write(5);
    const short = restart();
    disk.snapshots = [];
    const whole = restart();
    expect(short.folded).toEqual([21, 22, 23, 24, 25]);
    expect(whole.folded).toHaveLength(25);
    expect(stateOf(short)).toBe(stateOf(whole));
  });

  test("of a writer that failed are never written: its hall is ahead of the log", () => {
    const life = new Life(disk, seal).write(3);
    disk.appendFault = new HallError("STORE_FAILED", "full");
    life.write(1).snapshots.save();
    expect(life.engine.ended).toBe(true);
    expect(disk.snapshots).toEqual([]);
  });

  test.each([
    ["signed by another key", (kept: Snapshot) => ({ ...kept, signature: freshSeal().sign("x") })],
    ["whose state was edited", (kept: Snapshot) => ({ ...kept, state: kept.state.replace("20", "21") })],
    ["whose signature is no signature", (kept: Snapshot) => ({ ...kept, signature: "" })],
  ])("%s are dropped, and the log is folded from the start", (_what, forge) => {
    new Life(disk, seal).write(20).snapshots.save();
    disk.snapshots = disk.snapshots.map(forge);
    const life = restart();
    expect(life.folded).toHaveLength(20);
    expect(disk.snapshots).toEqual([]);
    expect(life.lines.map(({ event }) => event)).toContain("snapshot.not-ours");
  });

  test("of another build are not used: its state may have another shape", () => {
    new Life(disk, seal).write(20).snapshots.save();
    expect(restart("0.2.0").folded).toHaveLength(20);
  });
});

describe("a log that was tampered with", () => {
  test.each([1, 11, 20])("stops the start, naming seq %i", (seq) => {
    new Life(disk, seal).write(20);
    damage(seq);
    const error = refusalToStart();
    expect([error.code, error.context["seq"]]).toEqual(["LOG_BROKEN", seq]);
    expect(error.message).not.toContain("\n");
  });

  test.each([1, 10, 15])("is found before, at and after a snapshot (seq %i)", (seq) => {
    new Life(disk, seal).write(10).snapshots.save();
    restart().write(10);
    damage(seq);
    expect(refusalToStart().context).toMatchObject({ seq });
  });

  test("a log cut behind its signed head is found", () => {
    new Life(disk, seal).write(10).snapshots.save();
    disk.records.length = 7;
    expect(refusalToStart()).toMatchObject({ code: "LOG_BROKEN", context: { seq: 8 } });
  });

  test("a log that lost its end and its snapshots is found by the commands that it no longer holds", () => {
    const life = new Life(disk, seal).write(10);
    const key = { key: "ticket-request/1", digest: "ab".repeat(32) };
    life.engine.submit(orderFor(), () => {}, { key });
    life.clock.advance(milliseconds(0));
    disk.snapshots = [];
    disk.records.length = 9;
    const error = refusalToStart();
    expect(error).toMatchObject({ code: "LOG_BROKEN", context: { seq: 10 } });
    expect(error.message).toContain("its end is missing");
  });

  test("a log written anew, with a sound chain of its own, is not the one whose head was signed", () => {
    new Life(disk, seal).write(10).snapshots.save();
    const forged = new MemoryDisk();
    const forger = new Life(forged, seal);
    forger.clock.advance(seconds(1));
    forger.write(12);
    disk.records.splice(0, disk.records.length, ...forged.records);
    expect(refusalToStart()).toMatchObject({ code: "LOG_BROKEN" });
  });
});

describe("in the background", () => {
  test("a small log is folded again and compared with the snapshot (I7)", () => {
    new Life(disk, seal).write(500).snapshots.save();
    const life = restart();
    life.clock.advance(seconds(1));
    expect(life.lines.find(({ event }) => event === "log.verified")?.fields).toEqual({ upTo: 500, refolded: true });
    expect(life.clock.pending).toBe(0);
  });

  test("a snapshot that is not the fold of its log ends the writer, and the next start does without it", () => {
    new Life(disk, seal).write(500).snapshots.save();
    disk.snapshots = disk.snapshots.map((kept) => {
      const wrong = { ...kept, state: kept.state.replace('"cursors":[]', '"cursors":[["t/s",4]]') };
      return { ...wrong, signature: seal.sign(sealText(wrong)) };
    });
    const life = restart();
    life.clock.advance(seconds(1));
    expect(life.fatal.map(({ code }) => code)).toEqual(["STATE_DIVERGED"]);
    expect(restart().recovered.snapshot).toBeNull();
  });

  test("the old part of a long log is verified meanwhile; what is found stops this and the next writer", () => {
    const size = VERIFY_AT_START_MAX;
    const first = new Life(disk, seal);
    for (let written = 0; written < size; written += SNAPSHOT_EVERY) first.write(SNAPSHOT_EVERY);
    first.snapshots.save();
    first.write(10);
    damage(4_321);
    const life = restart();
    expect(life.recovered.verifiedWhole).toBe(false);
    expect(life.write(1).engine.head.seq).toBe(size + 11);
    life.clock.advance(seconds(60));
    expect(life.fatal.map(({ code, context }) => [code, context["seq"]])).toEqual([["LOG_BROKEN", 4_321]]);
    expect(life.write(1).engine.head.seq).toBe(size + 11);
    expect(refusalToStart()).toMatchObject({ code: "LOG_BROKEN", context: { seq: 4_321 } });
    repair(4_321); // A repaired log is verified whole once, and trusted again.
    expect(restart().recovered.verifiedWhole).toBe(true);
    expect(disk.suspect).toBe(false);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "../../../../protocol/index.ts";
import { breachesIn } from "../../../../controller/core/check-hall.ts";
import { evolve } from "../../../../controller/core/hall.ts";
import { freezeHall, thawHall } from "../../../../controller/core/snapshot.ts";
import { emptyHall, type HallState } from "../../../../controller/core/state.ts";
import { digestOf, verifyChain } from "../../../../controller/engine/chain.ts";
import type { LogRecord } from "../../../../controller/engine/ports.ts";
import { readEvent, SCHEMA_VERSIONS } from "../../../../controller/engine/upcast.ts";
import { playGoldenDays } from "./golden-days.ts";
import { goldenLines, stateHash } from "./golden-lines.ts";

// Logs that released builds have written are folded by this one to the state they meant. A change of an event's shape
// without an upcaster, and a change of what an event means, fail here. Made by `npm run golden`, never changed after.

const DIRECTORY = join(import.meta.dirname, "../../../fixtures/golden");
const releases = readdirSync(DIRECTORY)
  .filter((name) => name.endsWith(".jsonl"))
  .map((name) => name.replace(/\.jsonl$/u, ""));

interface ExportedEvent {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly [key: string]: Json;
}

interface Golden {
  readonly records: LogRecord[];
  readonly expected: string;
}

function readGolden(release: string): Golden {
  const lines = readFileSync(join(DIRECTORY, `${release}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  const records = lines.map((line) => {
    const { previousHash: _previous, hash, ...event } = JSON.parse(line) as ExportedEvent;
    return { seq: event.seq, record: canonicalJson(event), hash };
  });
  return { records, expected: readFileSync(join(DIRECTORY, `${release}.state`), "utf8").trim() };
}

function fold(records: readonly LogRecord[], hall: HallState = emptyHall()): HallState {
  for (const record of records) evolve(hall, readEvent(record));
  return hall;
}

describe.each(releases)("the log of release %s", (release) => {
  const { records, expected } = readGolden(release);

  test("is a sound chain", () => {
    expect(verifyChain(records)).toMatchObject({ ok: true, head: { seq: records.length } });
  });

  test("folds to the state it meant, and no invariant is broken", () => {
    const hall = fold(records);
    expect(stateHash(hall)).toBe(expected);
    expect(breachesIn(hall)).toEqual([]);
  });

  // I7: wherever a snapshot is taken, going on from it gives the fold from the start.
  test("folds to the same state from a snapshot taken after any of its events", () => {
    const hall = emptyHall();
    for (const [at, record] of records.entries()) {
      evolve(hall, readEvent(record));
      const text = canonicalJson(freezeHall(hall));
      const thawed = fold(records.slice(at + 1), thawHall(JSON.parse(text) as Json));
      expect(stateHash(thawed), `snapshot at seq ${record.seq}`).toBe(expected);
    }
  });
});

describe("the days that are played for a golden log", () => {
  test("bring every type of event", () => {
    const types = new Set(playGoldenDays().disk.records.map((record) => readEvent(record).type));
    expect(Object.keys(SCHEMA_VERSIONS).filter((type) => !types.has(type as never))).toEqual([]);
  });

  test("are the same at every play", () => {
    expect(goldenLines(playGoldenDays())).toEqual(goldenLines(playGoldenDays()));
  });

  test("leave the state that the fold of their log gives", () => {
    const played = playGoldenDays();
    expect(digestOf(canonicalJson(freezeHall(played.hall)))).toBe(stateHash(fold(played.disk.records)));
  });
});

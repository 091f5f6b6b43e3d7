import { beforeAll, expect, test } from "vitest";
import { type HallEvent, type LogRecord, readEvent } from "../../../../controller/index.ts";
import { present, type TerminalId } from "../../../../protocol/index.ts";
import type { Evidence } from "../../../../simulator/checkers/checker.ts";
import { presence } from "../../../../simulator/checkers/presence.ts";
import { SimHall } from "../../../../simulator/hall.ts";
import { type Forgotten, History } from "../../../../simulator/history.ts";
import { simplePeople } from "../../../../simulator/people/simple-people.ts";
import { evidenceOf, play } from "../../../../simulator/run-seed.ts";

// I9 is judged by what was written, also by what a restore has thrown away since: seed 520 saw a loss written in time,
// and then a restore of a copy that was older than the death.

let sound: Evidence;
beforeAll(() => {
  const hall = new SimHall({ seed: 11, counters: 2, minutes: 1, faults: "none", people: simplePeople });
  expect(play(hall)).toBe(true);
  sound = evidenceOf(hall);
});

const T01 = "t01" as TerminalId;
const birth = (): HallEvent =>
  present(
    sound.events.find((event) => event.type === "terminal.born" && event.data.terminalId === T01),
    "a birth",
  );

/** The record of `born`, as one of a loss, at `seq`. */
function lossAt(seq: number, born: HallEvent): LogRecord {
  const { record, hash } = present(sound.final.records[born.seq - 1], "its record");
  const stored = JSON.parse(record) as Record<string, unknown>;
  const lost: unknown = { ...stored, seq, type: "terminal.lost", data: { ...born.data, sign: "will" } };
  const written = { seq, record: JSON.stringify(lost), hash };
  expect(readEvent(written).type).toBe("terminal.lost");
  return written;
}

/** T01 is born, dies at 100 s; its loss is written at `lostAtMs`, and thrown away at 200 s. */
function afterRestore(lostAtMs: number | null): Evidence {
  let nowMs = 0;
  const history = new History(() => nowMs);
  const at = (ms: number, happening: Parameters<History["record"]>[0]): void => {
    nowMs = ms;
    history.record(happening);
  };
  const born = { ...birth(), seq: 1 };
  at(0, { type: "started", node: "controller", generation: 1 });
  at(0, { type: "started", node: T01, generation: 1 });
  at(10, { type: "batch-stored", from: 1, to: 1 });
  at(20, { type: "backup-taken", seq: 1 });
  at(100_000, { type: "died", node: T01, generation: 1, cause: "killed" });
  if (lostAtMs !== null) at(lostAtMs, { type: "batch-stored", from: 2, to: 2 });
  at(200_000, { type: "died", node: "controller", generation: 1, cause: "restored from a backup" });
  at(200_000, { type: "controller-restored", seq: 1, lost: lostAtMs === null ? 0 : 1 });
  at(210_000, { type: "started", node: "controller", generation: 2 });
  at(220_000, { type: "batch-stored", from: 2, to: 2 }); // Another event under the same seq.
  const records = lostAtMs === null ? [] : [lossAt(2, birth())];
  const forgotten: readonly Forgotten[] = [{ atMs: 200_000, records }];
  return { ...sound, history, events: [born], final: { ...sound.final, forgotten } };
}

test.each([
  ["written in time and thrown away later is no violation", 110_000, 0],
  ["written too late is one", 150_000, 1],
  ["never written is one", null, 1],
])("a loss that was %s", (_title, lostAtMs, violations) => {
  expect(presence.check(afterRestore(lostAtMs)).map(({ invariant }) => invariant)).toEqual(
    Array.from({ length: violations }, () => "I9"),
  );
});

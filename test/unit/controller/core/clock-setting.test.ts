// Proves when a hall puts on record that its clock was set: once, as soon as a trusted clock follows a guessed one,
// also by the start of a process that never guessed; and that a snapshot in between loses nothing of it.
import { expect, test } from "vitest";
import type { ClockMark } from "../../../../controller/core/clock-mark.ts";
import { decide, evolve } from "../../../../controller/core/hall.ts";
import { freezeHall, thawHall } from "../../../../controller/core/snapshot.ts";
import { emptyHall, type HallState } from "../../../../controller/core/state.ts";
import { recorded } from "../../../../controller/engine/batch.ts";
import { epochMs } from "../../../../protocol/index.ts";
import { testConfiguration, uuid } from "../../../support/test-hall.ts";

const GUESSED = Date.UTC(2026, 2, 2, 9);
const TRUE = Date.UTC(2026, 2, 3, 0);

interface Said {
  readonly type?: "start" | "tick";
  readonly at: number;
  readonly mark: ClockMark;
  readonly guessed?: boolean;
  readonly clockTrusted?: boolean;
}

/** What the hall writes, and what it knows afterwards. */
function say(hall: HallState, { type = "tick", at, mark, guessed = false, clockTrusted = !guessed }: Said): unknown[] {
  const order = type === "tick" ? { type } : { type, version: "test", configuration: testConfiguration(1) };
  const command = { ...order, commandId: uuid(1), at: epochMs(at), clockTrusted, mark, guessed };
  const decided = decide(hall, command);
  const events = (decided.ok ? decided.value : []).map((draft) => {
    const event = recorded(draft, command, hall.position + 1);
    evolve(hall, event);
    return event;
  });
  return events.flatMap((event) => (event.type === "clock.set" ? [event.data] : []));
}

/** A hall that woke without a clock: its start is the first record on a guessed time. */
function guessing(): HallState {
  const hall = emptyHall();
  say(hall, { type: "start", at: GUESSED - 1_000, mark: { boot: "a", ms: 0 } });
  say(hall, { type: "start", at: GUESSED, mark: { boot: "b", ms: 20_000 }, guessed: true });
  return hall;
}
const first = (): number => guessing().guess?.fromSeq ?? 0;

test("set while it runs: by how much the guess was behind, and when the machine booted by the right clock", () => {
  const hall = guessing();
  expect(hall.guess).toMatchObject({ fromSeq: first(), boot: "b", ms: 20_000, atMs: GUESSED });
  const set = { at: TRUE, mark: { boot: "b", ms: 80_000 } };
  expect(say(hall, set)).toEqual([
    { fromSeq: first(), boot: "b", bootedAtMs: TRUE - 80_000, byMs: TRUE - 60_000 - GUESSED },
  ]);
  expect([say(hall, set), hall.guess]).toEqual([[], null]);
});

test.each([
  ["while it is guessed", { at: GUESSED + 5, mark: { boot: "b", ms: 25_000 }, guessed: true }],
  ["while a clock that was set is not trusted", { at: TRUE, mark: { boot: "b", ms: 80_000 }, clockTrusted: false }],
])("nothing is said %s", (_when, said) => {
  const hall = guessing();
  expect([say(hall, said), hall.guess === null]).toEqual([[], false]);
});

test.each([
  ["of the same boot", "b", TRUE - 60_000 - GUESSED],
  ["of a later boot: nobody knows by how much", "c", null],
])("said by a start %s that knows the time", (_which, boot, byMs) => {
  const hall = guessing();
  const start = { type: "start", at: TRUE, mark: { boot, ms: 80_000 } } as const;
  expect(say(hall, start)).toEqual([{ fromSeq: first(), boot, bootedAtMs: TRUE - 80_000, byMs }]);
});

test("a snapshot keeps that times are guessed; without a guess it is what older builds wrote", () => {
  const hall = guessing();
  expect(thawHall(freezeHall(hall)).guess).toEqual(hall.guess);
  say(hall, { at: TRUE, mark: { boot: "b", ms: 80_000 } });
  expect(freezeHall(hall)).not.toHaveProperty("guess");
});

import { describe, expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/index.ts";
import { goneWithQuota, goneWithRestores } from "../../../../simulator/checkers/allowances.ts";
import { bounds } from "../../../../simulator/checkers/bounds.ts";
import type { Checker, Evidence } from "../../../../simulator/checkers/checker.ts";
import { damage } from "../../../../simulator/checkers/damage.ts";
import { fold } from "../../../../simulator/checkers/fold.ts";
import { presses } from "../../../../simulator/checkers/presses.ts";
import { setFull } from "../../../../simulator/checkers/set-full.ts";
import { comingRound } from "../../../../simulator/checkers/unique-ids.ts";
import { versions } from "../../../../simulator/checkers/versions.ts";
import { type Happening, History } from "../../../../simulator/history.ts";

// Rules that read the history alone, each with a history of a few lines. A line: when, and what.
type Line = readonly [atMs: number, type: Happening["type"], rest?: object];

function historyOf(lines: readonly Line[]): History {
  let now = 0;
  const history = new History(() => now);
  for (const [atMs, type, rest] of lines) {
    now = atMs;
    history.record({ type, terminalId: "t01", stream: "s", ...rest } as unknown as Happening);
  }
  return history;
}

const NOTHING = { records: [], forgotten: [], quarantined: 0, terminals: [], hall: null, sights: [], breaches: [] };

const found = (checker: Checker, lines: readonly Line[], more: Partial<Evidence> = {}): string[] =>
  checker
    .check({ history: historyOf(lines), events: [], final: NOTHING, ...more } as unknown as Evidence)
    .map(({ invariant }) => invariant);

const made = (atMs: number, seq: number, body: object = {}): Line => [
  atMs,
  "input-journalled",
  { input: { seq, type: "device-fault", kind: "fact", body } },
];
const acked = (atMs: number, upTo: number): Line => [atMs, "ack-observed", { upTo }];
const copied = (atMs: number): Line => [atMs, "backup-taken", { seq: 9 }];
const restored = (atMs: number): Line => [atMs, "controller-restored", { seq: 9, lost: 5 }];
const replaced = (atMs: number): Line => [atMs, "card-replaced", { unsent: 0 }];
const dropped = (atMs: number, seq: number): Line => [atMs, "card-dropped", { seq }];

describe("inputs that are gone with a restore", () => {
  test.each<[string, Line[], string[]]>([
    [
      "made after the copy, its card replaced before it",
      [copied(10), made(20, 1), acked(21, 1), replaced(30), restored(40)],
      ["t01/s/1"],
    ],
    [
      "made after the copy, its card replaced before it was given again",
      [copied(10), made(20, 1), acked(21, 1), restored(40), replaced(50)],
      ["t01/s/1"],
    ],
    ["made after the copy, its card still there", [copied(10), made(20, 1), acked(21, 1), restored(40)], []],
    [
      "acknowledged before the copy: it is in it",
      [made(1, 1), acked(2, 1), copied(10), replaced(30), restored(40)],
      [],
    ],
    [
      "given again before its card was replaced",
      [copied(10), made(20, 1), acked(21, 1), restored(40), acked(45, 1), replaced(50)],
      [],
    ],
    ["no restore at all", [made(1, 1), acked(2, 1), replaced(3)], []],
  ])("%s", (_title, lines, gone) => {
    expect([...goneWithRestores(historyOf(lines))]).toEqual(gone);
  });

  test.each<[string, Line[], string[]]>([
    ["let go of by a full card before it", [made(1, 1), acked(2, 1), dropped(5, 1), restored(40)], ["t01/s/1"]],
    ["let go of before it was given again", [made(1, 1), restored(40), dropped(45, 1), acked(50, 1)], ["t01/s/1"]],
    ["given again before it was let go of", [made(1, 1), restored(40), acked(45, 1), dropped(50, 1)], []],
    ["let go of, and no restore", [made(1, 1), acked(2, 1), dropped(5, 1)], []],
  ])("%s", (_title, lines, gone) => {
    expect([...goneWithQuota(historyOf(lines))]).toEqual(gone);
  });
});

describe("a series that comes round", () => {
  const issued = (seq: number, ticketId: string, number: string) => ({
    seq,
    type: "ticket.issued",
    data: { ticketId, number },
  });
  const closed = (seq: number, ticketId: string) => ({ seq, type: "ticket.closed", data: { ticketId } });
  test.each<[string, object[], boolean]>([
    [
      "after its last number, with the former ticket over",
      [issued(1, "a", "A001"), closed(2, "a"), issued(3, "z", "A999"), issued(4, "b", "A001")],
      true,
    ],
    [
      "after its last number, with the former ticket open",
      [issued(1, "a", "A001"), issued(3, "z", "A999"), issued(4, "b", "A001"), closed(5, "a")],
      false,
    ],
    [
      "before its last number",
      [issued(1, "a", "A001"), closed(2, "a"), issued(3, "b", "A001"), issued(4, "z", "A999")],
      false,
    ],
  ])("%s", (_title, events, may) => {
    expect(comingRound(events as unknown as HallEvent[])("a", "b")).toBe(may);
  });
});

const damaged = (atMs: number, how: string): Line => [atMs, "store-damaged", { how }];
const died = (atMs: number, cause: string): Line => [atMs, "died", { node: "controller", generation: 1, cause }];
const stored = (atMs: number): Line => [atMs, "batch-stored", { from: 1, to: 1 }];

describe("a log that is doubted", () => {
  test.each<[string, Line[], string[]]>([
    ["over a sound disk is a fault of whoever doubts it (I7)", [died(1, "LOG_BROKEN")], ["I7"]],
    ["over a damaged one is not", [damaged(1, "byte"), died(2, "LOG_BROKEN")], []],
    [
      "after a copy was put in its place is one again",
      [damaged(1, "byte"), died(2, "LOG_BROKEN"), restored(3), died(4, "LOG_BROKEN")],
      ["I7"],
    ],
    ["any other end is none of its business", [died(1, "STORE_FAILED")], []],
  ])("%s", (_title, lines, invariants) => {
    expect(found(fold, lines)).toEqual(invariants);
  });

  test.each<[string, Line[], string[]]>([
    ["a damaged log that is written to is seen (I15)", [damaged(1, "end"), stored(2), stored(3)], ["I15"]],
    ["a copy may be written to", [damaged(1, "end"), restored(2), stored(3)], []],
    ["a log beside a torn snapshot may be written to", [damaged(1, "snapshot"), stored(2)], []],
  ])("%s", (_title, lines, invariants) => {
    expect(found(damage, lines)).toEqual(invariants);
  });
});

const other = (dialect: string, code: string | null): Line => [1, "other-version-heard", { dialect, code }];
const unread = (dialect: string, code: string): Line => [1, "down-refused", { dialect, code }];
const started: Line = [0, "started", { node: "t01", generation: 1 }];
const foreign: Line = [0, "version-started", { node: "t01", dialect: "foreign" }];

test.each<[string, Line[], string[]]>([
  ["another major version is refused by its version", [other("foreign", "wrong-version")], []],
  ["another major version is taken", [other("foreign", null)], ["I17"]],
  ["another major version is refused for something else", [other("foreign", "malformed")], ["I17"]],
  ["a newer minor version is refused", [other("newer", "malformed")], ["I17"]],
  ["a terminal cannot read a newer controller", [unread("same", "malformed")], ["I17"]],
  ["a terminal of another major version cannot read ours", [unread("foreign", "wrong-version")], []],
  ["a terminal of another major version is answered", [started, foreign, acked(1, 1)], ["I17"]],
  ["one that was started again as ours is answered", [started, foreign, started, acked(1, 1)], []],
])("versions: %s", (_title, lines, invariants) => {
  expect(found(versions, lines)).toEqual(invariants);
});

const asked = (atMs: number): Line => [atMs, "gap-asked"];
const up: Line = [50, "started", { node: "controller", generation: 2 }];

test.each<[string, Line[], string[]]>([
  ["gaps are asked for every 400 ms", [asked(0), asked(400), asked(800)], []],
  ["gaps are asked for sooner", [asked(0), asked(300)], ["I13"]],
  ["another controller asks", [asked(0), up, asked(60)], []],
  ["too much is said on a topic", [[0, "said-too-much", { topic: "board" }]], ["I13"]],
])("bounds: %s", (_title, lines, invariants) => {
  expect(found(bounds, lines)).toEqual(invariants);
});

const pressed = (atMs: number, heldMs: number): Line => [atMs, "key-pressed", { button: "call", heldMs }];
const stuck = (atMs: number, seq: number): Line =>
  made(atMs, seq, { device: "call-key", fault: "stuck", state: "raised" });
const called = (atMs: number, seq: number): Line => [
  atMs,
  "input-journalled",
  { input: { seq, type: "call-next", kind: "intent", body: {} } },
];

test.each<[string, Line[], string[]]>([
  ["a press, an intent", [pressed(0, 100), called(150, 1)], []],
  ["a press, two intents", [pressed(0, 100), called(150, 1), called(900, 2)], ["I19"]],
  ["an intent long after a press that came to nothing", [pressed(0, 100), called(100_000, 1)], ["I19"]],
  ["a stuck key, one fault", [pressed(0, 20_000), stuck(10_000, 1)], []],
  ["a stuck key, two faults", [pressed(0, 20_000), stuck(10_000, 1), stuck(15_000, 2)], ["I19"]],
  ["a stuck key that fires when it is let go", [pressed(0, 20_000), stuck(10_000, 1), called(20_050, 2)], ["I19"]],
])("presses: %s", (_title, lines, invariants) => {
  expect(found(presses, lines)).toEqual(invariants);
});

describe("what was in a log that a restore threw away", () => {
  const event = (seq: number) =>
    ({ seq: 1, type: "fact.recorded", cause: { kind: "input", terminalId: "t01", stream: "s", seq } }) as never;
  const lines = [made(1, 1), acked(2, 1), restored(40)];
  const threwAway = { ...NOTHING, forgotten: [{ atMs: 40, records: [] }] } as unknown as Evidence["final"];
  test("is in the last one again, or is missed (I1)", () => {
    expect(found(setFull, lines, { final: threwAway, events: [event(1)] })).toEqual([]);
    expect(found(setFull, lines, { final: threwAway })).toEqual(["I1"]);
  });
  test("is not missed of a card that is gone as well", () => {
    const gone = [copied(0), made(1, 1), acked(2, 1), replaced(30), restored(40)];
    expect(found(setFull, gone, { final: threwAway })).toEqual([]);
  });
});

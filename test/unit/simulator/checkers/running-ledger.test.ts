import { describe, expect, test } from "vitest";
import { AttendanceLedger, type HallEvent } from "../../../../controller/index.ts";
import { present } from "../../../../protocol/index.ts";
import { withAttendance } from "../../../../simulator/attendance-plan.ts";
import type { Evidence } from "../../../../simulator/checkers/checker.ts";
import { runningLedger, settles } from "../../../../simulator/checkers/running-ledger.ts";
import { type Happening, History } from "../../../../simulator/history.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { drawPlan } from "../../../../simulator/world-plan.ts";

// Each complaint about a running ledger, by a history that is forged to bring forth that one alone.

const plan = withAttendance(
  drawPlan(new Chance(1).stream("plan"), { counters: 1, minutes: 20 }),
  new Chance(1).stream("attendance"),
  "kept",
);
const kept = present(plan.attendance, "a world that keeps attendance");
const clerk = present(plan.staff[0], "the clerk");
const session = present(kept.sessions[0], "a session");
/** A minute before the session ends: whoever taps then was there. */
const TAPPED = session.toMs - 60_000;

interface Forged {
  readonly atMs?: number;
  /** What the log says of when it was. */
  readonly said?: readonly [earliest: number, latest: number];
  readonly inLog?: boolean;
  readonly onCard?: boolean;
  readonly reportedBefore?: boolean;
  readonly isBorn?: boolean;
  /** What the running ledger is fed of it. */
  readonly feed?: (event: HallEvent) => HallEvent | null;
  readonly healed?: boolean;
  readonly more?: readonly (readonly [Happening["type"], object])[];
}

/** A hall with one clerk and one tap, in the middle of its first session. */
function evidenceOf(forged: Forged = {}): Evidence {
  const { atMs = TAPPED, said = [TAPPED, TAPPED], inLog = true, onCard = true, isBorn = true } = forged;
  let now = plan.startMs as number;
  const history = new History(() => now);
  const events: HallEvent[] = [];
  const happens = (type: Happening["type"], rest: object): void =>
    history.record({ type, terminalId: "t01", stream: "s", ...rest } as unknown as Happening);
  const writes = (type: string, data: object, rest: object = {}): void => {
    const seq = events.length + 1;
    const dated = { occurredAtMs: now, occurredUntilMs: now, recordedAtMs: now, clock: "trusted" };
    events.push({
      seq,
      type,
      data,
      cause: { kind: "timer" },
      actor: { kind: "controller" },
      ...dated,
      ...rest,
    } as never);
    happens("batch-stored", { from: seq, to: seq });
  };
  const reports = (): void => writes("attendance.reported", { untilMs: session.toMs, excused: [] });
  writes("hall.configured", { configuration: plan.configuration });
  if (isBorn) writes("terminal.born", { terminalId: "t01", stream: "s", session: 1 });
  now = atMs;
  const input = { seq: 1, type: "badge-presented", kind: "fact", body: { badge: clerk.digest } };
  if (onCard) happens("input-journalled", { input });
  for (const [type, rest] of forged.more ?? []) happens(type, rest);
  now = session.toMs + 5_000;
  if (forged.reportedBefore === true) reports();
  const [occurredAtMs, occurredUntilMs] = said;
  const cause = { kind: "input", terminalId: "t01", stream: "s", seq: 1 };
  const tap = { badge: clerk.digest, staffId: clerk.staffId, counterId: "1", effect: "sign-on" };
  if (inLog) writes("badge.recorded", tap, { cause, occurredAtMs, occurredUntilMs });
  if (forged.reportedBefore === false) reports();
  now = session.toMs + kept.graceMs + 60_000;
  if (forged.healed === true) happens("healed", {});
  const ledger = new AttendanceLedger();
  const { feed = (event: HallEvent) => event } = forged;
  for (const event of events) {
    const fed = feed(event);
    if (fed !== null) ledger.note(fed);
  }
  ledger.passTo(events.length);
  return { plan, history, events, final: { ledger, hall: {} } } as unknown as Evidence;
}

const complaints = (forged: Forged): string[] => runningLedger.check(evidenceOf(forged)).map(({ detail }) => detail);
const isTap = ({ type }: HallEvent): boolean => type === "badge.recorded";
const MINUTES_AGO = TAPPED - 5 * 60_000;

describe("what is as it should be", () => {
  test.each<[string, Forged]>([
    ["a tap where and when it was made", {}],
    ["a tap in a doubt that holds its instant", { said: [MINUTES_AGO, TAPPED + 4_000] }],
    ["a tap that went with its card", { inLog: false, more: [["card-replaced", { unsent: 1 }]] }],
    ["a tap after a standstill", { said: [MINUTES_AGO, MINUTES_AGO], more: [stoodStill(6 * 60_000)] }],
    ["settled after the tap", { reportedBefore: false }],
    ["settled before a tap of a terminal that nobody had heard of", { reportedBefore: true, isBorn: false }],
    ["settled before a tap that was made later", { reportedBefore: true, atMs: session.toMs + 4_000 }],
  ])("%s", (_title, forged) => {
    const said = forged.atMs === undefined ? {} : { said: [forged.atMs, forged.atMs] as const };
    expect(complaints({ ...said, ...forged })).toEqual([]);
  });
});

function stoodStill(forMs: number): [Happening["type"], object] {
  return ["stood-still", { node: "t01", forMs }];
}

describe("what is not", () => {
  test.each<[string, Forged, RegExp]>([
    ["a tap that is on a card and not in the log", { inLog: false }, /on a card is not in the ledger/u],
    ["a tap that is in the log and not in the ledger", { feed: (e) => (isTap(e) ? null : e) }, /is not in the ledger/u],
    ["a tap that nobody made", { onCard: false }, /that nobody made/u],
    [
      "a tap that was earlier than the hall says",
      { said: [TAPPED + 9_000, TAPPED + 9_000] },
      /outside of what the hall/u,
    ],
    ["a tap that was later than the hall says", { said: [MINUTES_AGO, MINUTES_AGO] }, /outside of what the hall says/u],
    ["settled while the tap lay in a terminal", { reportedBefore: true }, /was settled before the tap/u],
    [
      "a ledger that has other verdicts than its log",
      { feed: (e) => (isTap(e) ? ({ ...e, data: { ...e.data, staffId: "s2" } } as HallEvent) : e) },
      /not the fold of its log: s1/u,
    ],
  ])("%s", (_title, forged, complaint) => {
    expect(complaints(forged).join("\n")).toMatch(complaint);
  });
});

test("a session that is over is settled in the end", () => {
  const found = (forged: Forged): string[] => settles.check(evidenceOf(forged)).map(({ detail }) => detail);
  expect(found({ healed: true, reportedBefore: false })).toEqual([]);
  expect(found({ healed: true }).join()).toMatch(/is never settled/u);
  expect(found({})).toEqual([]);
});

test("a hall that keeps no attendance is not asked for any", () => {
  const { attendance: _none, ...rest } = plan;
  const evidence = { ...evidenceOf({ inLog: false, healed: true }), plan: rest };
  expect([...runningLedger.check(evidence), ...settles.check(evidence)]).toEqual([]);
});

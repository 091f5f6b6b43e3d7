// Proves that a sheet drawn in steps is the one of the moment at which it was finished, whatever happened between two
// steps; that its digest is the one by which a file is verified; and that planned leave stands on its days, unjudged.
import { describe, expect, test } from "vitest";
import { atOnce, Turns, WORK_WAITING_MAX } from "../../../../../controller/office/in-turns.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { regulationOf } from "../../../../../controller/core/office/regulation.ts";
import type { AttendanceLedger } from "../../../../../controller/projections/attendance/attendance-ledger.ts";
import { AttendanceSheet } from "../../../../../controller/projections/attendance/attendance-pictures.ts";
import { rowsDigest, rowText, sheetRows } from "../../../../../controller/projections/attendance/attendance-sheet.ts";
import type { Seen } from "../../../../../controller/projections/attendance/attendance-views.ts";
import {
  type DrawnSheet,
  drawPublication,
  drawSheet,
} from "../../../../../controller/projections/attendance/sheet-drawing.ts";
import { canonicalJson, type Clock, epochMs, monoMs, present } from "../../../../../protocol/index.ts";
import { CLERK, DIRECTOR, hallSecondsAt, OFFICE, OfficeHall } from "../../core/office/office-rig.ts";

const MONTH = present(daysOf("2026-03"), "month");

const seenIn = (hall: OfficeHall, ledger: AttendanceLedger = hall.ledger()): Seen => ({
  hall: hall.hall,
  ledger,
  regulation: present(regulationOf(hall.hall.configuration), "regulation"),
  at: epochMs(hall.now),
  waitingFor: [],
});

const drawing = (seen: Seen) => drawSheet(seen, "all", "2026-03", MONTH);
const sheetIn = ({ json }: DrawnSheet): AttendanceSheet => AttendanceSheet.parse(JSON.parse(json.toString("utf8")));

function finished(work: Generator<undefined, DrawnSheet>, before: (step: number) => void = () => {}): AttendanceSheet {
  for (let step = 0; ; step += 1) {
    before(step);
    const { done, value } = work.next();
    if (done === true) return sheetIn(value);
  }
}

function workedDay(): OfficeHall {
  const hall = new OfficeHall();
  for (const n of [1, 2]) for (const time of ["07:58", "12:01"]) hall.tap(n, `2026-03-02T${time}`);
  hall.go("2026-03-02T13:00");
  hall.reported("2026-03-02T12:00");
  return hall;
}

test("its digest is that of the rows, and each row its canonical JSON", () => {
  const hall = workedDay();
  const rows = sheetRows(hall.ledger(), "all", MONTH, hallSecondsAt(hall.now));
  for (const row of rows) expect(rowText(row)).toBe(canonicalJson(row));
  const sheet = finished(drawing(seenIn(hall)));
  expect(sheet.rows).toEqual(rows);
  expect([sheet.digest, rowsDigest(sheet.rows)]).toEqual([rowsDigest(rows), rowsDigest(rows)]);
});

test("what happens between any two steps is in all of it", () => {
  const steps = [...drawing(seenIn(workedDay()))].length;
  for (let at = 0; at <= steps; at += 1) {
    const hall = workedDay();
    const ledger = hall.ledger();
    const seen = seenIn(hall, ledger);
    const known = hall.events.length;
    hall.tap(3, "2026-03-02T11:00");
    hall.filed(OFFICE, { kind: "lunch-duty", person: "s02", date: "2026-03-02" });
    hall.reported("2026-03-02T12:30");
    const sheet = finished(drawing(seen), (step) => {
      if (step === at) for (const event of hall.events.slice(known)) ledger.note(event);
    });
    const rows = sheetRows(ledger, "all", MONTH, hallSecondsAt(seen.at));
    expect([at, sheet.rows, sheet.digest]).toEqual([at, rows, rowsDigest(rows)]);
    expect(sheet.position).toBe(ledger.position);
  }
});

test("what is hung up is of one position, too, whatever happened between two steps", () => {
  const begin = () => {
    const hall = workedDay();
    const ledger = hall.ledger();
    const known = hall.events.length;
    hall.tap(3, "2026-03-02T11:00");
    const work = drawPublication(ledger, MONTH, hallSecondsAt(hall.now), false);
    return { work, ledger, now: hallSecondsAt(hall.now), later: hall.events.slice(known) };
  };
  const steps = [...begin().work].length;
  for (let at = 0; at < steps; at += 1) {
    const { work, ledger, now, later } = begin();
    for (let step = 0; step < at; step += 1) work.next();
    for (const event of later) ledger.note(event);
    const hung = atOnce(work);
    expect([at, hung]).toEqual([at, atOnce(drawPublication(ledger, MONTH, now, false))]);
    expect(hung.digest).toBe(rowsDigest(sheetRows(ledger, "all", MONTH, now)));
  }
});

describe("planned leave", () => {
  const LEAVE = { kind: "leave", person: "s01", leave: "annual", from: "2026-03-04T08:00", to: "2026-03-04T17:30" };
  const plannedIn = (hall: OfficeHall) =>
    finished(drawing(seenIn(hall))).planned.map(
      ({ person, date, session, leaveKind, approved }) => `${person} ${date} ${session} ${leaveKind} ${approved}`,
    );

  test("stands on its days while it waits and when it is approved; refused it is gone", () => {
    const hall = new OfficeHall();
    const asked = hall.filed(CLERK, LEAVE);
    const days = ["s01 2026-03-04 am annual", "s01 2026-03-04 pm annual"];
    expect(plannedIn(hall)).toEqual(days.map((day) => `${day} false`));
    expect(hall.sign(DIRECTOR, asked, "approve")).toBe("holds");
    expect(plannedIn(hall)).toEqual(days.map((day) => `${day} true`));
    const other = hall.filed(CLERK, { ...LEAVE, from: "2026-03-05T14:30", to: "2026-03-05T15:30" });
    expect(plannedIn(hall)).toContain("s01 2026-03-05 pm annual false");
    hall.sign(DIRECTOR, other, "refuse");
    expect(plannedIn(hall)).toEqual(days.map((day) => `${day} true`));
  });

  test("a session that is over has a verdict instead, and the digest knows of no plan", () => {
    const hall = new OfficeHall();
    const before = finished(drawing(seenIn(hall))).digest;
    hall.filed(CLERK, LEAVE);
    expect(finished(drawing(seenIn(hall))).digest).toBe(before);
    hall.go("2026-03-04T13:00");
    expect(plannedIn(hall)).toEqual(["s01 2026-03-04 pm annual false"]);
  });
});

describe("turns", () => {
  /** Every look at it costs a millisecond. */
  function costlyClock() {
    const waiting: (() => void)[] = [];
    let at = 0;
    const clock = { mono: () => monoMs((at += 1)), soon: (wake: () => void) => void waiting.push(wake) };
    return { clock: clock as unknown as Clock, waiting };
  }
  function* counted(upTo: number): Generator<undefined, number> {
    for (let step = 0; step < upTo; step += 1) yield;
    return upTo;
  }

  function* failing(): Generator<undefined, number> {
    yield;
    throw new RangeError("a bug");
  }

  test("others have turns between, and one piece of work waits for the other", async () => {
    const { clock, waiting } = costlyClock();
    const turns = new Turns(clock);
    const done: number[] = [];
    const all = [9, 2].map(async (upTo) => done.push((await turns.run(counted(upTo))) ?? -1));
    let turned = 0;
    for (let round = 0; round < 100 && done.length < 2; round += 1) {
      await Promise.resolve();
      for (const wake of waiting.splice(0)) {
        turned += 1;
        wake();
      }
    }
    await Promise.all(all);
    expect(done).toEqual([9, 2]);
    expect(turned).toBe(2); // Nine steps of a millisecond: four, four, one.
  });

  test("too many at once are turned away, and a piece that fails stops nobody behind it", async () => {
    const turns = new Turns({ mono: () => monoMs(0), soon: () => {} } as unknown as Clock);
    const first = turns.run(failing());
    const rest = Array.from({ length: WORK_WAITING_MAX + 1 }, () => turns.run(counted(1)));
    await expect(first).rejects.toThrow("a bug");
    expect((await Promise.all(rest)).map((done) => done ?? "busy")).toEqual([
      ...Array.from({ length: WORK_WAITING_MAX }, () => 1),
      "busy",
    ]);
    expect(await turns.run(counted(3))).toBe(3);
  });
});

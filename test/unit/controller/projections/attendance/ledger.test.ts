// Proves that attendance is the fold of the log: badges at windows, desks and in meeting rooms become taps with their
// doubt, documents change the days they are about, and a ledger fed one event at a time, and read in between, says what
// one fed with everything says, and what deriving the same facts in one go says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AttendanceBook } from "../../../../../controller/core/attendance/attendance-book.ts";
import type { SessionVerdict } from "../../../../../controller/core/attendance/verdict.ts";
import { daysOf } from "../../../../../controller/core/office/periods-named.ts";
import { AttendanceLedger, ledgerOf } from "../../../../../controller/projections/attendance/attendance-ledger.ts";
import { rowsDigest, sheetRows } from "../../../../../controller/projections/attendance/attendance-sheet.ts";
import { present } from "../../../../../protocol/index.ts";
import { staffId } from "../../../../support/test-hall.ts";
import {
  CLERK,
  HALF_PAST_EIGHT,
  hallSecondsAt,
  HEAD,
  INSPECTOR,
  DIRECTOR,
  OFFICE,
  OfficeHall,
} from "../../core/office/office-rig.ts";

const SLOW = { timeout: 60_000 };
const MONTH = present(daysOf("2026-03"), "month");

function tapDay(hall: OfficeHall, n: number, date: string): void {
  for (const time of ["07:58", "12:01", "14:28", "17:31"]) hall.tap(n, `${date}T${time}`);
}

describe("taps", () => {
  test("a day of signing in and out is a day attended; nobody is absent before all have reported", () => {
    const hall = new OfficeHall();
    tapDay(hall, 1, "2026-03-02");
    hall.go("2026-03-02T20:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
    expect(hall.verdict(2, "2026-03-02", "am")).toBe("pending 000");
    hall.reported("2026-03-02T17:30");
    expect(hall.verdict(2, "2026-03-02", "am")).toBe("absent 001");
    expect(hall.verdict(1, "2026-03-02", "pm")).toBe("attended 000");
  });

  test("AC-02: exactly twenty minutes is late, a second less is not", () => {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T08:19:59");
    hall.tap(2, "2026-03-02T08:20:00");
    hall.tap(1, "2026-03-02T12:00");
    hall.tap(2, "2026-03-02T12:00");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
    expect(hall.verdict(2, "2026-03-02", "am")).toBe("attended 100");
  });

  test("doubt favours them: an in at 08:25 that may have been at 08:10 is not late", () => {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T08:10", 1, "2026-03-02T08:25");
    hall.tap(1, "2026-03-02T12:00");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
  });

  test("a tap of which nobody knows whether it was last night's or this morning's speaks for both", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-03T08:40");
    hall.tap(1, "2026-03-02T17:40", 1, "2026-03-03T08:40");
    hall.tap(1, "2026-03-03T12:00");
    hall.reported("2026-03-03T12:00");
    expect(hall.verdict(1, "2026-03-03", "am")).toMatch(/^\w+ 000$/u);
    // Of Monday evening it says the best it can: if it was then, they were there, and no sign-in is known.
    expect(hall.verdict(1, "2026-03-02", "pm")).toBe("attended 100");
  });

  test("a tap of a terminal that never heard the time speaks for the day on which it was heard of", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-02T11:00");
    hall.tap(1, "1970-01-01T08:00", 1, "2026-03-02T11:00");
    hall.tap(1, "2026-03-02T12:00");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
  });

  test("going out for more than an hour without leave is an absence (ATT-06)", () => {
    const hall = new OfficeHall();
    for (const time of ["07:58:00", "09:00:00", "09:00:05", "10:00:06", "12:00:00"]) hall.tap(1, `2026-03-02T${time}`);
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("absent 001");
  });

  test("where the desk alone counts, a badge at the window signs nobody in (ATT-20)", () => {
    const hall = new OfficeHall({ policy: "baodi", settings: HALF_PAST_EIGHT });
    hall.tap(1, "2026-03-02T08:20");
    hall.tap(1, "2026-03-02T12:01");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 100");
  });
});

describe("documents", () => {
  const leave = {
    kind: "leave",
    person: "s01",
    leave: "personal",
    from: "2026-03-03T08:00",
    to: "2026-03-03T12:00",
    substitute: "s03",
  };

  test("AC-31: an approved leave of half a day is leave once the substitute has badged in, and absence before", () => {
    const hall = new OfficeHall();
    hall.sign(DIRECTOR, hall.filed(CLERK, leave), "approve");
    hall.go("2026-03-03T12:40");
    hall.reported("2026-03-03T12:00");
    expect(hall.verdict(1, "2026-03-03", "am")).toBe("absent 001");
    hall.tap(3, "2026-03-03T07:55", 1, "2026-03-03T07:55");
    expect(hall.verdict(1, "2026-03-03", "am")).toBe("leave 000");
  });

  test("a correction adds a tap when it is approved, and takes it back with it", () => {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T12:00");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 100");
    const filed = hall.filed(CLERK, {
      kind: "correction",
      person: "s01",
      at: "2026-03-02T07:59",
      direction: "in",
      why: "reader-fault",
    });
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 100");
    expect(hall.sign(HEAD, filed, "approve")).toBe("holds");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
    hall.sign(OFFICE, filed, "cancel");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 100");
  });

  test("AC-21: only a finding turns a suspicion into absence, for both", () => {
    const hall = new OfficeHall();
    hall.tap(1, "2026-03-02T07:59:30");
    hall.tap(1, "2026-03-02T12:00");
    hall.tap(2, "2026-03-02T07:59:32");
    hall.tap(2, "2026-03-02T12:00");
    hall.reported("2026-03-02T12:00");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("attended 000");
    const voids = [{ person: "s01", at: "2026-03-02T07:59:30" }];
    hall.filed(INSPECTOR, {
      kind: "finding",
      finding: "proxy",
      date: "2026-03-02",
      session: "am",
      persons: ["s01", "s02"],
      void: voids,
    });
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("absent 001");
    expect(hall.verdict(2, "2026-03-02", "am")).toBe("absent 001");
  });

  test("own shifts, lunch duty, meetings and permits count in the days they are about", () => {
    const hall = new OfficeHall();
    hall.filed(OFFICE, { kind: "shifts", person: "s01", date: "2026-03-02", shifts: [] });
    hall.filed(OFFICE, {
      kind: "meeting",
      what: "training",
      title: "业务培训",
      persons: ["s02"],
      from: "2026-03-02T08:00",
      to: "2026-03-02T12:00",
    });
    hall.filed(OFFICE, {
      kind: "permit",
      person: "s03",
      purpose: "business",
      from: "2026-03-02T08:00",
      to: "2026-03-02T12:00",
    });
    hall.go("2026-03-02T20:00");
    hall.reported("2026-03-02T17:30");
    expect(hall.verdict(1, "2026-03-02", "am")).toBe("rest 000");
    expect(hall.verdict(2, "2026-03-02", "am")).toBe("training 000");
    expect(hall.verdict(3, "2026-03-02", "am")).toBe("business 000");
  });

  test("AC-39: absent from the leave's end until the return is registered", () => {
    const hall = new OfficeHall({ policy: "jiayuguan", settings: HALF_PAST_EIGHT });
    const filed = hall.filed(CLERK, { ...leave, from: "2026-03-03T08:30" });
    hall.sign(DIRECTOR, filed, "approve");
    hall.sign(HEAD, filed, "approve");
    hall.go("2026-03-04T13:00");
    hall.reported("2026-03-04T12:00");
    expect(hall.verdict(1, "2026-03-04", "am")).toBe("absent 001");
    hall.tap(1, "2026-03-05T08:20");
    hall.filed(HEAD, { kind: "return", leave: filed.documentId, at: "2026-03-05T08:20" });
    hall.tap(1, "2026-03-05T12:00");
    hall.reported("2026-03-05T12:00");
    expect(hall.verdict(1, "2026-03-05", "am")).toBe("attended 000");
  });
});

describe("who is judged", () => {
  test("nobody for the days before attendance was kept, unless the hall says so", () => {
    const hall = new OfficeHall({ from: undefined }, Date.UTC(2026, 2, 2, 2)); // Ten in the morning.
    const member = present(hall.ledger().member(staffId(1)), "member");
    const [first] = hall.ledger().sessions(member, MONTH, hallSecondsAt(hall.now));
    expect(first?.day).toBe(present(daysOf("2026-03"), "month").from + 2);
  });
});

type Step =
  | { readonly kind: "tap"; readonly n: number; readonly minute: number; readonly doubt: number }
  | { readonly kind: "report"; readonly day: number; readonly session: 0 | 1 }
  | { readonly kind: "document"; readonly which: number; readonly n: number; readonly day: number }
  | { readonly kind: "read" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("tap" as const),
      n: fc.integer({ min: 1, max: 3 }),
      minute: fc.integer({ min: 400, max: 3 * 1440 }),
      doubt: fc.constantFrom(0, 0, 0, 3, 600),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("report" as const),
      day: fc.integer({ min: 2, max: 4 }),
      session: fc.constantFrom(0 as const, 1 as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("document" as const),
      which: fc.integer({ min: 0, max: 6 }),
      n: fc.integer({ min: 1, max: 3 }),
      day: fc.integer({ min: 2, max: 5 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("read" as const) }) },
);

const at = (minute: number, second = 0): string => {
  const whole = new Date(Date.UTC(2026, 2, 2) + minute * 60_000 + second * 1000);
  return whole.toISOString().slice(0, 19);
};

function play(hall: OfficeHall, step: Step): void {
  if (step.kind === "tap") hall.tap(step.n, at(step.minute), ((step.n - 1) % 2) + 1, at(step.minute, step.doubt));
  if (step.kind === "report") hall.reported(`2026-03-0${step.day}T${step.session === 0 ? "12:00" : "17:30"}`);
  if (step.kind !== "document") return;
  const [person, date] = [`s0${step.n}`, `2026-03-0${step.day}`];
  const other = `s0${(step.n % 3) + 1}`;
  const documents = [
    { kind: "shifts", person, date, shifts: [["09:00", "15:00"]] },
    { kind: "lunch-duty", person, date },
    { kind: "permit", person, purpose: "personal", from: `${date}T09:00`, to: `${date}T10:00` },
    { kind: "meeting", what: "meeting", title: "会", persons: [person], from: `${date}T14:30`, to: `${date}T16:00` },
    { kind: "leave", person, leave: "personal", from: `${date}T08:00`, to: `${date}T12:00`, substitute: other },
    { kind: "correction", person, at: `${date}T07:59`, direction: "in", why: "forgotten" },
    { kind: "warning", person, date },
  ];
  const filed = hall.file(step.which === 6 ? DIRECTOR : OFFICE, documents[step.which]);
  if (typeof filed !== "string" && filed.state === "waiting")
    hall.sign(DIRECTOR, filed, step.day % 2 === 0 ? "approve" : "refuse");
}

const words = (ledger: AttendanceLedger, asOf: number): readonly SessionVerdict[] =>
  ledger.people().flatMap((member) => ledger.sessions(member, MONTH, asOf));

describe("a settled day that was read already", () => {
  const leave = {
    kind: "leave",
    person: "s01",
    leave: "personal",
    from: "2026-03-03T08:00",
    to: "2026-03-03T12:00",
    substitute: "s03",
  };

  /** Feeds a ledger with what the hall has recorded since, and reads all of it. */
  function follow(hall: OfficeHall): () => readonly SessionVerdict[] {
    const running = new AttendanceLedger();
    let taken = 0;
    return () => {
      for (; taken < hall.events.length; taken += 1) running.note(present(hall.events[taken], "event"));
      return words(running, hallSecondsAt(hall.now));
    };
  }

  test("is judged again when the substitute's tap comes late", () => {
    const hall = new OfficeHall();
    hall.sign(DIRECTOR, hall.filed(CLERK, leave), "approve");
    hall.go("2026-03-04T07:00");
    hall.reported("2026-03-04T00:00");
    const read = follow(hall);
    const before = read();
    hall.tap(3, "2026-03-03T07:55", 1);
    expect(read()).not.toEqual(before);
    expect(read()).toEqual(words(ledgerOf(hall.events), hallSecondsAt(hall.now)));
  });

  test("is judged again when a document about it is filed, approved, or cancelled", () => {
    const hall = new OfficeHall();
    hall.go("2026-03-04T07:00");
    hall.reported("2026-03-04T00:00");
    const read = follow(hall);
    const seen = [read()];
    const correction = { kind: "correction", person: "s01", direction: "in", why: "forgotten" };
    const filed = hall.filed(CLERK, { ...correction, at: "2026-03-03T07:59" });
    hall.sign(HEAD, filed, "approve");
    seen.push(read());
    expect(seen[1]).not.toEqual(seen[0]);
    hall.sign(OFFICE, filed, "cancel");
    expect(read()).toEqual(seen[0]);
  });
});

test("recompute all = incremental = deriving the same facts at once, over any log", SLOW, () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const hall = new OfficeHall();
      const running = new AttendanceLedger();
      let taken = 0;
      for (const step of steps) {
        play(hall, step);
        for (; taken < hall.events.length; taken += 1) running.note(present(hall.events[taken], "event"));
        if (step.kind === "read") words(running, hallSecondsAt(hall.now));
      }
      for (; taken < hall.events.length; taken += 1) running.note(present(hall.events[taken], "event"));
      const asOf = hallSecondsAt(hall.now);
      const fresh = ledgerOf(hall.events);
      expect(words(running, asOf)).toEqual(words(fresh, asOf));
      const { policy, table } = present(fresh.regulation, "regulation");
      const facts = fresh.factsOf(MONTH, asOf);
      const book = new AttendanceBook({ policy, calendar: table, facts });
      expect(book.records().flatMap(({ sessions }) => sessions)).toEqual(words(fresh, asOf));
      expect(rowsDigest(sheetRows(running, "all", MONTH, asOf))).toBe(rowsDigest(sheetRows(fresh, "all", MONTH, asOf)));
    }),
    { numRuns: 60 },
  );
});

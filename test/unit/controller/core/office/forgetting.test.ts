// Proves what the office forgets of what is long decided, and what not: what still runs, and whose a paper is.
import { expect, test } from "vitest";
import { mayReadPaper, UNFILED_PAPERS_MAX } from "../../../../../controller/core/office/evidence.ts";
import { staffId } from "../../../../support/test-hall.ts";
import { CLERK, DIRECTOR, HEAD, OFFICE, OfficeHall } from "./office-rig.ts";

const digestNo = (n: number): string => n.toString(16).padStart(64, "0");

function keep(hall: OfficeHall, n: number): string {
  const paper = { digest: digestNo(n), bytes: 9, mediaType: "image/png" };
  const outcome = hall.attempt({ type: "note-evidence", actor: CLERK, ...paper });
  return "rejection" in outcome ? outcome.rejection.code : "kept";
}

const correction = (day: number, more: object = {}) => ({
  kind: "correction",
  person: staffId(1),
  at: `2026-03-02T0${day % 10}:0${Math.floor(day / 10)}`,
  direction: "in",
  why: "forgotten",
  ...more,
});

/** Long after, day by day: the office forgets when a day opens. */
function overAYear(hall: OfficeHall): void {
  hall.go("2027-04-20T06:30");
  hall.go("2027-04-21T06:30");
}

test("what was decided 400 days ago and has no paper is forgotten; what waits is not", () => {
  const hall = new OfficeHall();
  hall.go("2026-03-02T19:00");
  const decided = hall.filed(CLERK, correction(1));
  const waiting = hall.filed(CLERK, correction(2));
  expect(hall.sign(DIRECTOR, decided, "approve")).toBe("holds");
  overAYear(hall);
  const kept = [...(hall.hall.office?.documents.keys() ?? [])];
  expect(kept).toEqual([waiting.documentId]);
});

test("papers of old documents stay filed: who put in twenty may put in another, and no stranger reads them", () => {
  const hall = new OfficeHall();
  hall.go("2026-03-02T19:00");
  for (let n = 0; n < UNFILED_PAPERS_MAX; n += 1) {
    expect(keep(hall, n)).toBe("kept");
    const filed = hall.filed(CLERK, correction(n, { evidence: digestNo(n) }));
    expect(hall.sign(DIRECTOR, filed, "approve")).toBe("holds");
  }
  overAYear(hall);
  expect(keep(hall, 99)).toBe("kept");
  expect(mayReadPaper(hall.hall, DIRECTOR, digestNo(0))).toBe(true); // Who signed it.
  expect(mayReadPaper(hall.hall, HEAD, digestNo(99))).toBe(false);
  const own = { ...CLERK, id: OFFICE.id, roles: OFFICE.roles };
  const erased = hall.attempt({ type: "erase-evidence", actor: own, digest: digestNo(0), reason: "期满" });
  expect(erased).toMatchObject({ rejection: { code: "own-benefit" } });
});

test("a document whose paper was erased is forgotten in its turn", () => {
  const hall = new OfficeHall();
  hall.go("2026-03-02T19:00");
  expect(keep(hall, 1)).toBe("kept");
  const filed = hall.filed(CLERK, correction(1, { evidence: digestNo(1) }));
  hall.sign(DIRECTOR, filed, "approve");
  hall.run({ type: "erase-evidence", actor: OFFICE, digest: digestNo(1), reason: "期满" });
  overAYear(hall);
  expect(hall.hall.office?.documents.size).toBe(0);
});

test("a leave that was filed long before it ends can still be returned from", () => {
  const hall = new OfficeHall({
    policy: "jiayuguan",
    settings: { hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] } },
  });
  const leave = hall.filed(CLERK, {
    kind: "leave",
    leave: "home-visit",
    person: staffId(1),
    from: "2027-03-01T08:00",
    to: "2027-04-19T17:30",
  });
  expect(hall.sign(HEAD, leave, "approve", { as: "sending-unit" })).toBe("waiting");
  expect(hall.sign(DIRECTOR, leave, "approve", { as: "centre" })).toBe("holds");
  overAYear(hall);
  const back = hall.file(OFFICE, { kind: "return", leave: leave.documentId, at: "2027-04-20T08:00" });
  expect(back).toMatchObject({ state: "holds" });
});

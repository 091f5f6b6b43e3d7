import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepCalendar } from "../../../controller/adapters/policies/calendar-files.ts";
import {
  AttendanceRecord,
  AttendanceSheet,
  AttendanceToday,
  ActivePolicy,
  DocumentPicture,
} from "../../../controller/projections/attendance/attendance-pictures.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { badge } from "../../support/test-hall.ts";
import { giveAccount } from "../../support/signed-in.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { startHall } from "../controller/running-hall.ts";

// Attendance in a whole controller: a badge over the wire stands in its owner's record, a leave goes over HTTP from its
// request to its approval, its paper lies in the vault and its digest in the log, and a restart forgets nothing.

/** Every day is worked, so that the test may run on any. */
const ATTENDANCE = {
  attendance: {
    policy: "county",
    settings: { summer: { from: "06-01", to: "09-30" }, restWeekdays: [] },
    from: "2020-01-01",
  },
};

const ZONE = "Asia/Shanghai";
const dateIn = (days: number): string =>
  new Date(systemClock.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: ZONE });
const month = (): string => dateIn(0).slice(0, 7);

test("a badge at a window is in its owner's record at once; nobody else of the staff sees it", async () => {
  const directory = hallDirectory();
  giveAccount(directory, { id: "other", roles: ["staff"] });
  const hall = await startHall(directory, systemClock, ATTENDANCE);
  const terminal = await hall.terminal(1);
  await terminal.untilPhase("closed");
  await terminal.input("badge-presented", { badge: badge(1) });
  await terminal.untilPhase("idle");
  const asked = await fetch(`${hall.base}/api/attendance/records/me/${month()}`, { headers: await hall.as("clerk") });
  const record = AttendanceRecord.parse(await asked.json());
  const taps = record.days.flatMap((day) => day.taps);
  expect(taps).toMatchObject([{ direction: "in", terminal: "t01", role: "counter" }]);
  const today = AttendanceToday.parse(await hall.get("/api/attendance/today"));
  expect(today.people[0]).toMatchObject({ place: "on-duty", counter: "1" });
  const foreign = { headers: await hall.as("other") };
  expect((await fetch(`${hall.base}/api/attendance/records/s01/${month()}`, foreign)).status).toBe(403);
  expect((await fetch(`${hall.base}/api/attendance/sheets/all/${month()}`, foreign)).status).toBe(403);
  expect((await fetch(`${hall.base}/api/attendance/today`)).status).toBe(401);
});

test("a sick leave: paper, request, approval, erasure; after a restart all of it stands", async () => {
  const directory = hallDirectory();
  giveAccount(directory, { id: "second", roles: ["manager"] });
  const hall = await startHall(directory, systemClock, ATTENDANCE);
  const [clerk, manager] = [await hall.as("clerk"), await hall.as("manager")];
  const paper = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(1_000_000, "a sick note ")]);
  const upload = { base64: paper.toString("base64") };
  const kept = (await (await hall.post("/api/attendance/evidence", upload, clerk)).json()) as { digest: string };
  expect(kept.digest).toBe(createHash("sha256").update(paper).digest("hex"));
  const leave = {
    kind: "leave",
    person: "s01",
    leave: "sick",
    from: `${dateIn(1)}T08:00`,
    to: `${dateIn(1)}T12:00`,
    reason: "病假",
    evidence: kept.digest,
  };
  const key = { "idempotency-key": "leave-1" };
  const filed = await hall.post("/api/attendance/documents", leave, { ...clerk, ...key });
  expect(filed.status).toBe(201);
  const document = DocumentPicture.parse(await filed.json());
  expect(document).toMatchObject({ state: "waiting", due: [{ role: "business-section" }], days: 0.5 });
  const again = await hall.post("/api/attendance/documents", leave, { ...clerk, ...key });
  expect(await again.json()).toMatchObject({ id: document.id });
  const decisions = `/api/attendance/documents/${document.id}/decisions`;
  const held = await hall.post(decisions, { decision: "approve" }, manager);
  expect(held.status).toBe(409);
  expect(await held.json()).toMatchObject({ code: "document-refused", reason: { code: "certificate-missing" } });
  expect((await hall.post(decisions, { decision: "approve" }, clerk)).status).toBe(409);
  const signed = await hall.post(decisions, { decision: "approve", certificate: "county-hospital" }, manager);
  expect(await signed.json()).toMatchObject({ state: "holds", signatures: [{ by: "manager", decision: "approve" }] });
  const address = `/api/attendance/evidence/${kept.digest}`;
  const read = await fetch(`${hall.base}${address}`, { headers: clerk });
  expect(Buffer.from(await read.arrayBuffer()).equals(paper)).toBe(true);
  expect([read.headers.get("content-type"), read.headers.get("cache-control")]).toEqual([
    "application/pdf",
    "no-store",
  ]);
  expect(statSync(join(directory, "evidence", kept.digest)).mode & 0o777).toBe(0o600);
  expect((await hall.post("/api/attendance/evidence", { base64: "AAAAAAAA" }, clerk)).status).toBe(415);
  expect((await hall.post("/api/attendance/evidence", { base64: "A".repeat(1_400_000) }, clerk)).status).toBe(413);
  const flood = await hall.post("/api/attendance/evidence", { base64: "A".repeat(2_000_000) }, clerk);
  expect(await flood.json()).toMatchObject({ code: "body-too-large", detail: "At most 1500000 bytes." });
  expect((await hall.post(`${address}/erasure`, { reason: "依法" }, await hall.as("second"))).status).toBe(200);
  expect(existsSync(join(directory, "evidence", kept.digest))).toBe(false);
  await hall.controller.close();
  const later = await startHall(directory, systemClock, ATTENDANCE);
  const list = await later.get("/api/attendance/documents/leave");
  expect(list).toMatchObject({ documents: [{ id: document.id, state: "holds", evidence: [kept.digest] }] });
  expect((await fetch(`${later.base}${address}`, { headers: await later.as("manager") })).status).toBe(410);
});

interface Problem {
  readonly detail?: string;
  readonly reason?: { readonly code: string };
  readonly pointer?: string;
}

test("what does not fit is a problem document with its place; a hall without a policy says so", async () => {
  const hall = await startHall(hallDirectory(), systemClock, ATTENDANCE);
  const headers = await hall.as("manager");
  const file = async (document: object) => {
    const answer = await hall.post("/api/attendance/documents", { reason: "x", ...document }, headers);
    const { detail = "", reason, pointer } = (await answer.json()) as Problem;
    expect(detail).not.toContain("\n");
    return answer.status === 400 ? [400, detail.split(":")[0]] : [answer.status, reason?.code, pointer];
  };
  const leave = {
    kind: "leave",
    person: "s02",
    leave: "personal",
    from: `${dateIn(2)}T08:00`,
    to: `${dateIn(1)}T08:00`,
  };
  expect(await file(leave)).toEqual([409, "leave-reversed", "/to"]);
  expect(await file({ ...leave, person: "nobody" })).toEqual([409, "unknown-person", "/person"]);
  const shifts = { kind: "shifts", person: "s02", date: dateIn(1) };
  const morning = ["08:00", "12:00"];
  const overlapping = { ...shifts, shifts: [morning, ["11:59", "17:00"]] };
  expect(await file(overlapping)).toEqual([409, "shifts-overlap", "/shifts/1"]);
  expect(await file({ ...shifts, shifts: [["12:00", "08:00"]] })).toEqual([409, "shift-reversed", "/shifts/0"]);
  expect(await file({ ...shifts, shifts: [morning] })).toEqual([201, undefined, undefined]);
  expect(await file({ ...shifts, shifts: [morning] })).toEqual([409, "shifts-overlap", "/date"]);
  const meeting = {
    kind: "meeting",
    what: "training",
    title: "x",
    from: `${dateIn(1)}T08:00`,
    to: `${dateIn(1)}T09:00`,
  };
  expect(await file({ ...meeting, persons: ["s02", "nobody"] })).toEqual([409, "unknown-person", "/persons/1"]);
  expect(await file({ ...leave, surprise: 1 })).toEqual([400, "body"]);
  expect(await file({ kind: "resignation" })).toEqual([400, "kind"]);
  const plain = await startHall(hallDirectory());
  expect(await plain.get("/api/attendance/policy")).toMatchObject({ code: "attendance-off", status: 404 });
});

test("an imported calendar is part of the regulation that is shown and derived by", async () => {
  const directory = hallDirectory();
  const [date] = [dateIn(0)];
  keepCalendar(directory, Number(date.slice(0, 4)), [{ date, off: true, name: "节日" }]);
  const hall = await startHall(directory, systemClock, ATTENDANCE);
  expect(ActivePolicy.parse(await hall.get("/api/attendance/policy")).id).toBe("county");
  expect(AttendanceToday.parse(await hall.get("/api/attendance/today")).workday).toBe(false);
  const sheet = AttendanceSheet.parse(await hall.get(`/api/attendance/sheets/all/${month()}`));
  const codes = sheet.rows[0]?.cells.filter((cell) => cell.date === date).map(({ code }) => code);
  expect(codes).toEqual(["-", "-"]);
});

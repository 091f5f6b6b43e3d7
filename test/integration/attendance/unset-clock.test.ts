import { expect, test } from "vitest";
import { AttendanceRecord } from "../../../controller/projections/attendance/attendance-pictures.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type Clock, epochMs, HallId } from "../../../protocol/index.ts";
import { badge, terminalId } from "../../support/test-hall.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { startHall } from "../controller/running-hall.ts";
import { WireTerminal } from "../controller/wire-terminal.ts";

// A whole controller that wakes in 1970 days after its last record: a badge over the wire is first dated by a guess, as
// the hall page says, and stands on its true day, with where it was before, as soon as somebody sets the clock.

const ATTENDANCE = {
  attendance: {
    policy: "county",
    settings: { summer: { from: "06-01", to: "09-30" }, restWeekdays: [] },
    from: "2020-01-01",
  },
};
const DAYS_DARK = 3;
const ZONE = "Asia/Shanghai";
const dateIn = (days: number): string =>
  new Date(systemClock.now() + days * 86_400_000).toLocaleDateString("sv-SE", { timeZone: ZONE });
const PATIENTLY = { timeout: 60_000, interval: 50 };

test("a badge of a morning without a clock is that morning's, once the clock is set", async () => {
  const directory = hallDirectory();
  const former = await startHall(directory, systemClock, ATTENDANCE);
  const { key, certificate, authority } = await former.enrol(1);
  await former.controller.close();
  let behindMs: number = systemClock.now();
  const clock: Clock = { ...systemClock, now: () => epochMs(Math.max(0, systemClock.now() - behindMs)) };
  const hall = await startHall(directory, clock, ATTENDANCE);
  const tls = { port: hall.controller.mqttPort, key, cert: certificate, ca: authority };
  const terminal = await WireTerminal.connect(HallId.parse("test"), terminalId(1), tls);
  const ack = await terminal.input("badge-presented", { badge: badge(1) });
  expect(ack.clockTrusted).toBe(false);
  expect(await hall.get("/api/overview")).toMatchObject({ alarms: [{ code: "clock-guessed" }] });
  const before = dateIn(0);
  behindMs = -DAYS_DARK * 86_400_000;
  const later = dateIn(DAYS_DARK);
  await expect.poll(async () => (await hall.get("/api/overview"))["alarms"], PATIENTLY).toEqual([]);
  const month = later.slice(0, 7);
  const asked = await fetch(`${hall.base}/api/attendance/records/me/${month}`, { headers: await hall.as("clerk") });
  const { days } = AttendanceRecord.parse(await asked.json());
  const [tap, ...more] = days.flatMap(({ taps }) => taps);
  expect([tap?.at.slice(0, 10), tap?.guessedAt?.slice(0, 10), more]).toEqual([later, before, []]);
}, 120_000);

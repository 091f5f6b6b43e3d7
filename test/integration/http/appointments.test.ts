// A whole controller, real files and sockets: citizens book, cancel and check in with a number and a code; the desk
// books for them; who may do what is the role's; guessing and filling the book end at their bounds; and a controller
// that starts again has the same book.
import { expect, test } from "vitest";
import { ONLINE_BOOKINGS_MAX, WRONG_BOOKING_CHECKS_MAX } from "../../../controller/desks/appointment-desk.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { type RunningHall, startHall } from "../controller/running-hall.ts";

type Body = Record<string, unknown>;
interface Booked {
  readonly booking: string;
  readonly number: string;
  readonly check: string;
  readonly fromMs: number;
}

const BOOK = {
  appointments: {
    services: [{ service: "apply", perSlot: 50 }],
    checkInFromMinutes: 1_440,
    outOfHours: true,
  },
};
const TEST_WITHIN_MS = 60_000;

/** Slots that begin later than this minute, today's and tomorrow's. */
async function slotsOf(hall: RunningHall): Promise<number[]> {
  const { today, until } = (await hall.get("/api/appointments")) as { today: string; until: string };
  expect(until > today).toBe(true);
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const days = await Promise.all([today, tomorrow].map((day) => hall.get(`/api/appointments/slots/apply/${day}`)));
  return days.flatMap(({ slots }) => (slots as { fromMs: number }[]).map(({ fromMs }) => fromMs)).slice(2);
}

const bodyOf = async (answer: Response): Promise<Body> => (await answer.json()) as Body;
const said = async (answer: Response): Promise<[number, unknown]> => {
  const body = (await bodyOf(answer)) as Body & { reason?: { code: string } };
  return [answer.status, body.reason?.code ?? body["code"] ?? body["number"] ?? body["done"]];
};
const otherThan = (check: string): string => String((Number(check) + 1) % 10_000).padStart(4, "0");

test(
  "HRS-21: a citizen books online, comes, and has a ticket with a reserved turn; once, by number and code",
  async () => {
    const hall = await startHall(hallDirectory(), systemClock, BOOK);
    const [fromMs = 0, other = 0] = await slotsOf(hall);
    const key = { "idempotency-key": "touch-1" };
    const ask = { service: "apply", fromMs, reason: "remote-people" };
    const booked = (await bodyOf(await hall.post("/api/appointments", ask, key))) as unknown as Booked;
    expect(booked).toMatchObject({ number: "000001", fromMs });
    expect(booked.check).toMatch(/^\d{4}$/u);
    expect(await bodyOf(await hall.post("/api/appointments", ask, key))).toEqual(booked);
    expect(await said(await hall.post("/api/appointments", { ...ask, fromMs: other }, key))).toEqual([
      422,
      "key-reused",
    ]);
    expect(await said(await hall.post("/api/appointments", { ...ask, fromMs: fromMs + 1 }))).toEqual([
      409,
      "slot-unknown",
    ]);
    for (const far of [253_402_300_799_999, fromMs + 90 * 86_400_000]) {
      expect(await said(await hall.post("/api/appointments", { ...ask, fromMs: far }))).toEqual([409, "slot-far"]);
    }
    expect((await hall.post("/api/appointments", { ...ask, fromMs: 8_640_000_000_000_001 })).status).toBe(400);
    expect(await said(await hall.post("/api/appointments", { ...ask, name: "anybody" }))).toEqual([
      400,
      "malformed-request",
    ]);

    const { number, check } = booked;
    const checkIn = (body: Body, headers = {}) => hall.post("/api/appointments/check-ins", body, headers);
    expect(await said(await checkIn({ number, check: otherThan(check) }))).toEqual([409, "booking-check-wrong"]);
    expect(await said(await checkIn({ number: "999999", check }))).toEqual([409, "booking-unknown"]);
    const touch = { "idempotency-key": "touch-2" };
    const ticket = await bodyOf(await checkIn({ number, check }, touch));
    expect(ticket).toMatchObject({ number: "A001", service: "apply", turn: "reserved", ahead: 0 });
    expect(await bodyOf(await checkIn({ number, check }, touch))).toEqual(ticket);
    expect(await said(await checkIn({ number, check }))).toEqual([409, "booking-arrived"]);
    expect(await said(await hall.post("/api/appointments/cancellations", { number, check }))).toEqual([
      409,
      "booking-arrived",
    ]);
    for (let n = 0; n < WRONG_BOOKING_CHECKS_MAX; n += 1) await checkIn({ number, check: otherThan(check) });
    expect(await said(await checkIn({ number, check }))).toEqual([429, "too-many-checks"]);
  },
  TEST_WITHIN_MS,
);

test(
  "HRS-21: the desk books by telephone, sees the day, checks in and cancels; others are refused",
  async () => {
    const directory = hallDirectory();
    const hall = await startHall(directory, systemClock, BOOK);
    const [fromMs = 0] = await slotsOf(hall);
    const clerk = await hall.as("clerk");
    const ask = { service: "apply", fromMs, channel: "telephone" };
    const desk = (path: string, body: Body, headers: Record<string, string>) =>
      hall.post(`/api/appointments${path}`, body, headers);
    expect(await said(await desk("/desk", ask, {}))).toEqual([401, "not-signed-in"]);
    expect(await said(await desk("/desk", { ...ask, channel: "online" }, clerk))).toEqual([400, "malformed-request"]);
    const book = async () => (await bodyOf(await desk("/desk", ask, clerk))) as unknown as Booked;
    const [first, second] = [await book(), await book()];
    expect(await said(await desk(`/${first.booking}/cancel`, {}, clerk))).toEqual([200, true]);
    expect(await said(await desk(`/${first.booking}/cancel`, {}, clerk))).toEqual([409, "booking-unknown"]);
    expect(await said(await desk(`/${second.booking}/check-in`, {}, clerk))).toEqual([201, "A001"]);
    const date = new Date(fromMs + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await hall.get(`/api/appointments/days/${date}`)).toMatchObject({
      bookings: [{ number: "000002", state: "arrived", channel: "telephone", ticket: "A001", staff: null }],
      staff: [{ id: "s01" }, { id: "s02" }],
    });
    expect(await hall.get("/api/appointments/breaches")).toEqual({ breaches: [] });
    expect((await fetch(`${hall.base}/api/appointments/breaches`, { headers: clerk })).status).toBe(403);
    expect(JSON.stringify(await hall.get("/api/board"))).not.toContain(second.booking);

    await hall.controller.close();
    const again = await startHall(directory, systemClock, BOOK);
    expect(await again.get(`/api/appointments/days/${date}`)).toMatchObject({
      bookings: [{ number: "000002", state: "arrived", ticket: "A001" }],
    });
  },
  TEST_WITHIN_MS,
);

test(
  "HRS-23, I13: without a book nothing is booked; with one nobody fills it from one address",
  async () => {
    const none = await startHall(hallDirectory());
    expect(await none.get("/api/appointments")).toMatchObject({ open: false, why: { zh: "本大厅未开设预约" } });
    expect(await said(await none.post("/api/appointments", { service: "apply", fromMs: 0 }))).toEqual([
      409,
      "appointments-off",
    ]);
    const hall = await startHall(hallDirectory(), systemClock, BOOK);
    const [fromMs = 0] = await slotsOf(hall);
    const ask = () => hall.post("/api/appointments", { service: "apply", fromMs });
    for (let n = 0; n < ONLINE_BOOKINGS_MAX; n += 1) expect((await ask()).status).toBe(201);
    expect(await said(await ask())).toEqual([429, "too-many-bookings"]);
    const clerk = await hall.as("clerk");
    const byDesk = await hall.post("/api/appointments/desk", { service: "apply", fromMs, channel: "desk" }, clerk);
    expect(byDesk.status).toBe(201); // The desk is not bounded by what citizens do.
  },
  TEST_WITHIN_MS,
);

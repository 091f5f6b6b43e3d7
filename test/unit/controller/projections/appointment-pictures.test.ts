// Proves what the pages of the appointment book show: what may be booked and what is left, a day's bookings, what was
// not kept; that the board says of a call in a booked turn that it is one; and that a kiosk offers check-in only then.
import { expect, test } from "vitest";
import { ServiceId } from "../../../../protocol/index.ts";
import {
  AppointmentOffer,
  BookingDay,
  BreachList,
  bookingDay,
  breachList,
  offerOf,
  SlotList,
  slotsLeft,
} from "../../../../controller/projections/appointment-pictures.ts";
import { boardOf } from "../../../../controller/projections/board.ts";
import { kioskOf } from "../../../../controller/projections/kiosk-picture.ts";
import { officeConfiguration } from "../core/office/office-rig.ts";
import { testConfiguration } from "../../../support/test-hall.ts";
import { BookHall, bookConfiguration } from "../core/appointments/book-rig.ts";

const APPLY = ServiceId.parse("apply");
const DAY = "2026-03-02";

test("the offer names services, ways, reasons and days; a hall without a book says why there is none", () => {
  const hall = new BookHall(bookConfiguration({ daysAhead: 7 }));
  expect(AppointmentOffer.parse(offerOf(hall.hall, hall.now))).toMatchObject({
    open: true,
    services: [{ id: "apply" }, { id: "social" }],
    channels: ["desk", "telephone", "online"],
    today: DAY,
    until: "2026-03-09",
    outOfHours: false,
  });
  const none = new BookHall(testConfiguration(1));
  expect(offerOf(none.hall, none.now)).toMatchObject({ open: false, why: { zh: "本大厅未开设预约" }, rules: [] });
  const needed = { value: false, rules: ["HRS-26"] };
  const policy = { extends: "county", id: "open", appointments: { needed } };
  const open = new BookHall(officeConfiguration({ policy }, {}));
  expect(offerOf(open.hall, open.now)).toMatchObject({
    open: false,
    why: { zh: "无需预约，依次排队等候" },
    rules: ["HRS-26"],
  });
});

test("slots that have begun are gone, and each says how many places are left", () => {
  const hall = new BookHall();
  hall.booked(`${DAY}T08:30`);
  const { slots } = SlotList.parse(slotsLeft(hall.hall, APPLY, DAY, hall.now));
  expect(slots.slice(0, 3).map(({ left }) => left)).toEqual([2, 1, 2]);
  hall.go(`${DAY}T08:30`);
  expect(slotsLeft(hall.hall, APPLY, DAY, hall.now).slots[0]?.fromMs).toBe(slots[2]?.fromMs);
  for (const day of ["2026-03-01", "2026-03-17", "9999-12-31", "0000-01-01"])
    expect(slotsLeft(hall.hall, APPLY, day, hall.now).slots).toEqual([]);
  expect(slotsLeft(hall.hall, ServiceId.parse("tax"), DAY, hall.now).slots).toEqual([]);
});

test("a day's bookings in their order, with what became of them; and what the hall did not keep", () => {
  const hall = new BookHall(bookConfiguration({ outOfHours: true }));
  const second = hall.booked(`${DAY}T08:45`, { channel: "telephone", reason: "outside-investors" });
  const first = hall.booked(`${DAY}T08:30`);
  hall.booked(`${DAY}T19:00`, { staff: 1 });
  hall.checkIn(first);
  hall.go(`${DAY}T08:46`);
  const day = BookingDay.parse(bookingDay(hall.hall, DAY, hall.now));
  expect(day.bookings).toMatchObject([
    { number: first.bookingNumber, state: "breached", ticket: "A001", reason: null, staff: null },
    { number: second.bookingNumber, channel: "telephone", reason: { zh: "外来客商" }, ticket: null },
    { staff: { id: "s01", name: "职员1" }, attendance: "awaited" },
  ]);
  expect(day.outside.length).toBeGreaterThan(0);
  expect(BreachList.parse(breachList(hall.hall)).breaches).toMatchObject([
    { number: first.bookingNumber, kind: "not-served", lifted: false, staff: null },
  ]);
});

test("the board says 预约 of a call in a booked turn, and of no other; the kiosk checks in where there is a book", () => {
  const hall = new BookHall();
  hall.signOn(1);
  hall.signOn(2);
  hall.ticket();
  const booking = hall.booked(`${DAY}T08:30`);
  hall.checkIn(booking);
  hall.go(`${DAY}T08:30:05`);
  hall.call(1);
  hall.call(2);
  expect(boardOf(hall.hall, hall.now).lines).toMatchObject([
    { ticketNumber: "A001" },
    { ticketNumber: "A002", booked: true },
  ]);
  expect(boardOf(hall.hall, hall.now).lines[0]).not.toHaveProperty("booked");
  expect(kioskOf(hall.hall, hall.now).bookingDigits).toBe(6);
  const none = new BookHall(testConfiguration(1));
  expect(kioskOf(none.hall, none.now)).not.toHaveProperty("bookingDigits");
});

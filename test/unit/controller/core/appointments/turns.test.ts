// Proves what a booking is worth in the hall (AMB-29): from its slot's start it goes before walk-ins, who keep their
// order; late it waits with them. And what is held against whom: served in the booked time, or a breach (HRS-21).
import { describe, expect, test } from "vitest";
import { bodiesOf } from "../../../../support/test-events.ts";
import { typesOf } from "../../../../support/test-hall.ts";
import { BookHall, bookConfiguration } from "./book-rig.ts";

const SLOT = "2026-03-02T08:30";

/** Window 1 is open, a booking for half past eight, three walk-ins since 08:20. */
function opened(): { hall: BookHall; booking: ReturnType<BookHall["booked"]> } {
  const hall = new BookHall();
  hall.signOn(1);
  const booking = hall.booked(SLOT);
  hall.go("2026-03-02T08:20");
  for (let n = 0; n < 3; n += 1) hall.ticket();
  return { hall, booking };
}

describe("HRS-21: a booked ticket has its turn", () => {
  test("AMB-29: before the slot it waits in turn, from its start it is called first, and the call says why", () => {
    const { hall, booking } = opened();
    expect(hall.checkIn(booking)).toBe("A004");
    hall.go("2026-03-02T08:29");
    expect(hall.call(1)).toMatchObject({ number: "A001", rule: "strict", passedOver: [] });
    hall.finish(1);
    hall.go(SLOT);
    hall.wait(5_000);
    expect(hall.call(1)).toMatchObject({ number: "A004", rule: "appointment", passedOver: ["A002", "A003"] });
    hall.finish(1);
    expect(hall.call(1)).toMatchObject({ number: "A002", rule: "strict" });
    expect(hall.booking(booking.bookingId).state).toBe("kept");
    expect(bodiesOf(hall.events, "appointment.served-in-time")).toHaveLength(1);
    expect(hall.breaches()).toEqual([]);
  });

  test("of one slot whoever booked first is first, whoever came first", () => {
    const hall = new BookHall();
    hall.signOn(1);
    const [first, second] = [hall.booked(SLOT), hall.booked(SLOT)];
    expect([hall.checkIn(second), hall.checkIn(first)]).toEqual(["A001", "A002"]);
    hall.go("2026-03-02T08:30:05");
    expect(hall.call(1)).toMatchObject({ number: "A002" });
  });

  test("nobody is held up: between the slot's start and its turn the walk-ins are called as before", () => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.go(SLOT);
    expect(hall.call(1)).toMatchObject({ number: "A001" });
  });

  test.each([
    ["2026-03-02T08:40", "reserved", "A004"],
    ["2026-03-02T08:40:01", "ordinary", "A001"],
  ])("checked in at %s the turn is %s and window 1 calls %s: the grace is 10 minutes", (moment, turn, called) => {
    const { hall, booking } = opened();
    hall.go(moment);
    hall.checkIn(booking);
    expect(bodiesOf(hall.events, "appointment.arrived")).toMatchObject([{ turn }]);
    hall.wait(5_250);
    expect(hall.call(1)).toMatchObject({ number: called });
  });

  test("it is checked in once, with its code, from an hour before the slot until an hour after it", () => {
    const hall = new BookHall();
    const booking = hall.booked("2026-03-02T10:00");
    expect(hall.checkIn(booking)).toBe("booking-early");
    hall.go("2026-03-02T09:00");
    expect(hall.checkIn(booking, "12345")).toBe("booking-check-wrong");
    expect(hall.checkIn(booking)).toBe("A001");
    expect(hall.checkIn(booking)).toBe("booking-arrived");
    const other = hall.booked("2026-03-02T09:15");
    hall.go("2026-03-02T10:15:01");
    expect(hall.checkIn(other)).toBe("booking-over");
  });
});

describe("HRS-21: served in the booked time, or a breach", () => {
  test.each([
    ["2026-03-02T08:45", "appointment.served-in-time"],
    ["2026-03-02T08:45:01", "appointment.missed-by-hall"],
  ])("called at %s: %s", (moment, outcome) => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.go("2026-03-02T08:44");
    hall.go(moment);
    hall.call(1);
    hall.finish(1);
    expect(typesOf(hall.events)).toContain(outcome);
    expect(typesOf(hall.events).filter((type) => type.startsWith("appointment.")).length).toBe(4);
  });

  test("nobody calls: the breach is on record once, names the rule, and the ticket is served all the same", () => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.go("2026-03-02T08:45:01");
    hall.go("2026-03-02T08:50");
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toMatchObject([
      { because: "not-called", staffId: null, rules: ["hall:appointments.channels"] },
    ]);
    expect(hall.hall.appointments?.breaches).toMatchObject([{ kind: "not-served", lifted: false }]);
    hall.wait(250); // The hall slept over it: the turn is owed all the same.
    expect(hall.call(1)).toMatchObject({ number: "A004" });
    hall.finish(1);
    expect(hall.booking(booking.bookingId).state).toBe("breached");
  });

  test("who came a little late is owed the same time from then on", () => {
    const { hall, booking } = opened();
    hall.go("2026-03-02T08:39");
    hall.checkIn(booking);
    hall.go("2026-03-02T08:50");
    expect(hall.call(1)).toMatchObject({ number: "A004" });
    hall.finish(1);
    expect(hall.booking(booking.bookingId).state).toBe("kept");
  });

  test("who does not come to the call, and who never comes, has missed it themselves", () => {
    const { hall, booking } = opened();
    const never = hall.booked("2026-03-02T08:45");
    hall.checkIn(booking);
    hall.go("2026-03-02T08:31");
    hall.call(1);
    hall.wait(26_000, 1_000);
    hall.input(1, "no-show", hall.visit(1));
    hall.go("2026-03-02T09:45:01");
    expect(bodiesOf(hall.events, "appointment.missed-by-citizen")).toEqual([
      { bookingId: booking.bookingId, because: "not-at-call" },
      { bookingId: never.bookingId, because: "never-came" },
    ]);
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toEqual([]);
  });

  test("a call that came to nothing because the window went away is no call", () => {
    const { hall, booking } = opened();
    hall.born(1);
    hall.checkIn(booking);
    hall.go("2026-03-02T08:31");
    hall.call(1);
    hall.lost(1);
    hall.wait(61_000, 1_000);
    hall.go("2026-03-02T08:46");
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toMatchObject([{ because: "not-called" }]);
  });

  test("a ticket that was not printed, or that a clerk cancels, breaks no promise; declining one does", () => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.act(1, { action: "cancel", ticket: hall.ticketId("A004"), reason: "left" });
    hall.go("2026-03-02T08:46");
    expect(hall.booking(booking.bookingId).state).toBe("cancelled");
    const last = hall.booked("2026-03-02T17:15");
    hall.go("2026-03-02T17:20");
    hall.signOn(2);
    const number = hall.checkIn(last);
    hall.go("2026-03-02T17:30");
    expect(hall.act(2, { action: "decline", ticket: hall.ticketId(number), reason: "other" })).toHaveProperty("events");
    hall.wait(500);
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toMatchObject([{ because: "declined" }]);
  });

  test("a controller that slept over the slot accuses nobody", () => {
    const hall = new BookHall();
    const booking = hall.booked(SLOT);
    hall.now = (hall.now + 3_600_000) as never;
    hall.run({ type: "start", version: "test", configuration: bookConfiguration() });
    hall.go("2026-03-02T09:30:01");
    expect(bodiesOf(hall.events, "appointment.lapsed")).toEqual([{ bookingId: booking.bookingId }]);
  });

  test("nothing is held against anybody by a clock that is not trusted", () => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.clockTrusted = false;
    hall.go("2026-03-02T09:30");
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toEqual([]);
    hall.clockTrusted = true;
    hall.go("2026-03-02T09:31");
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toHaveLength(1);
  });

  test("the next day has forgotten what is decided, and the numbers go on", () => {
    const { hall, booking } = opened();
    hall.checkIn(booking);
    hall.go("2026-03-02T10:00");
    hall.go("2026-03-03T07:00");
    expect([hall.hall.appointments?.bookings.size, hall.hall.appointments?.byTicket.size]).toEqual([0, 0]);
    expect(hall.booked("2026-03-03T09:00").bookingNumber).toBe("000002");
    expect(hall.breaches()).toEqual([]);
  });
});

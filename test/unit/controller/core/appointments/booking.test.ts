// Proves what may be booked and what may not: slots of the hall's hours, by three ways (HRS-21), for a reason (HRS-22),
// under a regulation that has a book and not under one without (HRS-23, HRS-26); bounded, and without anybody's name.
import { describe, expect, test } from "vitest";
import { BOOKINGS_OPEN_MAX } from "../../../../../controller/core/appointments/appointments-configuration.ts";
import { bookingCheck } from "../../../../../controller/core/appointments/find-booking.ts";
import { slotsWithin, dayOfInstant } from "../../../../../controller/core/appointments/slots.ts";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import { freezeHall, thawHall } from "../../../../../controller/core/snapshot.ts";
import { canonicalJson, type Json } from "../../../../../protocol/index.ts";
import { bodiesOf } from "../../../../support/test-events.ts";
import { testConfiguration } from "../../../../support/test-hall.ts";
import { officeConfiguration } from "../office/office-rig.ts";
import { BookHall, bookConfiguration } from "./book-rig.ts";

describe("HRS-21: appointments by desk, telephone and online", () => {
  test("each way books a slot, with a number and a check of its own, and nothing of a person", () => {
    const hall = new BookHall();
    const ways = (["desk", "telephone", "online"] as const).map((channel, at) =>
      hall.booked(`2026-03-03T09:${at}0`.replace("09:10", "09:15").replace("09:20", "09:30"), { channel }),
    );
    expect(ways.map(({ bookingNumber, state }) => [bookingNumber, state])).toEqual([
      ["000001", "booked"],
      ["000002", "booked"],
      ["000003", "booked"],
    ]);
    expect(bodiesOf(hall.events, "appointment.booked").map(({ channel }) => channel)).toEqual([
      "desk",
      "telephone",
      "online",
    ]);
    const [body] = bodiesOf(hall.events, "appointment.booked");
    expect(Object.keys(body ?? {}).toSorted()).toEqual(
      "bookingId bookingNumber channel date drawn fromMs reason serviceId staffId toMs".split(" "),
    );
    expect(bookingCheck(ways[0]?.bookingId ?? "")).toMatch(/^\d{4}$/u);
  });

  test("a slot lies whole in the hall's hours, on their grid, ahead of now and not too far", () => {
    const hall = new BookHall(bookConfiguration({ daysAhead: 7 }));
    expect(
      slotsWithin(hall.hall, dayOfInstant(hall.hall, hall.now), hall.hall.configuration?.appointments as never),
    ).toHaveLength(28);
    expect(hall.book("2026-03-03T11:45")).toMatchObject({ date: "2026-03-03" });
    expect(hall.book("2026-03-03T11:50")).toBe("slot-unknown"); // Off the grid.
    expect(hall.book("2026-03-03T12:00")).toBe("out-of-hours-off");
    expect(hall.book("2026-03-02T08:00")).toBe("slot-over");
    expect(hall.book("2026-03-09T09:00")).toMatchObject({ date: "2026-03-09" });
    expect(hall.book("2026-03-10T09:00")).toBe("slot-far");
    expect(hall.book("9999-12-31T09:00")).toBe("slot-far");
    expect(hall.book("2026-03-03T09:00", { service: "tax" })).toBe("service-not-booked");
    expect(hall.book("2026-03-03T09:00", { service: "nothing" })).toBe("unknown-service");
  });

  test("a slot takes as many as it may, and one who cancels makes room until it begins", () => {
    const hall = new BookHall();
    const first = hall.booked("2026-03-03T09:00");
    hall.booked("2026-03-03T09:00");
    expect(hall.book("2026-03-03T09:00")).toBe("slot-full");
    expect(hall.book("2026-03-03T09:00", { service: "social" })).toMatchObject({ state: "booked" });
    expect(hall.cancel(first, "0000")).toBe("booking-check-wrong");
    expect(hall.cancel(first)).toBe("cancelled");
    expect(hall.cancel(first)).toBe("booking-unknown");
    const again = hall.booked("2026-03-03T09:00");
    expect(again.bookingNumber).toBe("000004");
    hall.go("2026-03-03T09:00");
    expect(hall.cancel(again)).toBe("booking-begun");
  });

  test("a way that the hall has closed is refused", () => {
    const hall = new BookHall(bookConfiguration({ channels: ["desk"] }));
    expect(hall.book("2026-03-03T09:00", { channel: "online" })).toBe("channel-closed");
    expect(hall.book("2026-03-03T09:00", { channel: "desk" })).toMatchObject({ channel: "desk" });
  });

  test(`I13: no more than ${BOOKINGS_OPEN_MAX} bookings are open`, () => {
    const hall = new BookHall(bookConfiguration({ services: [{ service: "apply", perSlot: 50 }], daysAhead: 90 }));
    const { hall: state } = hall;
    const one = hall.booked("2026-03-03T09:00");
    for (let n = 1; n < BOOKINGS_OPEN_MAX; n += 1)
      state.appointments?.bookings.set(`many-${n}`, { ...one, bookingId: `many-${n}`, bookingNumber: `x${n}` });
    expect(hall.book("2026-03-04T09:00")).toBe("book-full");
  });
});

describe("HRS-22: why somebody books", () => {
  const PRIORITY = {
    priorities: [
      { id: "remote", name: { zh: "边远", en: "Remote" }, reason: { zh: "路途远", en: "From afar" }, rank: -60 },
    ],
  };
  const REASONS = [{ id: "remote-people", text: { zh: "边远山区群众", en: "Remote" }, priority: "remote" }];

  test("people of remote areas and outside investors have a reason of their own, anything else has none", () => {
    const hall = new BookHall();
    expect(hall.book("2026-03-03T09:00", { reason: "remote-people" })).toMatchObject({ reason: "remote-people" });
    expect(hall.book("2026-03-03T09:15", { reason: "outside-investors" })).toMatchObject({
      reason: "outside-investors",
    });
    expect(hall.book("2026-03-03T09:30", { reason: "my-cousin" })).toBe("booking-reason-unknown");
  });

  test("where the hall gives the reason a priority class, the ticket has it", () => {
    const hall = new BookHall(bookConfiguration({ reasons: REASONS }, PRIORITY));
    const booking = hall.booked("2026-03-02T08:30", { reason: "remote-people" });
    hall.checkIn(booking);
    expect(bodiesOf(hall.events, "ticket.issued")).toMatchObject([{ priority: "remote", rank: -60 }]);
  });

  test("a reason that names an unknown class, and a service that is not there, are refused with their places", () => {
    const asked = {
      ...testConfiguration(1),
      appointments: { services: [{ service: "fly", perSlot: 1 }], reasons: REASONS },
    };
    const parsed = HallConfiguration.safeParse(asked);
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([
      "appointments.services.0.service",
      "appointments.reasons.0.priority",
    ]);
  });
});

describe("HRS-23: a hall has an appointment book", () => {
  const BOOK = { appointments: { services: [{ service: "apply", perSlot: 1 }] } };
  const under = (policy: unknown) => new BookHall(officeConfiguration({ policy }, BOOK));

  test("under a regulation with appointments it books, on working days alone", () => {
    const hall = under("county");
    expect(hall.book("2026-03-03T09:00")).toMatchObject({ state: "booked" });
    expect(hall.book("2026-03-07T09:00")).toBe("out-of-hours-off"); // Saturday.
  });

  test("HRS-26: under one that has everybody queue in turn every booking is refused, with the rule", () => {
    const hall = under({
      extends: "county",
      id: "open",
      appointments: { needed: { value: false, rules: ["HRS-26"] } },
    });
    const refused = hall.attempt({
      type: "book-appointment",
      bookingId: "00000000-0000-4000-8000-00000000beef",
      serviceId: "apply" as never,
      fromMs: hall.now,
      channel: "desk",
    });
    expect(refused).toMatchObject({ rejection: { code: "no-appointment-needed", rules: ["HRS-26"] } });
  });

  test("a hall without the section has none, and its state says nothing of one", () => {
    const hall = new BookHall(testConfiguration(1));
    expect(hall.book("2026-03-03T09:00")).toBe("appointments-off");
    expect(canonicalJson(freezeHall(hall.hall))).not.toContain("appointments");
  });

  test("the book is in the snapshot: thawed, it goes on with the same numbers and tickets", () => {
    const hall = new BookHall();
    const booking = hall.booked("2026-03-02T08:30");
    hall.checkIn(booking);
    const frozen = freezeHall(hall.hall);
    const thawed = thawHall(JSON.parse(canonicalJson(frozen)) as Json);
    expect(canonicalJson(freezeHall(thawed))).toBe(canonicalJson(frozen));
    expect([...(thawed.appointments?.byTicket.values() ?? [])]).toEqual([booking.bookingId]);
  });
});

// Proves HRS-24: outside the hours somebody may be booked with a named person, whose window opens to them then and to
// nobody else; who has not badged in when the slot begins is on the list, and a badge heard late takes them off it.
import { describe, expect, test } from "vitest";
import { bodiesOf } from "../../../../support/test-events.ts";
import { dutyAlarmLines } from "../../../../../controller/projections/duty-alarm-lines.ts";
import { ServiceId } from "../../../../../protocol/index.ts";
import { badge, staffId, uuid } from "../../../../support/test-hall.ts";
import { HALF_PAST_EIGHT, instant, OfficeHall, officeConfiguration } from "../office/office-rig.ts";
import { BookHall, bookConfiguration } from "./book-rig.ts";

const EVENING = "2026-03-02T19:00";
const outside = () => new BookHall(bookConfiguration({ outOfHours: true }));
const tap = (hall: BookHall, n: number, moment: string, heard = moment, until = moment) => {
  if (hall.now < instant(heard)) hall.go(heard);
  return hall.input(
    1,
    "badge-presented",
    { badge: badge(n) },
    {
      occurredAt: instant(moment),
      occurredUntil: instant(until),
    },
  );
};

describe("HRS-24: slots outside the hours", () => {
  test("they are bound to a named person of the roster, one citizen at a time, where the hall has them", () => {
    expect(new BookHall().book(EVENING, { staff: 1 })).toBe("out-of-hours-off");
    const hall = outside();
    expect(hall.book(EVENING)).toBe("staff-needed");
    expect(hall.book(EVENING, { staff: 9 })).toBe("staff-unknown");
    expect(hall.book(EVENING, { staff: 3 })).toBe("staff-unknown"); // Has no window.
    expect(hall.book(EVENING, { staff: 1 })).toMatchObject({ staffId: "s01", attendance: "awaited" });
    expect(hall.book(EVENING, { staff: 1, service: "social" })).toBe("staff-taken");
    expect(hall.book(EVENING, { staff: 2 })).toMatchObject({ staffId: "s02" });
    expect(hall.book("2026-03-02T19:05", { staff: 2 })).toBe("slot-unknown");
    expect(hall.book("2026-03-03T09:00", { staff: 1 })).toBe("slot-in-hours");
  });

  test("the window opens to that person alone, walk-ins are refused, and the citizen is served by them", () => {
    const hall = outside();
    const booking = hall.booked(EVENING, { staff: 1 });
    hall.go("2026-03-02T18:50");
    hall.input(2, "badge-presented", { badge: badge(2) });
    expect(hall.counter(2).onDuty).toBeNull();
    hall.signOn(1);
    expect(hall.counter(1).onDuty).toBe("s01");
    expect(() => hall.ticket()).toThrow("not-open");
    const number = hall.checkIn(booking);
    hall.go("2026-03-02T19:00:05");
    expect(hall.call(1)).toMatchObject({ number, rule: "appointment" });
    hall.finish(1);
    expect(hall.booking(booking.bookingId)).toMatchObject({ state: "kept", attendance: "attended" });
    expect(bodiesOf(hall.events, "appointment.unattended")).toEqual([]);
    hall.go("2026-03-02T19:46");
    expect(hall.counter(1).onDuty).toBeNull(); // Duty ends with the slot and its grace.
    expect(hall.breaches()).toEqual([]);
  });

  test.each([
    ["2026-03-02T17:59:59", 1],
    ["2026-03-02T18:00", 0],
    ["2026-03-02T19:00", 0],
    ["2026-03-02T19:00:01", 1],
  ])("a badge at %s leaves %i breaches: it counts from an hour before the slot to its start", (moment, breaches) => {
    const hall = outside();
    hall.booked(EVENING, { staff: 1 });
    tap(hall, 1, moment);
    hall.go("2026-03-02T19:05");
    expect(bodiesOf(hall.events, "appointment.unattended")).toHaveLength(breaches);
  });

  test("no badge at the slot: the named person is on the list, with the rule; another's badge does not help", () => {
    const hall = outside();
    const { bookingId } = hall.booked(EVENING, { staff: 1 });
    tap(hall, 2, "2026-03-02T18:55");
    hall.go("2026-03-02T19:04:59");
    expect(bodiesOf(hall.events, "appointment.unattended")).toEqual([]);
    hall.go("2026-03-02T19:05");
    hall.go("2026-03-02T19:06");
    expect(bodiesOf(hall.events, "appointment.unattended")).toEqual([
      {
        bookingId,
        serviceId: "apply",
        staffId: "s01",
        fromMs: instant(EVENING),
        rules: ["hall:appointments.outOfHours"],
      },
    ]);
    expect(hall.hall.appointments?.breaches).toMatchObject([{ kind: "unattended", staffId: "s01", lifted: false }]);
  });

  test("a badge in time that is heard late takes them off the list, and doubt about its time favours them", () => {
    const hall = outside();
    hall.booked(EVENING, { staff: 1 });
    hall.go("2026-03-02T19:05");
    tap(hall, 1, "2026-03-02T18:58", "2026-03-02T19:20", "2026-03-02T19:03");
    hall.go("2026-03-02T19:21");
    expect(bodiesOf(hall.events, "appointment.attended")).toMatchObject([{ staffId: "s01" }]);
    expect(hall.hall.appointments?.breaches).toMatchObject([{ kind: "unattended", lifted: true }]);
  });

  test("whoever is still on duty when the slot begins needs no other badge", () => {
    const hall = outside();
    hall.booked("2026-03-02T17:30", { staff: 1 });
    hall.go("2026-03-02T14:00");
    hall.signOn(1);
    hall.go("2026-03-02T17:30");
    expect(bodiesOf(hall.events, "appointment.attended")).toMatchObject([{ seenAtMs: instant("2026-03-02T14:00") }]);
  });

  test("a citizen who was here and was not served is held against the named person too", () => {
    const hall = outside();
    const booking = hall.booked(EVENING, { staff: 1 });
    hall.go("2026-03-02T18:55");
    hall.checkIn(booking);
    hall.go("2026-03-02T19:15:01");
    expect(bodiesOf(hall.events, "appointment.missed-by-hall")).toMatchObject([{ staffId: "s01" }]);
  });

  test("a booking that was cancelled asks nobody to come", () => {
    const hall = outside();
    const booking = hall.booked(EVENING, { staff: 1 });
    expect(hall.cancel(booking)).toBe("cancelled");
    hall.cancel(hall.booked(EVENING, { staff: 1 })); // They are free again.
    hall.go("2026-03-02T19:10");
    expect(bodiesOf(hall.events, "appointment.unattended")).toEqual([]);
  });
});

describe("HRS-24 in a hall that keeps attendance", () => {
  const BOOK = { appointments: { services: [{ service: "apply", perSlot: 1 }] } };
  const hallUnder = (policy: string) => new BookHall(officeConfiguration({ policy, settings: HALF_PAST_EIGHT }, BOOK));

  test("the regulation opens the slots outside the hours by itself, and stands behind the breach", () => {
    const hall = hallUnder("xiangzhen-c");
    hall.booked(EVENING, { staff: 1 });
    hall.booked("2026-03-07T09:00", { staff: 2 }); // Saturday.
    hall.go("2026-03-02T19:05");
    expect(bodiesOf(hall.events, "appointment.unattended")).toMatchObject([{ staffId: "s01", rules: ["HRS-24"] }]);
  });

  test("the hall page says so as long as it can be mended: until the person badges in, or the slot is over", () => {
    const hall = hallUnder("xiangzhen-c");
    hall.booked(EVENING, { staff: 1 });
    hall.booked("2026-03-02T19:30", { staff: 2 });
    const lines = () => dutyAlarmLines(hall.hall).map(({ code }) => code);
    hall.go("2026-03-02T19:05");
    hall.wait(250);
    expect(dutyAlarmLines(hall.hall)).toMatchObject([
      { code: "appointment-unattended", text: { zh: "预约时段无人到岗：综合 职员1" }, sinceMs: instant(EVENING) },
    ]);
    hall.signOn(1);
    hall.wait(250);
    expect(lines()).toEqual([]);
    hall.go("2026-03-02T19:36");
    hall.wait(250);
    expect(lines()).toEqual(["appointment-unattended"]);
    hall.go("2026-03-02T19:45");
    expect(lines()).toEqual([]);
  });

  test.each([
    ["in time, out in time", ["08:20", "12:01"], ["14:20", "17:31"]],
    ["late in the morning, early in the afternoon", ["08:50", "12:01"], ["14:20", "17:00"]],
    ["not there in the afternoon", ["08:20", "12:01"], []],
  ])("badges of the evening's slot change no verdict of the day: %s", (_what, am, pm) => {
    const day = (evening: readonly string[]) => {
      const hall = new OfficeHall({ policy: "xiangzhen-c", settings: HALF_PAST_EIGHT }, undefined, BOOK);
      if (evening.length > 0) {
        const order = { type: "book-appointment", bookingId: uuid(610_001), channel: "desk" } as const;
        const slot = { serviceId: ServiceId.parse("apply"), fromMs: instant(EVENING), staffId: staffId(1) };
        hall.run({ ...order, ...slot });
      }
      for (const at of [...am, ...pm, ...evening]) hall.tap(1, `2026-03-02T${at}`);
      hall.go("2026-03-03T09:00");
      hall.reported("2026-03-03T08:59");
      return (["am", "pm"] as const).map((session) => hall.verdict(1, "2026-03-02", session));
    };
    expect(day(["18:55", "19:16"])).toEqual(day([]));
  });
});

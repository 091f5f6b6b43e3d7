// Proves noon and closing: whoever has a ticket is served first, as extended service on record in minutes, or declined
// one by one with a filed reason; the kiosk stops at the cut-off, and staff may take who comes later (HRS-17, 19, 20).
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import type { EventOf, HallEvent } from "../../../../../controller/core/events.ts";
import { marksOf } from "../../../../../controller/projections/nameplate-people.ts";
import { epochMs, ServiceId, TicketId } from "../../../../../protocol/index.ts";
import { badge, TestHall, testConfiguration, typesOf, uuid } from "../../../../support/test-hall.ts";

const at = (time: string): number => Date.parse(`2026-01-05T${time}+08:00`);

/** Winter hours, closing 17:30; nobody is signed off by the clock meanwhile. */
const winter = (rules: Record<string, number> = {}): HallConfiguration =>
  HallConfiguration.parse({
    ...testConfiguration(2, rules),
    sessions: [
      { from: "08:30", to: "12:00" },
      { from: "14:00", to: "17:30" },
    ],
  });

function until(hall: TestHall, time: string, stepMs = 250): HallEvent[] {
  return hall.wait(at(time) - hall.now, stepMs);
}

const kiosk = (hall: TestHall, ordinal = 1) =>
  hall.attempt({
    type: "issue-ticket",
    serviceId: ServiceId.parse("apply"),
    ticketId: TicketId.parse(uuid(10_000 + ordinal)),
  });

const extensionsIn = (events: readonly HallEvent[]) =>
  events
    .filter((event): event is EventOf<"counter.extension-ended"> => event.type === "counter.extension-ended")
    .map(({ data }) => ({ counter: data.counterId, staff: data.staffId, minutes: data.minutes }));

const marks = (hall: TestHall): string[] => marksOf(hall.hall, hall.counter(1), hall.now).map(({ zh }) => zh);

/** One leg at window 1, from the call to its finish at `time`. */
function serveUntil(hall: TestHall, time: string): void {
  if (hall.phase(1) !== "called") hall.input(1, "call-next");
  hall.input(1, "service-started", hall.visit(1));
  until(hall, time, 5_000);
  hall.input(1, "service-finished", hall.visit(1));
}

test("AC-72: three wait at closing, all are served; the plate says so from 17:30; 36 min for that person", () => {
  const hall = new TestHall(winter(), at("17:20:00"));
  hall.signOn(1);
  hall.ticket();
  hall.ticket();
  until(hall, "17:29:50");
  expect(hall.ticket()).toBe("A003");
  const atClosing = until(hall, "17:30:00");
  expect(typesOf(atClosing)).toContain("counter.extended");
  expect(marks(hall)).toEqual(["延时服务"]);
  expect(kiosk(hall)).toMatchObject({ rejection: { code: "not-open" } });
  for (const time of ["17:40:00", "17:52:00", "18:05:00"]) serveUntil(hall, time);
  until(hall, "18:06:00", 1_000);
  const out = [...hall.input(1, "badge-presented", { badge: badge(1) }), ...hall.wait(1_000)];
  expect(typesOf(out)).toContain("staff.signed-off");
  expect(extensionsIn(out)).toEqual([{ counter: "1", staff: "s01", minutes: 36 }]);
  expect(hall.events.filter(({ type }) => type === "visit.ended")).toHaveLength(3);
  expect(hall.breaches()).toEqual([]);
});

test("nothing waits at closing: no extended service", () => {
  const hall = new TestHall(winter(), at("17:25:00"));
  hall.signOn(1);
  expect(typesOf(until(hall, "17:40:00", 1_000))).not.toContain("counter.extended");
});

test("without a sign-off it ends by itself, with the last work: quiet minutes are not counted", () => {
  const hall = new TestHall(winter({ dutyGraceMinutes: 300 }), at("17:25:00"));
  hall.signOn(1);
  hall.ticket();
  until(hall, "17:30:01", 1_000);
  serveUntil(hall, "17:45:00");
  expect(extensionsIn(until(hall, "17:56:00", 1_000))).toEqual([{ counter: "1", staff: "s01", minutes: 15 }]);
  expect(marks(hall)).toEqual([]);
  expect(typesOf(until(hall, "18:20:00", 5_000))).not.toContain("counter.extended");
});

test("noon: extended service ends where the afternoon's session begins", () => {
  const hall = new TestHall(winter({ dutyGraceMinutes: 300 }), at("11:55:00"));
  hall.signOn(1);
  hall.ticket();
  hall.wait(6_000);
  hall.input(1, "call-next");
  hall.input(1, "service-started", hall.visit(1));
  expect(extensionsIn(until(hall, "14:00:01", 5_000))).toEqual([{ counter: "1", staff: "s01", minutes: 120 }]);
});

test("AMB-28, HRS-20: tickets are given from an hour before a session until its end, not in between", () => {
  const hall = new TestHall(winter(), at("07:29:59"));
  const answers = ["07:29:59", "07:30:00", "11:59:59", "12:00:00", "12:59:59", "13:00:00", "17:29:59", "17:30:00"].map(
    (time, ordinal) => {
      hall.now = epochMs(at(time));
      return "events" in kiosk(hall, ordinal);
    },
  );
  expect(answers).toEqual([false, true, true, false, false, true, true, false]);
});

test("the cut-off may be set before the session's end", () => {
  const hall = new TestHall(winter({ cutOffMinutes: 15 }), at("17:15:00"));
  expect(kiosk(hall)).toMatchObject({ rejection: { code: "not-open" } });
});

test("a hall that is open day and night goes on over midnight, with any cut-off", () => {
  const config = HallConfiguration.parse({
    ...testConfiguration(1, { cutOffMinutes: 30 }),
    sessions: [{ from: "00:00", to: "24:00" }],
  });
  const hall = new TestHall(config, at("23:59:59"));
  expect(kiosk(hall, 1)).toHaveProperty("events");
  hall.wait(2_000);
  expect(kiosk(hall, 2)).toHaveProperty("events");
});

test("HRS-19: a waiting ticket is declined after the cut-off only, one by one, with a filed reason and who", () => {
  const hall = new TestHall(winter(), at("17:29:00"));
  hall.signOn(1);
  hall.ticket();
  const ticket = hall.ticketId("A001");
  const decline = (reason: string) => hall.act(1, { action: "decline", ticket, reason });
  expect(decline("citizen-agreed")).toMatchObject({ rejection: { code: "still-open" } });
  until(hall, "17:30:00");
  expect(decline("no-mood")).toMatchObject({ rejection: { code: "unknown-reason" } });
  expect(decline("citizen-agreed")).toMatchObject({
    events: [
      {
        type: "ticket.closed",
        actor: { kind: "staff", staffId: "s01" },
        data: { outcome: "declined", reason: "citizen-agreed" },
      },
    ],
  });
  expect(hall.breaches()).toEqual([]);
});

test("AMB-28: a late ticket is taken by staff after the cut-off, with a reason, and served", () => {
  const hall = new TestHall(winter(), at("17:29:00"));
  hall.signOn(1);
  const late = { action: "late-ticket", service: ServiceId.parse("apply"), reason: "urgent" } as const;
  expect(hall.act(1, late)).toMatchObject({ rejection: { code: "still-open" } });
  until(hall, "17:31:00", 1_000);
  expect(hall.act(1, late)).toMatchObject({
    events: [{ type: "ticket.issued", actor: { kind: "staff" }, data: { number: "A001", late: "urgent" } }],
  });
  hall.wait(6_000);
  hall.input(1, "call-next");
  expect(hall.counter(1).visit?.number).toBe("A001");
  expect(marks(hall)).toEqual(["延时服务"]);
});

test("what nobody served or declined is closed with the day", () => {
  const hall = new TestHall(winter(), at("17:29:00"));
  hall.ticket();
  const closed = hall.wait(7 * 3_600_000, 3_600_000).filter((event) => event.type === "ticket.closed");
  expect(closed).toMatchObject([{ data: { outcome: "day-ended" } }]);
  expect(hall.breaches()).toEqual([]);
});

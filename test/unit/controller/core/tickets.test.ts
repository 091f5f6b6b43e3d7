// Proves the number series: restart each business day in the hall's own zone, wrap, never a number that is still open;
// and that a restart of the controller forgets nothing and invents nothing.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { epochMs, ServiceId, TicketId } from "../../../../protocol/index.ts";
import { TestHall, testConfiguration, typesOf, uuid } from "../../../support/test-hall.ts";

/** Open day and night: tickets are given at any hour. */
const dayAndNight = (): HallConfiguration =>
  HallConfiguration.parse({ ...testConfiguration(1), sessions: [{ from: "00:00", to: "24:00" }] });

test("the series restarts at midnight of the hall's zone, not of UTC", () => {
  const hall = new TestHall(dayAndNight(), Date.parse("2026-03-02T23:59:00+08:00"));
  expect([hall.ticket(), hall.ticket()]).toEqual(["A001", "A002"]);
  hall.wait(60_000, 60_000);
  expect(hall.hall.day?.date).toBe("2026-03-03");
  expect(hall.ticket()).toBe("A001");
});

test("UTC midnight (08:00 in the hall) changes nothing", () => {
  const hall = new TestHall(testConfiguration(1), Date.parse("2026-03-02T07:59:00+08:00"));
  hall.ticket();
  hall.wait(120_000, 60_000);
  expect(hall.ticket()).toBe("A002");
});

test("what still waits at the day's end is closed with an outcome of its own; what is served goes on", () => {
  const hall = new TestHall(dayAndNight(), Date.parse("2026-03-02T17:00:00+08:00"));
  hall.signOn(1);
  hall.serve(1);
  hall.ticket();
  const rolled = hall.wait(7 * 3_600_000, 3_600_000);
  expect(typesOf(rolled)).toEqual(["day.opened", "ticket.closed"]);
  expect(hall.counter(1).visit?.number).toBe("A001");
  expect(hall.ticket()).toBe("A002"); // A001 is still being served.
  expect(hall.breaches()).toEqual([]);
});

test("a clock that is not trusted ends no day: nobody's ticket is closed and no number comes twice", () => {
  const hall = new TestHall(testConfiguration(1), Date.parse("2026-03-02T10:00:00+08:00"));
  hall.ticket();
  hall.now = epochMs(hall.now + 86_400_000);
  hall.clockTrusted = false;
  expect(hall.run({ type: "tick" })).toEqual([]);
  expect(hall.ticket()).toBe("A002");
  hall.clockTrusted = true;
  expect(typesOf(hall.run({ type: "tick" }))).toEqual(["day.opened", "ticket.closed", "ticket.closed"]);
});

test("the first ticket of a day has nobody of the day before ahead of it", () => {
  const hall = new TestHall(dayAndNight(), Date.parse("2026-03-02T23:59:00+08:00"));
  hall.ticket();
  hall.now = epochMs(hall.now + 60_000);
  hall.ticket();
  expect(hall.events.at(-1)).toMatchObject({ type: "ticket.issued", data: { date: "2026-03-03", ahead: 0 } });
});

test("a series wraps and skips open numbers; when all are open it is exhausted", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  expect([hall.ticket("social"), hall.ticket("social"), hall.ticket("social")]).toEqual(["B001", "B002", "B003"]);
  const order = {
    type: "issue-ticket",
    serviceId: ServiceId.parse("social"),
    ticketId: TicketId.parse(uuid(1)),
  } as const;
  expect(hall.attempt(order)).toMatchObject({ rejection: { code: "series-exhausted" } });
  hall.wait(5_000);
  hall.input(1, "call-next");
  hall.input(1, "service-started", hall.visit(1));
  hall.input(1, "service-finished", hall.visit(1));
  expect(hall.ticket("social")).toBe("B001");
});

test("an unknown service is refused and leaves no trace", () => {
  const hall = new TestHall(testConfiguration(1));
  const before = hall.events.length;
  const order = {
    type: "issue-ticket",
    serviceId: ServiceId.parse("nope"),
    ticketId: TicketId.parse(uuid(1)),
  } as const;
  expect(hall.attempt(order)).toMatchObject({ rejection: { code: "unknown-service" } });
  expect(hall.events).toHaveLength(before);
});

test("a restart begins a new epoch and leaves the keys' meaning as it was: a press in flight still counts", () => {
  const hall = new TestHall(testConfiguration(1));
  hall.signOn(1);
  hall.ticket();
  hall.wait(5_000);
  const { basis } = hall.counter(1);
  hall.run({ type: "start", version: "test", configuration: testConfiguration(1) });
  expect(hall.hall.epoch).toBe(2);
  expect(typesOf(hall.input(1, "call-next", {}, { basis }))).toEqual(["ticket.called", "call.announced"]);
});

test("a window taken out of the configuration gives its ticket back to its place in the line", () => {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(2);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  hall.input(2, "call-next");
  hall.run({ type: "start", version: "test", configuration: testConfiguration(1) });
  hall.signOn(1);
  hall.input(1, "call-next");
  expect(hall.counter(1).visit?.number).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

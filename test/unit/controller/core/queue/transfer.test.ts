// Proves the transfer of the ticket at hand: number and place stay, one leg ends without a rating window and the next
// opens, and a bound ticket is called by its window or person alone, until they have not been there for too long.
import { expect, test } from "vitest";
import type { ClerkAction } from "../../../../../controller/core/desk/clerk-action.ts";
import { CounterId, ServiceId, StaffId, VisitId } from "../../../../../protocol/index.ts";
import { TestHall, testConfiguration, typesOf } from "../../../../support/test-hall.ts";

const service = ServiceId.parse("social");
const toCounter = (n: number) => ({ counter: CounterId.parse(String(n)) });
const toStaff = (n: number) => ({ staff: StaffId.parse(`s0${n}`) });

function hand(hall: TestHall, n: number, to: Extract<ClerkAction, { action: "transfer" }>["to"]) {
  return hall.act(n, { action: "transfer", visit: VisitId.parse(hall.visit(n).visitId), to });
}

function openHall(counters = 2): TestHall {
  const hall = new TestHall(testConfiguration(counters));
  for (let n = 1; n <= counters; n += 1) hall.signOn(n);
  return hall;
}

test("serving × transfer to a service: number and time of entry stay, no rating window, the window is idle", () => {
  const hall = openHall();
  hall.serve(1);
  const before = hall.hall.tickets.get(hall.ticketId("A001"))?.enteredAtMs;
  const handed = hand(hall, 1, { service });
  expect("events" in handed && typesOf(handed.events)).toEqual(["ticket.transferred"]);
  expect(hall.phase(1)).toBe("idle");
  expect(hall.hall.ratings.size).toBe(0);
  expect(hall.hall.tickets.get(hall.ticketId("A001"))).toMatchObject({
    phase: "waiting",
    number: "A001",
    queueId: "b",
    enteredAtMs: before,
  });
  expect(hall.breaches()).toEqual([]);
});

test("a transferred ticket goes before those of its new queue that came later", () => {
  const hall = openHall();
  hall.serve(1);
  hall.ticket("social");
  hand(hall, 1, { service });
  hall.wait(6_000);
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
});

test("nor does it go before those of its new queue that came earlier", () => {
  const hall = openHall();
  const earlier = hall.ticket("social");
  hall.wait(6_000);
  hall.ticket();
  hall.wait(6_000);
  hall.act(1, { action: "call-ticket", ticket: hall.ticketId("A001"), reason: "urgent" });
  hall.input(1, "service-started", hall.visit(1));
  hand(hall, 1, { service });
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe(earlier);
});

test("bound to a counter: nobody else may call it, that counter calls it in its turn", () => {
  const hall = openHall(3);
  hall.serve(1);
  hand(hall, 1, toCounter(2));
  hall.wait(6_000);
  hall.input(3, "call-next");
  expect(hall.phase(3)).toBe("armed");
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

test("bound to a person: it follows them to whichever window they are on duty at", () => {
  const hall = new TestHall(testConfiguration(3));
  hall.signOn(1);
  hall.serve(1);
  hand(hall, 1, toStaff(2));
  hall.input(3, "badge-presented", { badge: "0".repeat(63) + "2" });
  hall.wait(1_000);
  hall.input(3, "call-next");
  expect(hall.counter(3).visit?.number).toBe("A001");
});

test("bound to somebody who is not there: after 10 min (default) it is released to its queue, at its own place", () => {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.serve(1);
  hand(hall, 1, toCounter(2));
  hall.ticket();
  const released = hall.wait(600_000, 5_000).filter((event) => event.type === "ticket.released");
  expect(released).toHaveLength(1);
  hall.input(1, "call-next");
  expect(hall.counter(1).visit?.number).toBe("A001");
  expect(hall.breaches()).toEqual([]);
});

test("bound to somebody who is out: released as from somebody who is not there", () => {
  const hall = openHall();
  hall.serve(1);
  for (let taps = 0; taps < 2; taps += 1) {
    hall.wait(4_000);
    hall.input(2, "badge-presented", { badge: "0".repeat(63) + "2" });
  }
  expect(hall.counter(2).paused).toBe("out");
  hand(hall, 1, toCounter(2));
  expect(typesOf(hall.wait(600_000, 5_000))).toContain("ticket.released");
});

test("bound to somebody who is there: it waits for them however long it takes", () => {
  const hall = openHall();
  hall.serve(1);
  hand(hall, 1, toCounter(2));
  expect(typesOf(hall.wait(900_000, 30_000))).not.toContain("ticket.released");
});

test("handed back to a counter where it has been, it is first in line there (AMB-42)", () => {
  const hall = openHall();
  const waiting = hall.ticket();
  hall.serve(1);
  expect(hall.counter(1).visit?.number).toBe(waiting);
  hand(hall, 1, toCounter(2));
  hall.wait(1_000);
  hall.input(2, "call-next");
  hall.input(2, "service-started", hall.visit(2));
  const handed = hand(hall, 2, toCounter(1));
  expect(handed).toMatchObject({ events: [{ type: "ticket.transferred", data: { first: true } }] });
});

test("an outdated page, or a target that is not there, is refused and changes nothing", () => {
  const hall = openHall();
  const { visitId } = hall.serve(1);
  const nowhere = hall.act(1, { action: "transfer", visit: VisitId.parse(visitId), to: toCounter(9) });
  expect(nowhere).toMatchObject({ rejection: { code: "unknown-target" } });
  hall.input(1, "service-finished", { visitId });
  const late = hall.act(1, { action: "transfer", visit: VisitId.parse(visitId), to: { service } });
  expect(late).toMatchObject({ rejection: { code: "not-at-hand" } });
});

test("the rest of the leg: a pause that was planned begins with the transfer", () => {
  const hall = openHall();
  hall.serve(1);
  hall.input(1, "pause-planned");
  hand(hall, 1, { service });
  expect(hall.phase(1)).toBe("paused");
});

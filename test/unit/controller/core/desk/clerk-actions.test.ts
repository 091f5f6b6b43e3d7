// Proves what a clerk may say on the counter page: out of order with a reason and a record of who was passed over,
// cancelling, holding and pausing, each refused with a key's own words.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../../controller/core/configuration.ts";
import { ServiceId, TicketId, VisitId } from "../../../../../protocol/index.ts";
import { badge, counterId, staffId, TestHall, testConfiguration, uuid } from "../../../../support/test-hall.ts";

function openHall(tickets: number): TestHall {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  for (let count = 0; count < tickets; count += 1) hall.ticket();
  hall.wait(6_000);
  return hall;
}

test("idle × call-ticket: called out of order, with the reason and those passed over (QUE-04)", () => {
  const hall = openHall(3);
  const called = hall.act(1, { action: "call-ticket", ticket: hall.ticketId("A003"), reason: "special-needs" });
  expect(called).toMatchObject({
    events: [
      {
        type: "ticket.called",
        actor: { kind: "staff", staffId: "s01" },
        data: { number: "A003", rule: "out-of-order", reason: "special-needs", passedOver: ["A001", "A002"] },
      },
      { type: "call.announced" },
    ],
  });
  expect(hall.breaches()).toEqual([]);
});

test("the record names 20 of those passed over at most", () => {
  const hall = openHall(30);
  const called = hall.act(1, { action: "call-ticket", ticket: hall.ticketId("A030"), reason: "urgent" });
  expect("events" in called && called.events[0]?.data).toMatchObject({ passedOver: { length: 20 } });
});

test.each([
  ["without a reason of the list", { reason: "because" }, "unknown-reason"],
  ["a ticket that is not there", { ticket: TicketId.parse(uuid(9)) }, "no-such-ticket"],
])("call-ticket is refused: %s", (_, change, code) => {
  const hall = openHall(1);
  const action = { action: "call-ticket", ticket: hall.ticketId("A001"), reason: "urgent", ...change } as const;
  expect(hall.act(1, action)).toMatchObject({ rejection: { code } });
});

test("serving × call-ticket: a window never gets a second ticket", () => {
  const hall = openHall(2);
  hall.input(1, "call-next");
  const action = { action: "call-ticket", ticket: hall.ticketId("A002"), reason: "urgent" } as const;
  expect(hall.act(1, action)).toMatchObject({
    rejection: { code: "has-ticket", detail: "当前号未办结 Ticket still open" },
  });
});

test("called × cancel: the ticket at hand is gone, the window idle, nobody rates", () => {
  const hall = openHall(1);
  hall.input(1, "call-next");
  expect(hall.act(1, { action: "cancel", ticket: hall.ticketId("A001"), reason: "left" })).toMatchObject({
    events: [{ type: "ticket.closed", data: { outcome: "cancelled", reason: "left", counterId: "1" } }],
  });
  expect([hall.phase(1), hall.hall.ratings.size, hall.hall.pendingCalls]).toEqual(["idle", 0, []]);
  expect(hall.breaches()).toEqual([]);
});

test("serving × hold, then idle × recall-held: the very ticket that was chosen", () => {
  const hall = openHall(2);
  for (const number of ["A001", "A002"]) {
    hall.input(1, "call-next");
    hall.input(1, "service-started", hall.visit(1));
    const { visitId } = hall.visit(1);
    expect(hall.act(1, { action: "hold", visit: VisitId.parse(visitId) })).toHaveProperty("events");
    expect(hall.hall.tickets.get(hall.ticketId(number))?.phase).toBe("held");
  }
  hall.act(1, { action: "recall-held", ticket: hall.ticketId("A002") });
  expect(hall.counter(1).visit?.number).toBe("A002");
});

test("idle × pause with a reason and its expected time, then resume", () => {
  const hall = openHall(0);
  expect(hall.act(1, { action: "pause", reason: "meeting", minutes: 15 })).toHaveProperty("events");
  expect(hall.counter(1).pause).toMatchObject({ reason: "meeting", untilMs: hall.now + 900_000 });
  expect(hall.act(1, { action: "pause" })).toMatchObject({ rejection: { code: "paused" } });
  expect(hall.act(1, { action: "resume" })).toHaveProperty("events");
  expect(hall.phase(1)).toBe("idle");
});

test("nobody acts who is not on duty at that window, nor while a question is open there", () => {
  const hall = openHall(1);
  const order = { type: "clerk-action", counterId: counterId(1), action: { action: "pause" } } as const;
  const stranger = hall.attempt({ ...order, staffId: staffId(2), ticketId: TicketId.parse(uuid(8)) });
  expect(stranger).toMatchObject({ rejection: { code: "nobody-on-duty" } });
  hall.input(1, "badge-presented", { badge: badge(1) });
  expect(hall.phase(1)).toBe("question");
  expect(hall.act(1, { action: "pause" })).toMatchObject({ rejection: { code: "question-pending" } });
});

const withElders = HallConfiguration.parse({
  ...testConfiguration(1),
  queues: [
    { id: "a", letter: "A" },
    { id: "b", letter: "B" },
    { id: "p", letter: "P", contingent: 2 },
  ],
  services: [...testConfiguration(1).services, { id: "elders", name: { zh: "敬老", en: "Elders" }, queue: "p" }],
  counters: [{ ...testConfiguration(1).counters[0], queues: ["a", "p"] }],
  priorities: [
    { id: "elder", name: { zh: "老年人", en: "Elder" }, reason: { zh: "敬老优先", en: "Elders first" }, rank: -5 },
  ],
});

test("AC-57, AMB-30: an elder goes before all that wait, not before one that is called; the record says whom", () => {
  const hall = new TestHall(withElders);
  hall.signOn(1);
  hall.ticket();
  hall.wait(6_000);
  hall.input(1, "call-next"); // A001 is called already.
  hall.ticket();
  hall.wait(1_000);
  const elder = {
    type: "issue-ticket",
    serviceId: ServiceId.parse("elders"),
    ticketId: TicketId.parse(uuid(77)),
  } as const;
  expect(hall.run({ ...elder, priority: "elder" })).toMatchObject([{ data: { number: "P001", rank: -5 } }]);
  hall.wait(26_000);
  expect(hall.counter(1).visit?.number).toBe("A001");
  const next = hall.input(1, "no-show", hall.visit(1)).find((event) => event.type === "ticket.called");
  expect(next?.data).toMatchObject({ number: "P001", rule: "strict", passedOver: ["A002"] });
});

test("a class that is not on the list is refused; so is a ticket beyond the day's contingent", () => {
  const hall = new TestHall(withElders);
  const take = (ordinal: number, priority = "elder") =>
    hall.attempt({
      type: "issue-ticket",
      serviceId: ServiceId.parse("elders"),
      ticketId: TicketId.parse(uuid(ordinal)),
      priority,
    });
  expect(take(1, "boss")).toMatchObject({ rejection: { code: "unknown-priority" } });
  expect([take(2), take(3)].every((answer) => "events" in answer)).toBe(true);
  expect(take(4)).toMatchObject({ rejection: { code: "contingent-exhausted" } });
  hall.wait(86_400_000, 43_200_000);
  expect(take(5)).toHaveProperty("events");
});

// Proves that no ticket dies with its window: called to a terminal that stays offline, or to a window that is taken
// away, it returns to the exact head of its queue; what its clerk did meanwhile still counts if nobody else has it.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { bilingual, QueueId, ServiceId, TicketId } from "../../../../protocol/index.ts";
import { refusalIn, TestHall, testConfiguration, typesOf, uuid } from "../../../support/test-hall.ts";

/** Three windows, their terminals there, and five tickets waiting. */
function openHall(): TestHall {
  const hall = new TestHall(testConfiguration(3));
  for (const n of [1, 2, 3]) {
    hall.born(n);
    hall.signOn(n);
  }
  for (let count = 0; count < 5; count += 1) {
    hall.ticket();
    hall.wait(1_000);
  }
  hall.wait(5_000);
  return hall;
}

test("called, and its terminal is offline for 60 s: back to the head of the queue", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  hall.lost(1);
  expect(typesOf(hall.wait(59_750)).filter((type) => type === "ticket.returned")).toEqual([]);
  expect(hall.wait(250).filter(({ type }) => type === "ticket.returned")).toMatchObject([
    { data: { number: "A001", counterId: "1", reason: "terminal-lost" } },
  ]);
  expect([hall.phase(1), hall.counter(2).visit?.number]).toEqual(["idle", "A002"]);
  expect(hall.breaches()).toEqual([]);
  hall.input(3, "call-next");
  expect(hall.counter(3).visit?.number).toBe("A001");
});

test("two returned together keep their order, before everybody who waits", () => {
  const hall = openHall();
  hall.input(2, "call-next");
  hall.input(1, "call-next");
  hall.lost(1);
  hall.lost(2);
  hall.wait(60_250);
  const called = ["A001", "A002", "A003"].map(() => {
    hall.input(3, "call-next");
    const { visit } = hall.counter(3);
    hall.input(3, "service-started", hall.visit(3));
    hall.input(3, "service-finished", hall.visit(3));
    return visit?.number;
  });
  expect(called).toEqual(["A001", "A002", "A003"]);
});

test("the head is before every priority class too, and after the tickets that are called already", () => {
  const elder = {
    id: "elder",
    name: bilingual("老年人", "Elderly"),
    reason: bilingual("老年人优先", "Age"),
    rank: -10,
  };
  const hall = new TestHall(HallConfiguration.parse({ ...testConfiguration(2), priorities: [elder] }));
  for (const n of [1, 2]) {
    hall.born(n);
    hall.signOn(n);
  }
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  const ticketId = TicketId.parse(uuid(7));
  hall.run({ type: "issue-ticket", serviceId: ServiceId.parse("apply"), ticketId, priority: "elder" });
  hall.lost(1);
  hall.wait(60_250);
  const [first, second] = hall.hall.lines.get(QueueId.parse("a"))?.ticketIds() ?? [];
  expect(second).toBe(ticketId);
  expect(hall.hall.tickets.get(first ?? ticketId)?.number).toBe("A001");
});

test("its terminal is back in time: the ticket stays", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  hall.lost(1);
  hall.wait(59_000);
  hall.born(1);
  hall.wait(10_000);
  expect(hall.counter(1).visit?.number).toBe("A001");
});

test("a ticket being served is not taken away", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  hall.input(1, "service-started", hall.visit(1));
  hall.lost(1);
  hall.wait(300_000, 5_000);
  expect(hall.phase(1)).toBe("serving");
});

test("one presumed to be served before its terminal was lost is not taken away either", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  hall.wait(61_000);
  hall.lost(1);
  hall.wait(120_000, 5_000);
  expect(hall.phase(1)).toBe("presumed");
});

test("a restart of the controller gives every terminal its 60 s anew", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  hall.lost(1);
  hall.wait(50_000);
  hall.run({ type: "start", version: "test", configuration: testConfiguration(3) });
  expect(hall.wait(59_750)).toEqual([]);
  expect(hall.wait(250)).toMatchObject([{ type: "ticket.returned" }]);
});

test("its window is taken away: back to the head of the queue, what was held there too", () => {
  const hall = openHall();
  hall.input(3, "call-next");
  hall.input(3, "service-started", hall.visit(3));
  hall.input(3, "hold", hall.visit(3));
  hall.input(3, "call-next");
  const returned = hall
    .run({ type: "start", version: "test", configuration: testConfiguration(2) })
    .filter(({ type }) => type === "ticket.returned");
  expect(returned).toMatchObject([
    { data: { number: "A002", reason: "window-gone" } },
    { data: { number: "A001", reason: "window-gone" } },
  ]);
  expect(hall.breaches()).toEqual([]);
  hall.input(1, "call-next");
  expect(hall.counter(1).visit?.number).toBe("A001");
});

test("offline, start and finish heard after the return: service there counts, and nobody is called again", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  const visit = hall.visit(1);
  hall.lost(1);
  const startedAt = hall.now + 5_000;
  hall.wait(120_000, 5_000);
  expect(hall.phase(1)).toBe("idle");
  hall.born(1);
  const started = hall.input(1, "service-started", visit, { occurredAt: startedAt });
  expect(typesOf(started)).toEqual(["ticket.called", "visit.started"]);
  expect(started[0]).toMatchObject({ data: { ...visit, rule: "started-there" } });
  expect(hall.wait(10_000)).toEqual([]);
  const [ended] = hall.input(1, "service-finished", visit, { occurredAt: startedAt + 30_000 });
  expect(ended).toMatchObject({ type: "visit.ended", data: { servedMs: 30_000 } });
  expect(typesOf(hall.input(1, "rating-given", { ...visit, level: 5 }))).toEqual(["rating.given"]);
  expect(hall.breaches()).toEqual([]);
});

test("the same, but another window has called the ticket meanwhile: on record only", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  const visit = hall.visit(1);
  hall.lost(1);
  hall.wait(61_000);
  hall.input(2, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
  expect(hall.input(1, "service-started", visit)).toMatchObject([
    { type: "fact.recorded", data: { reason: "not-at-hand" } },
  ]);
  expect(hall.breaches()).toEqual([]);
});

test("a press on the face from before the return is outdated", () => {
  const hall = openHall();
  hall.input(1, "call-next");
  const { basis } = hall.counter(1);
  const visit = hall.visit(1);
  hall.lost(1);
  hall.wait(61_000);
  expect(refusalIn(hall.input(1, "no-show", visit, { basis }))).toBe("outdated");
});

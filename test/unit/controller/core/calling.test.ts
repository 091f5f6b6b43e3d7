// Proves the flow of a ticket at a counter: called in strict order, recalled within bounds, closed as a no-show only
// after it was heard, never two tickets at one counter and never one ticket at two.
import { expect, test } from "vitest";
import { refusalIn, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

function openHall(counters = 2, rules: Record<string, number> = {}): TestHall {
  const hall = new TestHall(testConfiguration(counters, rules));
  for (let n = 1; n <= counters; n += 1) hall.signOn(n);
  return hall;
}

test("AC-54: tickets go to the windows in the order they were issued", () => {
  const hall = openHall();
  expect([hall.ticket(), hall.ticket()]).toEqual(["A001", "A002"]);
  hall.wait(5_000);
  hall.input(2, "call-next");
  hall.input(1, "call-next");
  expect(hall.counter(2).visit?.number).toBe("A001");
  expect(hall.counter(1).visit?.number).toBe("A002");
});

test("order goes by the time of issue over all queues a window serves", () => {
  const hall = openHall(1);
  const numbers = [hall.ticket("social")];
  hall.wait(1_000);
  numbers.push(hall.ticket("apply"));
  hall.wait(10_000);
  const called = numbers.map(() => {
    hall.input(1, "call-next");
    const number = hall.counter(1).visit?.number;
    hall.input(1, "service-started", hall.visit(1));
    hall.input(1, "service-finished", hall.visit(1));
    return number;
  });
  expect(called).toEqual(["B001", "A001"]);
});

test("a counter with a ticket gets no second one, however often Call is pressed", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  const before = hall.counter(1).basis;
  hall.input(1, "call-next");
  expect(refusalIn(hall.input(1, "call-next", {}, { basis: before }))).toBe("outdated");
  expect(refusalIn(hall.input(1, "call-next"))).toBe("has-ticket");
  expect(hall.breaches()).toEqual([]);
});

test("I11: a press older than its time to live is recorded and calls nobody", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.wait(10_000);
  expect(refusalIn(hall.input(1, "call-next", {}, { occurredAt: hall.now - 5_001 }))).toBe("too-late");
  expect(refusalIn(hall.input(1, "call-next", {}, { occurredAt: hall.now - 5_000 }))).toBe(null);
});

test("I11: while the hall's clock is not trusted, a press must be younger: it may be older than it looks", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.wait(10_000);
  hall.clockTrusted = false;
  expect(refusalIn(hall.input(1, "call-next", {}, { occurredAt: hall.now - 4_251 }))).toBe("too-late");
  expect(refusalIn(hall.input(1, "call-next", {}, { occurredAt: hall.now - 4_250 }))).toBe(null);
});

test("a ticket is not called within 5 s of being issued: the paper must be in the hand", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.wait(4_999, 4_999);
  hall.input(1, "call-next");
  expect(hall.phase(1)).toBe("armed");
  expect(typesOf(hall.wait(1, 1))).toEqual(["ticket.called", "call.announced"]);
});

test("recall: at most three, each 5 s after the last was announced", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  expect(refusalIn(hall.input(1, "recall", hall.visit(1)))).toBe("recall-too-soon");
  const answers = [1, 2, 3, 4].map(() => {
    hall.wait(10_000);
    return refusalIn(hall.input(1, "recall", hall.visit(1)));
  });
  expect(answers).toEqual([null, null, null, "recall-limit"]);
  expect(hall.counter(1).visit?.callCount).toBe(4);
});

test("a no-show is refused until the call was heard for 20 s; then it closes the ticket and calls the next", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  hall.wait(19_999, 19_999);
  expect(refusalIn(hall.input(1, "no-show", hall.visit(1)))).toBe("no-show-too-soon");
  hall.wait(1, 1);
  expect(typesOf(hall.input(1, "no-show", hall.visit(1)))).toEqual([
    "ticket.closed",
    "ticket.called",
    "call.announced",
  ]);
  expect(hall.counter(1).visit?.number).toBe("A002");
  expect(hall.breaches()).toEqual([]);
});

test("a no-show with nobody waiting frees the window", () => {
  const hall = openHall(1);
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  hall.wait(20_000);
  expect(typesOf(hall.input(1, "no-show", hall.visit(1)))).toEqual(["ticket.closed"]);
  expect(hall.phase(1)).toBe("idle");
});

test("announcements never overwrite each other: the second call is announced when the first had its slot", () => {
  const hall = openHall(2);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  expect(typesOf(hall.input(1, "call-next"))).toEqual(["ticket.called", "call.announced"]);
  expect(typesOf(hall.input(2, "call-next"))).toEqual(["ticket.called"]);
  expect(hall.wait(4_999, 4_999)).toEqual([]);
  expect(typesOf(hall.wait(1, 1))).toEqual(["call.announced"]);
  expect(hall.counter(2).visit?.firstAnnouncedAtMs).toBe(hall.now);
});

test("nobody is a no-show for a call that was not announced yet", () => {
  const hall = openHall(2, { announcementSlotMs: 60_000 });
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  hall.wait(30_000);
  expect(refusalIn(hall.input(2, "no-show", hall.visit(2)))).toBe("not-announced");
  expect(refusalIn(hall.input(2, "recall", hall.visit(2)))).toBe("not-announced");
});

test("a ticket that is being served is not announced any more", () => {
  const hall = openHall(2);
  hall.ticket();
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
  hall.input(2, "call-next");
  hall.input(2, "service-started", hall.visit(2));
  expect(hall.wait(10_000)).toEqual([]);
});

test.each([
  ["nobody on duty", "call-next", "nobody-on-duty"],
  ["recall of nothing", "recall", "nobody-on-duty"],
] as const)("refused with its reason: %s", (_, type, code) => {
  const hall = new TestHall();
  const body: Record<string, string> = type === "recall" ? { visitId: "00000000-0000-4000-8000-000000000001" } : {};
  expect(refusalIn(hall.input(1, type, body))).toBe(code);
});

test("a terminal without a window is told so", () => {
  const hall = openHall(1);
  const basis = { epoch: 1, position: 1 };
  hall.hall.counterAt.clear();
  expect(refusalIn(hall.input(1, "call-next", {}, { basis }))).toBe("no-counter");
});

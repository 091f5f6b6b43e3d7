// Proves armed counters: the next arrival is called by itself to the one armed longest that serves its queue, once it
// may be called; and whatever ends the arming.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { badge, counterId, refusalIn, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

function openHall(counters = 2): TestHall {
  const hall = new TestHall(testConfiguration(counters));
  for (let n = 1; n <= counters; n += 1) hall.signOn(n);
  hall.wait(4_000);
  return hall;
}

/** The same hall with its first counter armed. */
function armedHall(counters = 2): TestHall {
  const hall = openHall(counters);
  hall.input(1, "call-next");
  expect(hall.phase(1)).toBe("armed");
  return hall;
}

test("idle × Call: call next", () => {
  const hall = openHall();
  hall.ticket();
  hall.wait(5_000);
  expect(hall.input(1, "call-next")[0]).toMatchObject({
    type: "ticket.called",
    data: { rule: "strict", occasion: "key" },
  });
});

test("idle × Call, nobody waits: arm", () => {
  const hall = openHall();
  expect(typesOf(hall.input(1, "call-next"))).toEqual(["counter.armed"]);
  expect(hall.phase(1)).toBe("armed");
});

test("idle × Call, the head of the queue is too fresh: arm, and it is called as soon as it may be", () => {
  const hall = openHall();
  hall.ticket();
  hall.wait(3_000);
  expect(typesOf(hall.input(1, "call-next"))).toEqual(["counter.armed"]);
  expect(hall.wait(1_750)).toEqual([]);
  expect(hall.wait(250)[0]).toMatchObject({ type: "ticket.called", data: { counterId: "1", occasion: "armed" } });
});

test("rating window × Call, nobody waits: arm, and the keypad stays with the finished visit", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  hall.input(1, "call-next");
  expect(hall.phase(1)).toBe("armed");
  expect(hall.counter(1).rating).toBe(visit.visitId);
  expect(typesOf(hall.wait(59_750))).toEqual([]);
  expect(typesOf(hall.wait(250))).toEqual(["rating.expired"]);
  expect(hall.phase(1)).toBe("armed");
});

test("armed × Call: disarm", () => {
  const hall = armedHall();
  expect(typesOf(hall.input(1, "disarm"))).toEqual(["counter.disarmed"]);
  expect(hall.phase(1)).toBe("idle");
  hall.ticket();
  expect(typesOf(hall.wait(10_000))).toEqual([]);
  expect(refusalIn(hall.input(1, "disarm"))).toBe("not-armed");
});

test("armed × Pause: pause, and the arming is over", () => {
  const hall = armedHall();
  expect(typesOf(hall.input(1, "pause"))).toEqual(["counter.paused"]);
  hall.ticket();
  hall.wait(10_000);
  hall.input(1, "cycle-pause");
  expect(hall.phase(1)).toBe("idle");
  expect(hall.wait(5_000)).toEqual([]);
});

test("armed × Pause held: assistance, and it stays armed", () => {
  const hall = armedHall();
  expect(typesOf(hall.input(1, "assistance-requested"))).toEqual(["assistance.requested"]);
  expect(hall.phase(1)).toBe("armed");
});

test("armed: a second call-next, from another place than the keys, is refused with its reason", () => {
  const hall = armedHall();
  expect(refusalIn(hall.input(1, "call-next"))).toBe("nobody-waiting");
});

test("armed: the automatic call names its rule and that it came by arming, and follows the paper", () => {
  const hall = armedHall();
  hall.ticket();
  expect(hall.wait(4_750)).toEqual([]);
  const [called, announced] = hall.wait(250);
  expect(called).toMatchObject({
    type: "ticket.called",
    actor: { kind: "staff", staffId: "s01" },
    data: { rule: "strict", occasion: "armed", counterId: "1", staffId: "s01" },
  });
  expect(announced?.type).toBe("call.announced");
  expect(hall.phase(1)).toBe("called");
  expect(hall.breaches()).toEqual([]);
});

test("armed: two arrivals in one tick go one each, the first to the one armed longest", () => {
  const hall = openHall(3);
  hall.input(2, "call-next");
  hall.wait(1_000);
  hall.input(1, "call-next");
  hall.ticket();
  hall.ticket();
  hall.wait(6_000);
  expect([2, 1, 3].map((n) => hall.counter(n).visit?.number)).toEqual(["A001", "A002", undefined]);
});

test("armed: the one armed longest is passed by when it does not serve the queue", () => {
  const plan = testConfiguration(2);
  const counters = plan.counters.map((counter) => (counter.id === "1" ? { ...counter, queues: ["b"] } : counter));
  const hall = new TestHall(HallConfiguration.parse({ ...plan, counters }));
  hall.signOn(1);
  hall.signOn(2);
  hall.input(1, "call-next");
  hall.wait(1_000);
  hall.input(2, "call-next");
  hall.ticket("apply");
  hall.wait(6_000);
  expect([1, 2].map((n) => hall.counter(n).visit?.number)).toEqual([undefined, "A001"]);
});

test("armed: while a question is asked nobody is called; without an answer it is armed as before", () => {
  const hall = armedHall();
  hall.ticket();
  hall.signOn(1);
  expect(hall.phase(1)).toBe("question");
  expect(typesOf(hall.wait(8_000))).toEqual([]);
  expect(typesOf(hall.wait(1_000))).toEqual(["question.lapsed", "ticket.called", "call.announced"]);
});

test.each<[string, (hall: TestHall) => void]>([
  ["going out", (hall) => [1, 2].forEach(() => hall.input(1, "badge-presented", { badge: badge(1) }))],
  [
    "sign-off",
    (hall) => {
      hall.now = (hall.now + 2.9 * 3_600_000) as TestHall["now"];
      hall.input(1, "call-next");
      hall.signOn(1);
    },
  ],
  ["the loss of the link", (hall) => void hall.lost(1)],
  ["a new session of the terminal", (hall) => void hall.born(1)],
  [
    "a restart of the controller",
    (hall) => void hall.run({ type: "start", version: "test", configuration: testConfiguration(2) }),
  ],
  ["ten minutes without an arrival", (hall) => void hall.wait(600_000, 10_000)],
])("arming ends by %s", (_, end) => {
  const hall = openHall();
  hall.born(1);
  hall.input(1, "call-next");
  const { basis } = hall.counter(1);
  end(hall);
  expect(hall.hall.counters.get(counterId(1))?.armedSinceMs).toBe(null);
  expect(hall.counter(1).basis).not.toEqual(basis);
  hall.ticket();
  hall.wait(10_000);
  expect(hall.counter(1).visit).toBe(null);
});

test("arming does not end before ten minutes", () => {
  const hall = armedHall();
  expect(hall.wait(599_750, 10_000)).toEqual([]);
  expect(hall.wait(250)).toMatchObject([{ type: "counter.disarmed", data: { because: "timeout" } }]);
});

test("a press of Call that meant disarm, and comes after the automatic call, changes nothing", () => {
  const hall = armedHall();
  const { basis } = hall.counter(1);
  hall.ticket();
  hall.wait(5_000);
  expect(refusalIn(hall.input(1, "disarm", {}, { basis }))).toBe("outdated");
  expect(hall.phase(1)).toBe("called");
});

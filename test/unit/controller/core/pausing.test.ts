// Proves pauses: a reason from the configured list, gone through by the pause key, with the expected time where the
// clerk said one (QUE-07, IDN-19, AC-106); back to the state before; and the rule that keeps enough windows open.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { pause } from "../../../../controller/core/counters/pausing.ts";
import { boardOf } from "../../../../controller/projections/board.ts";
import { countersOf } from "../../../../controller/projections/hall-picture.ts";
import { faceOf } from "../../../../controller/projections/face.ts";
import { refusalIn, TestHall, testConfiguration, typesOf } from "../../../support/test-hall.ts";

function openHall(counters = 2, rules: Record<string, number> = {}): TestHall {
  const hall = new TestHall(testConfiguration(counters, rules));
  for (let n = 1; n <= counters; n += 1) hall.signOn(n);
  hall.wait(4_000);
  return hall;
}

const statusAt = (hall: TestHall, n: number): string =>
  faceOf(hall.hall, hall.counter(n), hall.now).nameplate.status.zh;

test("idle × Pause: pause, with the first reason of the list", () => {
  const hall = openHall();
  expect(hall.input(1, "pause")).toMatchObject([
    { type: "counter.paused", data: { reason: "short-break", untilMs: null } },
  ]);
  expect(statusAt(hall, 1)).toBe("暂停办理 暂离");
});

test("rating window × Pause: pause, and the keypad stays", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  hall.input(1, "service-finished", visit);
  expect(typesOf(hall.input(1, "pause"))).toEqual(["counter.paused"]);
  expect([hall.phase(1), hall.counter(1).rating]).toEqual(["paused", visit.visitId]);
});

test("paused × Pause within 5 s: the next reason, round the whole list, without a change of what the keys mean", () => {
  const hall = openHall();
  hall.input(1, "pause");
  const { basis } = hall.counter(1);
  const shown = [1, 2, 3, 4].map(() => {
    hall.wait(4_750);
    expect(typesOf(hall.input(1, "cycle-pause"))).toEqual(["counter.pause-changed"]);
    return statusAt(hall, 1);
  });
  expect(shown).toEqual(["暂停办理 取资料", "暂停办理 会议", "暂停办理 设备故障", "暂停办理 暂离"]);
  expect(hall.counter(1).basis).toEqual(basis);
});

test("paused × Pause later than 5 s: resume, and nobody is called", () => {
  const hall = openHall();
  hall.ticket();
  hall.input(1, "pause");
  hall.wait(5_000);
  expect(typesOf(hall.input(1, "cycle-pause"))).toEqual(["counter.resumed"]);
  expect(hall.phase(1)).toBe("idle");
});

test("paused × Call: resume, and call next", () => {
  const hall = openHall();
  hall.ticket();
  hall.input(1, "pause");
  hall.wait(5_000);
  expect(typesOf(hall.input(1, "resume"))).toEqual(["counter.resumed", "ticket.called", "call.announced"]);
});

test("paused × Call, nobody waits: resume", () => {
  const hall = openHall();
  hall.input(1, "pause");
  expect(typesOf(hall.input(1, "resume"))).toEqual(["counter.resumed"]);
  expect(hall.phase(1)).toBe("idle");
});

test("paused × Pause held: assistance", () => {
  const hall = openHall();
  hall.input(1, "pause");
  expect(typesOf(hall.input(1, "assistance-requested"))).toEqual(["assistance.requested"]);
});

test("AC-106: the reason and the expected time are on the nameplate, the board and in the hall's picture", () => {
  const hall = openHall();
  hall.now = (hall.now + 3_596_000 - ((hall.now - 4_000) % 60_000)) as TestHall["now"]; // 10:00 in Shanghai.
  const context = { hall: hall.hall, counter: hall.counter(1), at: hall.now, commandId: "" };
  const decided = pause(
    { ...context, occurred: { earliest: hall.now, latest: hall.now } },
    { reason: "papers", minutes: 15 },
  );
  expect(decided).toMatchObject({ ok: true, value: [{ type: "counter.paused", data: { reason: "papers" } }] });
  const untilMs = hall.now + 15 * 60_000;
  const counter = hall.hall.counters.get(hall.counter(1).counterId);
  if (counter === undefined) throw new Error("no counter");
  counter.paused = "keys";
  counter.pause = { reason: "papers", sinceMs: hall.now, chosenAtMs: hall.now, untilMs: untilMs as TestHall["now"] };
  expect(faceOf(hall.hall, counter, hall.now).nameplate.status).toEqual({
    zh: "暂停办理 取资料 预计10:15恢复",
    en: "Paused, Fetching papers, back 10:15",
  });
  expect(boardOf(hall.hall, hall.now).paused).toEqual([
    { counterId: "1", reason: { zh: "取资料", en: "Fetching papers" }, untilMs },
  ]);
  expect(countersOf(hall.hall, hall.now)[0]?.pause).toEqual({
    reason: { zh: "取资料", en: "Fetching papers" },
    sinceMs: hall.now,
    untilMs,
  });
});

test("a reason that is not in the list is refused; one of the list replaces the reason shown", () => {
  const hall = openHall();
  hall.input(1, "pause");
  const at = { earliest: hall.now, latest: hall.now };
  const context = { hall: hall.hall, counter: hall.counter(1), at: hall.now, commandId: "", occurred: at };
  expect(pause(context, { reason: "holiday" })).toEqual({ ok: false, error: "unknown-reason" });
  expect(pause(context, { reason: "meeting" })).toMatchObject({ value: [{ type: "counter.pause-changed" }] });
  expect(pause(context)).toEqual({ ok: false, error: "paused" });
});

test("a hall has its own reasons; a pause whose reason is configured no more is a pause still", () => {
  const own = { ...testConfiguration(1), pauseReasons: [{ id: "training", text: { zh: "培训", en: "Training" } }] };
  const hall = new TestHall(HallConfiguration.parse(own));
  hall.signOn(1);
  hall.input(1, "pause");
  expect(statusAt(hall, 1)).toBe("暂停办理 培训");
  hall.run({ type: "start", version: "test", configuration: testConfiguration(1) });
  expect(statusAt(hall, 1)).toBe("暂停办理");
  expect(hall.input(1, "cycle-pause")).toMatchObject([{ data: { reason: "short-break" } }]);
});

test("serving × Pause: pause when this ticket ends; Pause again takes it back", () => {
  const hall = openHall();
  const visit = hall.serve(1);
  expect(typesOf(hall.input(1, "pause-planned"))).toEqual(["counter.pause-planned"]);
  expect(faceOf(hall.hall, hall.counter(1), hall.now).lamps.pause).toBe("blink");
  expect(typesOf(hall.input(1, "pause-unplanned"))).toEqual(["counter.pause-unplanned"]);
  expect(typesOf(hall.input(1, "service-finished", visit))).toEqual(["visit.ended", "ticket.closed"]);
  expect(hall.phase(1)).toBe("rating");
});

test("openPerQueueMin: a pause that would leave too few windows is refused, now or at the ticket's end", () => {
  const hall = openHall(3, { openPerQueueMin: 2 });
  expect(refusalIn(hall.input(1, "pause"))).toBe(null);
  expect(refusalIn(hall.input(2, "pause"))).toBe("field-needs-counters");
  hall.serve(2);
  expect(refusalIn(hall.input(2, "pause-planned"))).toBe("field-needs-counters");
  hall.input(1, "resume");
  expect(refusalIn(hall.input(2, "pause-planned"))).toBe(null);
  expect(refusalIn(hall.input(1, "pause"))).toBe("field-needs-counters");
});

test("off by default: the last window may pause", () => {
  const hall = openHall(1);
  expect(refusalIn(hall.input(1, "pause"))).toBe(null);
});

import { beforeAll, describe, expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/index.ts";
import { present } from "../../../../protocol/index.ts";
import type { Checker, Evidence } from "../../../../simulator/checkers/checker.ts";
import { calls } from "../../../../simulator/checkers/calls.ts";
import { clocks } from "../../../../simulator/checkers/clocks.ts";
import { days } from "../../../../simulator/checkers/days.ts";
import { duty } from "../../../../simulator/checkers/duty.ts";
import { epochs } from "../../../../simulator/checkers/epochs.ts";
import { fairness } from "../../../../simulator/checkers/fairness.ts";
import { faithful } from "../../../../simulator/checkers/faithful.ts";
import { ratings } from "../../../../simulator/checkers/ratings.ts";
import { visits } from "../../../../simulator/checkers/visits.ts";
import { CHECKERS } from "../../../../simulator/checkers/all.ts";
import { fold } from "../../../../simulator/checkers/fold.ts";
import { gapless } from "../../../../simulator/checkers/gapless.ts";
import { liveness } from "../../../../simulator/checkers/liveness.ts";
import { taps } from "../../../../simulator/checkers/taps.ts";
import { totalQueue } from "../../../../simulator/checkers/total-queue.ts";
import { uniqueIds } from "../../../../simulator/checkers/unique-ids.ts";
import { SimHall } from "../../../../simulator/hall.ts";
import { simplePeople } from "../../../../simulator/people/simple-people.ts";
import { evidenceOf, play } from "../../../../simulator/run-seed.ts";

// One sound hour, tampered with in one place: each checker sees what is its own.

let sound: Evidence;
beforeAll(() => {
  const hall = new SimHall({ seed: 11, counters: 2, minutes: 15, faults: "none", people: simplePeople });
  expect(play(hall)).toBe(true);
  sound = evidenceOf(hall);
});

const without = (events: readonly HallEvent[], gone: (event: HallEvent) => boolean): HallEvent[] =>
  events.filter((event) => !gone(event));
const fromInput = (event: HallEvent): boolean => event.cause.kind === "input";
const inputIn = (events: readonly HallEvent[]) =>
  present(
    events.find((event) => event.type === "badge.recorded"),
    "a tap in the log",
  );

test("a sound hour satisfies every checker", () => {
  for (const checker of CHECKERS) expect([checker.name, checker.check(sound)]).toEqual([checker.name, []]);
});

describe("an input that is missing from the log", () => {
  const tampered = (): Evidence => {
    const { cause } = inputIn(sound.events);
    const same = (event: HallEvent): boolean => JSON.stringify(event.cause) === JSON.stringify(cause);
    return { ...sound, events: without(sound.events, same) };
  };
  test("is lost (I1)", () => {
    expect(totalQueue.check(tampered()).map(({ invariant }) => invariant)).toContain("I1");
    expect(taps.check(tampered()).map(({ invariant }) => invariant)).toEqual(["I1"]);
  });
  test("is a gap (I4)", () => {
    expect(gapless.check(tampered()).map(({ invariant }) => invariant)).toContain("I4");
  });
});

test("an input that no card ever held is unexpected (I2)", () => {
  const made = inputIn(sound.events);
  const cause = { ...made.cause, stream: "00000000-0000-4000-8000-000000000000" } as HallEvent["cause"];
  const events = [...sound.events, { ...made, cause }];
  expect(totalQueue.check({ ...sound, events }).map(({ invariant }) => invariant)).toEqual(["I2"]);
});

test("an input that acts twice is seen (I3)", () => {
  const again = present(sound.events.find(fromInput), "an event of an input");
  const events = [...sound.events, { ...again, seq: sound.events.length + 1 }];
  expect(uniqueIds.check({ ...sound, events }).map(({ invariant }) => invariant)).toContain("I3");
});

const dataChanged = (events: readonly HallEvent[], type: HallEvent["type"], change: object): HallEvent[] =>
  events.map((event) =>
    event.type === type ? ({ ...event, data: { ...event.data, ...change } } as HallEvent) : event,
  );
const twice = (events: readonly HallEvent[], type: HallEvent["type"]): HallEvent[] =>
  events.flatMap((event) => (event.type === type ? [event, event] : [event]));

const TAMPERED: [string, Checker, (events: readonly HallEvent[]) => HallEvent[], string][] = [
  [
    "a call that is shown and not in the log",
    calls,
    (all) => without(all, ({ type }) => type === "ticket.called"),
    "I18",
  ],
  ["a ticket called twice over", visits, (all) => twice(all, "ticket.called"), "I3"],
  ["a clerk who signs on twice", duty, (all) => twice(all, "staff.signed-on"), "I5"],
  ["an epoch given twice", epochs, (all) => twice(all, "controller.started"), "epoch"],
  ["a service of less than no time", clocks, (all) => dataChanged(all, "visit.ended", { servedMs: -1 }), "I14"],
  ["a day of another date", days, (all) => dataChanged(all, "day.opened", { date: "2026-03-03" }), "day"],
  ["a rating of a visit that goes on", ratings, (all) => all.map(asRating), "rating"],
  ["a badge of somebody else", faithful, (all) => dataChanged(all, "badge.recorded", { badge: "f".repeat(64) }), "I2"],
  ["a ticket that came last and is first", fairness, (all) => lateComersFirst(all), "fairness"],
];

const asRating = (event: HallEvent): HallEvent =>
  event.type === "visit.started"
    ? ({ ...event, type: "rating.given", data: { ...event.data, staffId: "s1", level: 5 } } as HallEvent)
    : event;

/** As if every ticket had been of a lower class than the one before. */
const lateComersFirst = (events: readonly HallEvent[]): HallEvent[] =>
  events.map((event, at) =>
    event.type === "ticket.issued" ? { ...event, data: { ...event.data, rank: -at } } : event,
  );

test.each(TAMPERED)("%s is seen", (_title, checker, tamper, invariant) => {
  const found = checker.check({ ...sound, events: tamper(sound.events) });
  expect(found.map((violation) => violation.invariant)).toContain(invariant);
});

test("a paper whose ticket nobody knows is seen (I1)", () => {
  const events = without(sound.events, (event) => event.type === "ticket.issued");
  expect(uniqueIds.check({ ...sound, events }).map(({ invariant }) => invariant)).toContain("I1");
});

test("a changed byte in a record is seen (I15), and a log that folds to something else (I7)", () => {
  const records = sound.final.records.map((record, at) =>
    at === 5 ? { ...record, record: record.record.replace("trusted", "tampered") } : record,
  );
  expect(fold.check({ ...sound, final: { ...sound.final, records } })[0]?.invariant).toBe("I15");
  const hall = { ...present(sound.final.hall, "a running hall"), epoch: 77 };
  expect(fold.check({ ...sound, final: { ...sound.final, hall } })[0]?.invariant).toBe("I7");
});

test("a terminal that is away, keeps inputs or shows an old face is seen (I8)", () => {
  const [terminal, ...others] = sound.final.terminals;
  const away = { ...present(terminal, "a terminal"), connected: false };
  const terminals = [{ ...away, card: { ...away.card, done: away.card.head - 1 } }, ...others];
  const sights = sound.final.sights.map((sight) => ({ ...sight, shown: sight.sent - 1 }));
  const found = liveness.check({ ...sound, final: { ...sound.final, terminals, sights } });
  const [first, second, ...rest] = found.map(({ detail }) => detail);
  expect([first, second]).toEqual([expect.stringContaining("not connected"), expect.stringContaining("still keeps 1")]);
  expect(rest.map((detail) => detail.includes("shows face"))).toEqual(sights.map(() => true));
});

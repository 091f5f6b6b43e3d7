// Proves the laws of the hall under whatever people press, in any order, at any counter: the invariants hold after
// every step, the same events fold to the same state, and a snapshot is the state.
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, Desired, type FactType, type IntentType } from "../../../../protocol/index.ts";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import type { EventType } from "../../../../controller/core/events.ts";
import { evolve } from "../../../../controller/core/hall.ts";
import { freezeHall, thawHall } from "../../../../controller/core/snapshot.ts";
import { emptyHall, type HallView } from "../../../../controller/core/state.ts";
import { faceOf } from "../../../../controller/projections/face.ts";
import { DESK_SOMETIMES, deskStep } from "./desk-steps.ts";
import { badge, counterId, TestHall, terminalId, testConfiguration } from "../../../support/test-hall.ts";

const COUNTERS = 3;

type Step = (hall: TestHall) => void;

const window = fc.integer({ min: 1, max: COUNTERS });
const nobody = "00000000-0000-4000-8000-00000000dead";

/** Clerks of every window; one more of the first two (B post); an inspector; a technician. Window 1 is shared. */
function lawsConfiguration(counters = COUNTERS): HallConfiguration {
  const base = testConfiguration(counters);
  const spare = base.staff.at(-1);
  const someone = (n: number, more: object) => ({ ...spare, id: `x${n}`, badges: [badge(n)], ...more });
  return HallConfiguration.parse({
    ...base,
    counters: base.counters.map((counter) => ({ ...counter, shared: counter.id === "1" })),
    staff: [
      ...base.staff.slice(0, counters),
      someone(COUNTERS + 1, { backup: base.counters.slice(0, 2).map(({ id }) => id) }),
      someone(COUNTERS + 2, { roles: ["inspector"] }),
      someone(COUNTERS + 3, { roles: ["technician"] }),
    ],
    lunchDuty: [{ staff: ["s01"] }],
  });
}

const tap = fc.tuple(window, fc.integer({ min: 1, max: COUNTERS + 4 })).map(
  ([n, person]): Step =>
    (hall) =>
      hall.input(n, "badge-presented", { badge: badge(person) }),
);
/** The second tap comes a few seconds after the first, or the card lies on the reader. */
const doubleTap = fc.tuple(window, fc.integer({ min: 1, max: COUNTERS + 1 }), fc.constantFrom(500, 4_000)).map(
  ([n, person, pauseMs]): Step =>
    (hall) => {
      hall.input(n, "badge-presented", { badge: badge(person) });
      hall.wait(pauseMs, 500);
      hall.input(n, "badge-presented", { badge: badge(person) });
    },
);
const assistance = fc.tuple(window, fc.boolean()).map(
  ([n, answered]): Step =>
    (hall) => {
      if (answered) hall.attempt({ type: "clear-assistance", counterId: counterId(n) });
      else hall.input(n, "assistance-requested");
    },
);
const ticket = fc.constantFrom("apply", "social").map(
  (service): Step =>
    (hall) => {
      const order = { type: "issue-ticket", serviceId: service, ticketId: `${nobody.slice(0, -6)}${idOf(hall)}` };
      hall.attempt(order as Parameters<TestHall["attempt"]>[0]);
    },
);
const idOf = (hall: TestHall): string => String(hall.hall.position).padStart(6, "0");

const press = fc
  .tuple(
    window,
    fc.constantFrom<(FactType | IntentType)[]>(
      "call-next",
      "recall",
      "no-show",
      "disarm",
      "hold",
      "recall-held",
      "pause",
      "resume",
      "cycle-pause",
      "pause-planned",
      "pause-unplanned",
      "service-started",
      "service-finished",
    ),
    fc.boolean(),
  )
  .map(
    ([n, type, outdated]): Step =>
      (hall) => {
        const visit = hall.counter(n).visit;
        const body = { visitId: visit?.visitId ?? nobody };
        const basis = outdated ? { basis: { epoch: 1, position: 0 } } : {};
        hall.input(n, type, body, basis);
      },
  );
const rate = fc.tuple(window, fc.integer({ min: 1, max: 5 })).map(
  ([n, level]): Step =>
    (hall) => {
      const visits = [...hall.hall.ratings.keys()];
      hall.input(n, "rating-given", { visitId: visits.at(-1) ?? nobody, level });
    },
);
const wait = fc.constantFrom(1_000, 2_000, 6_000, 25_000, 70_000, 9_000_000).map(
  (durationMs): Step =>
    (hall) =>
      hall.wait(durationMs, Math.max(1_000, durationMs / 4)),
);
/** A terminal is lost for good or for a while, and comes back with its next session. */
const link = fc.tuple(window, fc.boolean()).map(
  ([n, up]): Step =>
    (hall) => {
      if (up) hall.born(n);
      else if (hall.hall.terminals.has(terminalId(n))) hall.lost(n);
    },
);
const restart = fc.integer({ min: 1, max: COUNTERS }).map(
  (counters): Step =>
    (hall) =>
      hall.run({ type: "start", version: "test", configuration: lawsConfiguration(counters) }),
);
/** What somebody who knows the gesture table presses next: without it most random walks never reach a rating. */
const GESTURES: { readonly [phase: string]: readonly (FactType | IntentType)[] } = {
  idle: ["call-next", "call-next", "recall-held", "pause"],
  armed: ["disarm", "pause", "assistance-requested"],
  rating: ["call-next"],
  called: ["service-started", "service-started", "recall", "no-show"],
  presumed: ["service-finished", "service-started", "no-show"],
  serving: ["service-finished", "hold", "pause-planned", "pause-unplanned"],
  paused: ["resume", "cycle-pause"],
};
const sensible = fc.tuple(window, fc.nat({ max: 3 })).map(
  ([n, choice]): Step =>
    (hall) => {
      const { paused, onDuty } = hall.counter(n);
      if (paused === "out") return void hall.input(n, "badge-presented", { badge: badge(Number(onDuty?.slice(1))) });
      const gestures = GESTURES[hall.phase(n)] ?? [];
      const type = gestures[choice % gestures.length];
      const visitId = hall.counter(n).visit?.visitId;
      if (type !== undefined) hall.input(n, type, visitId === undefined ? {} : { visitId });
    },
);
/** A clerk goes out and comes back: three taps of the same card, seconds apart. */
const outing = window.map(
  (n): Step =>
    (hall) => {
      for (const pauseMs of [5_000, 2_000, 10_000]) {
        hall.wait(pauseMs, 1_000);
        hall.signOn(n);
      }
    },
);
const step = fc.oneof(
  { weight: 1, arbitrary: outing },
  { weight: 9, arbitrary: sensible },
  { weight: 3, arbitrary: press },
  { weight: 2, arbitrary: tap },
  { weight: 1, arbitrary: doubleTap },
  { weight: 1, arbitrary: assistance },
  { weight: 3, arbitrary: ticket },
  { weight: 2, arbitrary: wait },
  { weight: 2, arbitrary: rate },
  { weight: 1, arbitrary: link },
  { weight: 3, arbitrary: deskStep(COUNTERS) },
);

const stateText = (hall: HallView): string => canonicalJson(freezeHall(hall));

const walkOf = (arbitrary: fc.Arbitrary<Step>) => fc.array(arbitrary, { minLength: 40, maxLength: 160, size: "max" });

/** A hall with everybody at their window and some tickets waiting. */
function openHall(): TestHall {
  const hall = new TestHall(lawsConfiguration());
  for (let n = 1; n <= COUNTERS; n += 1) hall.signOn(n);
  for (let count = 0; count < 4; count += 1) hall.ticket();
  hall.wait(6_000, 1_000);
  return hall;
}

/** What must have happened somewhere in the walks, or they prove nothing. */
const SOMETIMES: readonly EventType[] = [
  ...DESK_SOMETIMES,
  "ticket.called",
  "ticket.recalled",
  "ticket.closed",
  "call.announced",
  "visit.started",
  "visit.ended",
  "rating.given",
  "rating.expired",
  "counter.paused",
  "counter.resumed",
  "counter.pause-planned",
  "counter.pause-changed",
  "counter.armed",
  "counter.disarmed",
  "visit.presumed",
  "ticket.held",
  "ticket.returned",
  "question.asked",
  "staff.went-out",
  "staff.came-back",
  "staff.signed-off",
  "staff.took-over",
  "staff.became-acting",
  "duty.ended",
  "patrol.recorded",
  "maintenance.begun",
  "assistance.answered",
  "day.opened",
  "intent.refused",
  "fact.recorded",
];

test("I3, I5, I6 hold after every step, whatever is pressed", () => {
  const seen = new Set<EventType>();
  fc.assert(
    fc.property(walkOf(step), (steps) => {
      const hall = openHall();
      for (const act of steps) {
        act(hall);
        expect(hall.breaches()).toEqual([]);
      }
      for (const event of hall.events) seen.add(event.type);
      for (const counter of hall.hall.counters.values()) {
        const face = { ...faceOf(hall.hall, counter, hall.now), epoch: 1, rev: 1 };
        expect(Desired.parse(face)).toEqual(face);
      }
    }),
    { numRuns: 150 },
  );
  expect(SOMETIMES.filter((type) => !seen.has(type))).toEqual([]);
});

test("I7: the fold of the log is the state, and a thawed snapshot is the state", () => {
  const withRestarts = fc.oneof({ weight: 12, arbitrary: step }, { weight: 1, arbitrary: restart });
  fc.assert(
    fc.property(walkOf(withRestarts), (steps) => {
      const hall = openHall();
      for (const act of steps) {
        try {
          act(hall);
        } catch (thrown) {
          if (String(thrown).includes("missing: counter")) continue; // A window the restart took away.
          throw thrown;
        }
      }
      const replayed = emptyHall();
      for (const event of hall.events) evolve(replayed, event);
      expect(stateText(replayed)).toBe(stateText(hall.hall));
      expect(stateText(thawHall(freezeHall(hall.hall)))).toBe(stateText(hall.hall));
      expect(hall.breaches()).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("I4: every input leaves at least one event that names it", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(press, tap, rate), { minLength: 1, maxLength: 30 }), (steps) => {
      const hall = new TestHall(testConfiguration(COUNTERS));
      for (const act of steps) {
        const before = hall.events.length;
        act(hall);
        expect(hall.events.slice(before).some((event) => event.cause.kind === "input")).toBe(true);
      }
    }),
  );
});

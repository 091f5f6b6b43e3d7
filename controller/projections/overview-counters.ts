import { z } from "zod";
import {
  Bilingual,
  bilingual,
  CounterId,
  CounterPhase,
  type EpochMs,
  PersonOnDuty,
  TerminalId,
  TicketNumber,
} from "../../protocol/index.ts";
import { type CounterView, phaseOf } from "../core/counters/counter.ts";
import { isOpenAt } from "../core/staff/sessions.ts";
import type { HallView } from "../core/state.ts";
import { faceOf } from "./face.ts";

const instant = z.number().nonnegative().describe("UTC milliseconds.");

/** Tickets on one counter's shelf are named up to this many; the rest is counted. */
const HELD_SHOWN_MAX = 8;

/** One window as those who run the hall see it. No ratings of a person: only how many were asked and answered. */
export const CounterOverview = z.object({
  counter: CounterId,
  terminal: TerminalId,
  title: Bilingual,
  phase: CounterPhase,
  /** Since when the phase lasts, where the hall knows it. */
  sinceMs: instant.nullable(),
  person: PersonOnDuty.nullable(),
  colleague: PersonOnDuty.nullable(),
  onDutySinceMs: instant.nullable(),
  ticketNumber: TicketNumber.nullable(),
  callCount: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  /** The hall works, somebody is rostered here, and nobody is on duty. */
  vacant: z.boolean(),
  /** Since when the window calls for help; null when it does not. */
  assistanceSinceMs: instant.nullable(),
  /** Why and since when its clerk is away, and until when if they said so (QUE-07). */
  pause: z.object({ reason: Bilingual, sinceMs: instant.nullable(), untilMs: instant.nullable() }).nullable(),
  held: z.object({ count: z.int().nonnegative(), numbers: z.array(TicketNumber) }),
  extended: z.boolean(),
  ratings: z.object({ asked: z.int().nonnegative(), given: z.int().nonnegative() }),
});
export type CounterOverview = z.infer<typeof CounterOverview>;

export function counterOverviews(hall: HallView, now: EpochMs): CounterOverview[] {
  const held = heldByCounter(hall);
  const ratings = ratingsByCounter(hall);
  return [...hall.counters.values()].map((counter) => ({
    ...overviewOf(hall, counter, now),
    held: shelf(held.get(counter.counterId) ?? []),
    ratings: ratings.get(counter.counterId) ?? { asked: 0, given: 0 },
  }));
}

function overviewOf(hall: HallView, counter: CounterView, now: EpochMs): Omit<CounterOverview, "held" | "ratings"> {
  const { nameplate, waiting } = faceOf(hall, counter, now);
  const phase = phaseOf(counter);
  return {
    counter: counter.counterId,
    terminal: counter.terminalId,
    title: nameplate.service,
    phase,
    sinceMs: sinceOf(hall, counter, phase),
    person: nameplate.person,
    colleague: nameplate.colleague,
    onDutySinceMs: counter.onDutySinceMs,
    ticketNumber: nameplate.ticketNumber,
    callCount: counter.visit?.callCount ?? 0,
    waiting,
    vacant: isVacant(hall, counter, now),
    assistanceSinceMs: counter.assistanceAtMs,
    pause: pauseOf(hall, counter),
    extended: counter.extended !== null,
  };
}

function isVacant(hall: HallView, { counterId, onDuty, maintenance }: CounterView, now: EpochMs): boolean {
  if (onDuty !== null || maintenance !== null || !isOpenAt(hall, now)) return false;
  return hall.configuration?.staff.some(({ counters }) => counters.includes(counterId)) === true;
}

function sinceOf(hall: HallView, counter: CounterView, phase: CounterPhase): EpochMs | null {
  const { visit, rating } = counter;
  switch (phase) {
    case "called":
      return visit?.calledAtMs ?? null;
    case "presumed":
      return visit?.presumedAtMs ?? null;
    case "serving":
      return visit?.startedAtMs ?? visit?.presumedAtMs ?? null;
    case "rating":
      return rating === null ? null : (hall.ratings.get(rating)?.openedAtMs ?? null);
    case "paused":
      return pauseOf(hall, counter)?.sinceMs ?? null;
    case "armed":
      return counter.armedSinceMs;
    case "maintenance":
      return counter.maintenance?.sinceMs ?? null;
    default:
      return null;
  }
}

interface PauseSeen {
  readonly reason: Bilingual;
  readonly sinceMs: EpochMs | null;
  readonly untilMs: EpochMs | null;
}

const OUT = bilingual("外出", "Out");
const PAUSED = bilingual("暂停", "Paused");

function pauseOf(hall: HallView, { paused, pause, onDuty }: CounterView): PauseSeen | null {
  if (paused === null) return null;
  if (paused === "out") {
    const outing = onDuty === null ? null : (hall.staff.get(onDuty)?.outing ?? null);
    return { reason: OUT, sinceMs: outing?.sinceMs ?? null, untilMs: null };
  }
  if (pause === null) return { reason: PAUSED, sinceMs: null, untilMs: null };
  const reason = hall.configuration?.pauseReasons.find(({ id }) => id === pause.reason)?.text ?? PAUSED;
  return { reason, sinceMs: pause.sinceMs, untilMs: pause.untilMs };
}

type Picked = Pick<CounterOverview, "held" | "ratings">;

const shelf = (numbers: readonly TicketNumber[]): Picked["held"] => ({
  count: numbers.length,
  numbers: numbers.slice(0, HELD_SHOWN_MAX),
});

function heldByCounter({ tickets }: HallView): ReadonlyMap<CounterId, readonly TicketNumber[]> {
  const shelves = new Map<CounterId, TicketNumber[]>();
  for (const { held, number } of tickets.values()) {
    if (held === null) continue;
    const there = shelves.get(held.counterId) ?? [];
    there.push(number);
    shelves.set(held.counterId, there);
  }
  return shelves;
}

/** Of the running day. Windows still open are not counted yet: their citizen is deciding. */
function ratingsByCounter(hall: HallView): ReadonlyMap<CounterId, Picked["ratings"]> {
  const counts = new Map<CounterId, { asked: number; given: number }>();
  const dayStartsAtMs = hall.day?.startsAtMs ?? 0;
  for (const { counterId, state, openedAtMs } of hall.ratings.values()) {
    if (state === "open" || openedAtMs < dayStartsAtMs) continue;
    const count = counts.get(counterId) ?? { asked: 0, given: 0 };
    count.asked += 1;
    if (state === "given") count.given += 1;
    counts.set(counterId, count);
  }
  return counts;
}

import { readEvent } from "../../controller/index.ts";
import { ticketStory } from "../../simulator/day/ticket-lives.ts";
import { dayPlan } from "../../simulator/day/day-plan.ts";
import { SimHall } from "../../simulator/hall.ts";
import { type Habits, ordinaryHabits } from "../../simulator/people/crowd/habits.ts";
import { peopleWith } from "../../simulator/people/crowd/hall-people.ts";

export interface QueueOptions {
  readonly counters: number;
  readonly perHour: number;
  readonly meanServiceS: number;
  readonly seed: number;
}

export interface QueueMeasured {
  readonly meanWaitS: number;
  /** What a ticket keeps its window busy: from its call to the window's next free moment. */
  readonly meanServiceS: number;
}

const MORNING_MINUTES = 270;
const HOURS = 4;

/** A morning of people without oddities, who come at a constant rate and are served by whoever is free. */
export function queueHall({ counters, perHour, meanServiceS, seed }: QueueOptions): QueueMeasured {
  const none = Object.fromEntries(Object.entries(ordinaryHabits(0)).map(([habit, value]) => [habit, still(value)]));
  const habits = {
    ...(none as unknown as Habits),
    citizens: Math.round(perHour * HOURS),
    intensity: [
      [0, 0],
      [8 * 60 - 0.1, 0],
      [8 * 60, 1],
      [12 * 60, 1],
      [12 * 60 + 0.1, 0],
      [24 * 60, 0],
    ],
    serviceMean: meanServiceS,
    serviceLeast: 1,
    betweenVisits: [0.5, 1],
    neverRates: 1,
  } as const;
  const day = dayPlan(counters);
  const plan = { ...day, services: day.services.slice(0, 1) }; // One line, for which every window calls.
  const hall = new SimHall({ seed, faults: "none", people: peopleWith(() => habits), plan });
  hall.open();
  hall.scheduler.runUntil(MORNING_MINUTES * 60e6, 50_000_000);
  const events = hall.controller.disk.records.map(readEvent);
  const { lives } = ticketStory(events);
  const waits = lives.flatMap((life) =>
    life.firstCalledAtMs === null ? [] : [life.firstCalledAtMs - life.issuedAtMs],
  );
  const calls = new Map<string, number>();
  const busy: number[] = [];
  for (const event of events) {
    if (event.type === "ticket.called") calls.set(event.data.counterId, event.recordedAtMs);
    if (event.type === "visit.ended") busy.push(event.recordedAtMs - (calls.get(event.data.counterId) ?? 0));
  }
  return { meanWaitS: mean(waits) / 1000, meanServiceS: mean(busy) / 1000 };
}

const still = (value: unknown): unknown => (typeof value === "number" ? 0 : value);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

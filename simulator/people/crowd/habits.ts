import type { Chance } from "../../time/chance.ts";
import type { WorldPlan } from "../../world-plan.ts";
import { type Intensity, TWO_PEAKS, withStragglers } from "./arrival-times.ts";

/** What the people of one hall are like. Shares are of visits, presses or people; rates, times an hour and window. */
export interface Habits {
  readonly citizens: number;
  readonly intensity: Intensity;
  /** Seconds at a window, mean; never under `serviceLeast`. */
  readonly serviceMean: number;
  readonly serviceLeast: number;
  /** Seconds a clerk takes from one visit to the next call. */
  readonly betweenVisits: readonly [number, number];
  /** Share that leaves after `patience` seconds of waiting. */
  readonly impatient: number;
  readonly patience: readonly [number, number];
  /** Share that is not in the hall when it is called, and comes seconds later: perhaps too late. */
  readonly latecomers: number;
  readonly lateBy: readonly [number, number];
  readonly secondTicket: number;
  /** Share of tickets that the kiosk watches out of the printer, and of those that never come out. */
  readonly printed: number;
  readonly paperJams: number;
  readonly neverRates: number;
  readonly ratesLate: number;
  readonly hammersKeypad: number;
  /** Clerks: share that is late for a session, forgets to sign off, forgets start, presses twice. */
  readonly lateForWork: number;
  readonly forgetsSignOff: number;
  readonly forgetsStart: number;
  readonly doublePress: number;
  /** Times an hour and window. */
  readonly breaks: number;
  readonly outings: number;
  readonly covers: number;
  readonly strayPresses: number;
  readonly assistance: number;
  /** Seconds. */
  readonly breakLength: readonly [number, number];
  /** Share of visits that end in a transfer, on hold, or by the desk's other acts. */
  readonly transfers: number;
  readonly holds: number;
  readonly outOfOrder: number;
  readonly declines: number;
  /** Times an hour in the whole hall. */
  readonly patrols: number;
  readonly maintenance: number;
  readonly strangers: number;
}

/** A hall on an ordinary day. */
export const ordinaryHabits = (citizens: number): Habits => ({
  citizens,
  intensity: TWO_PEAKS,
  serviceMean: 310,
  serviceLeast: 30,
  betweenVisits: [6, 25],
  impatient: 0.04,
  patience: [480, 2400],
  latecomers: 0.05,
  lateBy: [20, 240],
  secondTicket: 0.015,
  printed: 1,
  paperJams: 0.001,
  neverRates: 0.3,
  ratesLate: 0.05,
  hammersKeypad: 0.01,
  lateForWork: 0.04,
  forgetsSignOff: 0.03,
  forgetsStart: 0.06,
  doublePress: 0.01,
  breaks: 0.35,
  outings: 0.06,
  covers: 0.03,
  strayPresses: 0.05,
  assistance: 0.02,
  breakLength: [120, 720],
  transfers: 0.015,
  holds: 0.01,
  outOfOrder: 0.002,
  declines: 0.15,
  patrols: 3,
  maintenance: 0.3,
  strangers: 0.5,
});

/** Seldom, often or never: which habits a hall has is drawn, not only how strong they are. */
const oddly = (chance: Chance, least: number, most: number): number =>
  chance.happens(0.35) ? 0 : least * (most / least) ** chance.next();

/** A hall in a hurry: an hour of it holds what a week of an ordinary one does. */
export function drawHabits(chance: Chance, plan: WorldPlan): Habits {
  const shares = (least: number, most: number): number => oddly(chance, least, most);
  return {
    citizens: Math.round((plan.minutes * 60_000) / plan.arrivalMs),
    intensity: withStragglers(TWO_PEAKS, 0.3),
    serviceMean: chance.between(15, 90),
    serviceLeast: chance.pick([1, 3, 8]),
    betweenVisits: [0.5, chance.between(2, 30)],
    impatient: shares(0.02, 0.4),
    patience: [10, chance.between(60, 900)],
    latecomers: shares(0.02, 0.4),
    lateBy: [10, chance.between(60, 600)],
    secondTicket: shares(0.01, 0.2),
    printed: chance.pick([0, 0.5, 1]),
    paperJams: shares(0.005, 0.1),
    neverRates: chance.between(0, 0.6),
    ratesLate: shares(0.02, 0.3),
    hammersKeypad: shares(0.02, 0.3),
    lateForWork: shares(0.05, 0.5),
    forgetsSignOff: shares(0.05, 0.5),
    forgetsStart: shares(0.03, 0.5),
    doublePress: shares(0.02, 0.3),
    breaks: shares(0.5, 8),
    outings: shares(0.5, 6),
    covers: shares(0.5, 6),
    strayPresses: shares(1, 30),
    assistance: shares(0.3, 4),
    breakLength: [3, chance.between(20, 400)],
    transfers: shares(0.02, 0.3),
    holds: shares(0.02, 0.3),
    outOfOrder: shares(0.01, 0.2),
    declines: shares(0.1, 0.8),
    patrols: shares(1, 20),
    maintenance: shares(0.5, 6),
    strangers: shares(0.5, 10),
  };
}

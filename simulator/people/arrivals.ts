import { later, milliseconds, type MonoMs, type Random } from "../../protocol/index.ts";
import { gapOf } from "./draws.ts";

/** The door: who comes in, and when. */
export interface Arrivals {
  readonly nextAt: MonoMs;
}

export interface DoorSight {
  readonly at: MonoMs;
  /** Windows with somebody on duty. */
  readonly openCounters: number;
  /** Tickets waiting in the hall, as the board says. */
  readonly waiting: number;
}

/** What one visit takes a window from call to call, seconds: arrivals keep the windows busy, with a short queue. */
const SECONDS_PER_VISIT = 25;
/** Waiting tickets per open window from which people at the door come back another day. */
const CROWDED_PER_COUNTER = 4;
const CROWDED_SLOWDOWN = 4;

export const openDoor = (at: MonoMs): Arrivals => ({ nextAt: at });

/** How many come in now. People come one by one, at the pace the open windows can serve. */
export function stepArrivals(door: Arrivals, sight: DoorSight, random: Random): [Arrivals, arriving: boolean] {
  if (sight.at < door.nextAt || sight.openCounters === 0) return [door, false];
  const pace = (SECONDS_PER_VISIT * 1000) / sight.openCounters;
  const load = sight.waiting / sight.openCounters;
  // An empty hall fills faster, so that there is something to see soon after the start.
  const factor = load >= CROWDED_PER_COUNTER ? CROWDED_SLOWDOWN : load < 1 ? 0.5 : 1;
  return [{ nextAt: later(sight.at, gapOf(random, milliseconds(pace * factor))) }, true];
}

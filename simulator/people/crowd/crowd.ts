import type { TicketNumber, Timer } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { Floor } from "../people.ts";
import type { Habits } from "./habits.ts";
import type { WindowReading } from "./window-sign.ts";

/** What everybody in the hall has in common: the place, the hour, and that one may stop. */
export interface Crowd {
  readonly floor: Floor;
  readonly habits: Habits;
  /** Nothing is done any more once people rest. */
  after(delayMs: number, act: () => void): Timer;
  read(window: number): WindowReading;
  /** Whether the holder of this number stands at the window: whoever sits behind it can see that. */
  standsAt(window: number, number: TicketNumber): boolean;
}

/** Somebody who lives in the hall and looks up when a window changes. */
export interface Person {
  begin(): void;
  onSight?(window: number): void;
  /** The day is broken off: what only this person's badge can end, ends. Asked a few times. */
  settle?(): void;
}

/** Seconds to milliseconds, uniform in between. */
export const within = (chance: Chance, [from, to]: readonly [number, number]): number =>
  1000 * chance.between(from, Math.max(from, to));

/** Again and again, `perHour` times an hour on average. Never at 0. */
export function nowAndThen(crowd: Crowd, chance: Chance, perHour: number, act: () => void): void {
  if (perHour === 0) return;
  crowd.after(chance.gap(3_600_000 / perHour), () => {
    act();
    nowAndThen(crowd, chance, perHour, act);
  });
}

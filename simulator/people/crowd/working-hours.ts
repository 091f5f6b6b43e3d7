import type { WorldPlan } from "../../world-plan.ts";

/** A session of the day on which the world begins; milliseconds since the world's start, negative before it. */
export interface WorkingSession {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
/** Simulated halls stand in Shanghai: one offset, all year. */
const ZONE_AHEAD_MS = 8 * 3_600_000;

/** Milliseconds since local midnight, as the clock on the hall's wall shows it. */
export const timeOfDay = (epochMs: number): number => (epochMs + ZONE_AHEAD_MS) % DAY_MS;

/** The hall's hours, as they hang at its door. */
export function sessionsOf({ configuration, startMs }: WorldPlan): readonly WorkingSession[] {
  const beganMs = timeOfDay(startMs);
  const at = (time: string): number => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    return (hours * 60 + minutes) * 60_000 - beganMs;
  };
  return configuration.sessions.map(({ from, to }) => ({ fromMs: at(from), toMs: at(to) }));
}

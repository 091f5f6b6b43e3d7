import { type HallEvent, readEvent } from "../../controller/index.ts";
import { HallError } from "../../protocol/index.ts";
import { SimHall } from "../hall.ts";
import type { History } from "../history.ts";
import { ordinaryHabits } from "../people/crowd/habits.ts";
import { peopleWith } from "../people/crowd/hall-people.ts";
import { readSign } from "../people/crowd/window-sign.ts";
import type { WorldPlan } from "../world-plan.ts";
import { dayPlan } from "./day-plan.ts";

export interface DayOptions {
  readonly counters: number;
  readonly citizens: number;
  readonly seed: number;
}

/** A day that was played: what its controller wrote down, and what only the world knows. */
export interface PlayedDay {
  readonly options: DayOptions;
  readonly plan: WorldPlan;
  readonly events: readonly HallEvent[];
  readonly history: History;
}

/** From the world's start: the last session is over, and nobody comes any more. */
const EVENING_MS = 10 * 3_600_000;
/** Looks whether everybody has gone home. */
const LOOK_MS = 5 * 60_000;
/** Past midnight nobody is in the hall. */
const NIGHT_MS = 17 * 3_600_000;
const STEPS_MAX = 200_000_000;

/** Plays one working day without faults, to the moment when the last window has closed. */
export function playDay(options: DayOptions): PlayedDay {
  const { counters, citizens, seed } = options;
  const people = peopleWith(() => ordinaryHabits(citizens));
  const hall = new SimHall({ seed, faults: "none", people, plan: dayPlan(counters) });
  hall.open();
  for (let untilMs = EVENING_MS; untilMs <= NIGHT_MS; untilMs += LOOK_MS) {
    if (!hall.scheduler.runUntil(untilMs * 1000, STEPS_MAX)) throw endless();
    const [bug] = hall.bugs;
    if (bug !== undefined) throw bug.thrown;
    if (hall.terminals.every(isDark)) break;
  }
  return { options, plan: hall.plan, events: hall.controller.disk.records.map(readEvent), history: hall.history };
}

const isDark = ({ devices }: SimHall["terminals"][number]): boolean =>
  readSign(devices.nameplate.face.lines).sign === "closed";

const endless = (): HallError => new HallError("SIM_ENDLESS", `the day did not end in ${STEPS_MAX} steps`);

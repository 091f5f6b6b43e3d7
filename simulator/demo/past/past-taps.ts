import type { HallSeconds } from "../../../controller/index.ts";
import type { CounterId, StaffId } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { DemoHall, DemoStaff } from "../hall-plan.ts";
import type { PastDay } from "./past-days.ts";

export interface PastTap {
  readonly at: HallSeconds;
  /** Null: of whoever has no window of their own, at one that is staffed. */
  readonly counterId: CounterId | null;
  readonly staffId: StaffId;
}

/** What somebody does otherwise than every day, in seconds from the session's start and from its end. */
export interface OtherWay {
  readonly staffId: StaffId;
  readonly date: string;
  readonly session: number;
  /** Null: no tap. Absent: as on every day. */
  readonly in?: number | null;
  readonly out?: number | null;
  /** Somebody else's window. */
  readonly at?: CounterId;
}

const MINUTE_S = 60;
/** People come so many minutes early, and leave so many late. */
const IN_EARLY = { least: 2, most: 12 } as const;
const OUT_LATE = { least: 0.3, most: 7 } as const;

/** A day's taps of everybody: in before each session, out after it. */
export function tapsOn(hall: DemoHall, day: PastDay, ways: readonly OtherWay[], chance: Chance): PastTap[] {
  const clerks = hall.counters.flatMap(({ counterId, clerk }) => tapsOf(clerk, counterId, day, ways, chance));
  return [...clerks, ...leadsTaps(hall, day, ways, chance)];
}

function tapsOf(
  { staffId }: DemoStaff,
  usual: CounterId,
  day: PastDay,
  ways: readonly OtherWay[],
  chance: Chance,
): PastTap[] {
  return day.sessions.flatMap(({ from, to }, index) => {
    // Drawn in any case, so that a story told otherwise changes nobody else's day.
    const early = -MINUTE_S * chance.between(IN_EARLY.least, IN_EARLY.most);
    const late = MINUTE_S * chance.between(OUT_LATE.least, OUT_LATE.most);
    const way = ways.find((entry) => entry.staffId === staffId && entry.date === day.date && entry.session === index);
    const counterId = way?.at ?? usual;
    const moments = [shifted(from, way?.in, early), shifted(to, way?.out, late)];
    return moments.flatMap((at) => (at === null ? [] : [{ at: Math.round(at), counterId, staffId }]));
  });
}

const shifted = (from: HallSeconds, otherwise: number | null | undefined, usual: number): HallSeconds | null =>
  otherwise === null ? null : from + (otherwise ?? usual);

/** Who leads the hall has no window: they hold their badge to one that is staffed, where it is recorded and no more. */
const leadsTaps = ({ lead: { staffId } }: DemoHall, day: PastDay, ways: readonly OtherWay[], chance: Chance) =>
  day.sessions.flatMap(({ from, to }, index): PastTap[] => {
    const before = from - Math.round(chance.between(LEAD_BEFORE_S.least, LEAD_BEFORE_S.most));
    const after = to + Math.round(chance.between(LEAD_AFTER_S.least, LEAD_AFTER_S.most));
    const way = ways.find((entry) => entry.staffId === staffId && entry.date === day.date && entry.session === index);
    return [before, after].map((at) => ({ at, counterId: way?.at ?? null, staffId }));
  });

/** While clerks are surely there. */
const LEAD_BEFORE_S = { least: 30, most: 100 } as const;
const LEAD_AFTER_S = { least: 2, most: 15 } as const;

import { dateOf, type HallSeconds, hallSecondsAt, type Regulation, slotsOn } from "../../../controller/index.ts";
import { type EpochMs, present } from "../../../protocol/index.ts";

/** The hall has been working for so many working days when the demonstration first opens: a fortnight. */
export const PAST_WORKDAYS = 10;
const DAY_S = 86_400;
const MONDAY = 1;
const WEEK_DAYS = 7;
/** Before 1970-01-01, a Thursday, there were three days of its week. */
const EPOCH_WEEKDAY = 3;
/** A hall that hardly ever works has less of a past. */
const LOOK_BACK_MAX = 40;

/** A working day, its sessions in the hall's own seconds. */
export interface PastDay {
  readonly date: string;
  readonly weekday: number;
  readonly sessions: readonly Pick<ReturnType<typeof slotsOn>[number], "name" | "from" | "to">[];
}

/** The last working days before today by the hall's regulation, the earliest first. */
export function pastDays(regulation: Regulation, now: EpochMs): readonly PastDay[] {
  const today = Math.floor(hallSecondsAt(now, regulation.zone) / DAY_S);
  const days: PastDay[] = [];
  for (let back = 1; back <= LOOK_BACK_MAX && days.length < PAST_WORKDAYS; back += 1) {
    const sessions = slotsOn(regulation, today - back);
    if (sessions.length > 0) days.push({ date: dateOf(today - back), weekday: weekdayOf(today - back), sessions });
  }
  return days.toReversed();
}

const weekdayOf = (day: number): number => ((day + EPOCH_WEEKDAY) % WEEK_DAYS) + MONDAY;

/** What a story hangs on: the days of the last week that was published, and the day on which it was. */
export interface StoryDays {
  readonly week: readonly PastDay[];
  readonly published: PastDay;
  readonly yesterday: PastDay;
}

/** Null where holidays left no whole week: there is nothing to tell then. */
export function storyDays(days: readonly PastDay[]): StoryDays | null {
  const at = days.findLastIndex(({ weekday }) => weekday === MONDAY);
  const week = days.slice(Math.max(at - WORKWEEK, 0), Math.max(at, 0));
  const [published, yesterday] = [days[at], days.at(-1)];
  return week.length < WORKWEEK || published === undefined || yesterday === undefined
    ? null
    : { week, published, yesterday };
}

const WORKWEEK = 5;

/** The `index`-th session of a day, or its last. */
export const sessionOf = ({ sessions }: PastDay, index: number): PastDay["sessions"][number] =>
  present(sessions[index] ?? sessions.at(-1), "a session of a working day");

/** Hall seconds at "HH:MM" of the day. */
export function clockOn(day: PastDay, time: string): HallSeconds {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const midnight = sessionOf(day, 0).from - (sessionOf(day, 0).from % DAY_S);
  return midnight + hours * 3600 + minutes * 60;
}

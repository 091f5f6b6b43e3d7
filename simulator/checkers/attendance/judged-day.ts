import { completedHall, dayNumber, type DayNumber, HallConfiguration } from "../../../controller/index.ts";
import { present } from "../../../protocol/index.ts";
import { timeOfDay } from "../../people/crowd/working-hours.ts";
import type { WorldPlan } from "../../world-plan.ts";

/** The simulated Monday as attendance sees it: one session within the world, and the rules it is judged by. */
export interface JudgedDay {
  readonly day: DayNumber;
  /** The hall's configuration with attendance, which the world itself is played without: it changes no press. */
  readonly configuration: HallConfiguration;
  /** The session, in seconds from the day's midnight. */
  readonly fromS: number;
  readonly toS: number;
  /** Seconds from the day's midnight to which everything is judged: after the session, before the next. */
  readonly asOfS: number;
}

const DATE = "2026-03-02";
const MINUTE_S = 60;
/** From the world's begin to a session's, where none of the hall's begins; and from a session's end to the world's. */
const FROM_BEGIN_MIN = 10;
const TO_END_MIN = 2;
/** Afternoons begin when the world is over. */
const BREAK_MIN = 60;

const known = new Map<string, JudgedDay | null>();

/** Null: the world is over before anybody could be judged. */
export function judgedDayOf(plan: WorldPlan): JudgedDay | null {
  const key = `${plan.counters.length} ${plan.startMs} ${plan.minutes}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const judged = judgedDay(plan);
  known.set(key, judged);
  return judged;
}

function judgedDay(plan: WorldPlan): JudgedDay | null {
  const [from, to] = sessionIn(plan);
  if (to <= from) return null;
  const afternoon = [clockOf(to + BREAK_MIN), clockOf(to + 2 * BREAK_MIN)];
  const policy = {
    extends: "county",
    schedule: { main: { am: [clockOf(from), clockOf(to)], pm: afternoon }, summer: { pm: afternoon } },
    // From the first second on: whoever comes a moment late shows what a clock in doubt makes of it.
    late: { countFrom: { over: "0:00" } },
    early: { countOver: { over: "0:00" } },
  };
  const attendance = { policy, settings: { summer: { from: "06-01", to: "09-30" } }, from: DATE };
  const configuration = HallConfiguration.parse({ ...plan.configuration, attendance });
  return {
    day: present(dayNumber(DATE), DATE),
    configuration: completedHall(configuration, "/nowhere"),
    fromS: Math.floor(from) * MINUTE_S,
    toS: to * MINUTE_S,
    asOfS: (to + BREAK_MIN / 2) * MINUTE_S,
  };
}

/** Minutes of the day: the hall's own session where it begins or ends within the world, else the world's middle. */
function sessionIn({ configuration, startMs, minutes, counters }: WorldPlan): readonly [from: number, to: number] {
  const begin = timeOfDay(startMs) / 60_000;
  const end = begin + minutes - TO_END_MIN;
  const within = (time: string): boolean => minutesOf(time) > begin && minutesOf(time) < end;
  const opens = configuration.sessions.find(({ from }) => within(from));
  const closes = configuration.sessions.findLast(({ to }) => within(to));
  const isOpen = configuration.sessions.some(({ from, to }) => minutesOf(from) <= begin && minutesOf(to) > begin);
  // Who sits there when the world begins has just come: some a moment before the session, some after its begin.
  const middle = isOpen ? begin + (counters.length % 2) : begin + FROM_BEGIN_MIN;
  const from = opens === undefined ? middle : minutesOf(opens.from);
  return [from, Math.floor(closes === undefined ? end : minutesOf(closes.to))];
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(Math.floor(minutes % 60)).padStart(2, "0")}`;

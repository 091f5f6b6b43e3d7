import type { Policy, SessionHours, SessionName } from "../policy/policy.ts";
import type { Shift } from "./facts.ts";
import { dateOf, type DayNumber, type HallSeconds, startOf } from "./hall-time.ts";
import type { WorkCalendar } from "./work-calendar.ts";

/** A session of one day, its ends as integers. */
export interface Slot {
  readonly name: SessionName;
  readonly from: HallSeconds;
  readonly to: HallSeconds;
  readonly halfDays: number;
  /** The rules that set its hours and made its day a working day. */
  readonly rules: readonly string[];
}

export interface DayPlan {
  readonly day: DayNumber;
  readonly isWorkday: boolean;
  readonly slots: readonly Slot[];
}

/** The sessions of every day. Reckoned once per day, whoever asks. */
export class Timetable {
  readonly #policy: Policy;
  readonly #calendar: WorkCalendar;
  readonly #plans = new Map<DayNumber, DayPlan>();

  constructor(policy: Policy, calendar: WorkCalendar) {
    this.#policy = policy;
    this.#calendar = calendar;
  }

  on(day: DayNumber): DayPlan {
    const known = this.#plans.get(day);
    if (known !== undefined) return known;
    const rules = this.#calendar.rulesOf(day);
    const slots = this.#hoursOn(day).map((hours) => slotOf(day, hours, rules));
    const plan = { day, isWorkday: this.#calendar.isWorkday(day), slots };
    this.#plans.set(day, plan);
    return plan;
  }

  /** A day as somebody works it: by their own shifts where they have some. */
  planFor(roster: ReadonlyMap<DayNumber, readonly Shift[]>, day: DayNumber): DayPlan {
    const shifts = roster.get(day);
    return shifts === undefined ? this.on(day) : this.rostered(day, shifts);
  }

  /** A day by somebody's own shifts; the hall's sessions stand for the rest day of somebody who has none. */
  rostered(day: DayNumber, shifts: readonly Shift[]): DayPlan {
    if (shifts.length === 0) return { ...this.on(day), isWorkday: false };
    const slots = shifts.map((shift, at) =>
      slotOf(day, { name: shiftName(shift, at, shifts.length), ...shift, rules: [] }, []),
    );
    return { day, isWorkday: true, slots };
  }

  #hoursOn(day: DayNumber): readonly SessionHours[] {
    const { hours, summer } = this.#policy;
    if (summer === null) return hours;
    const monthDay = dateOf(day).slice(5);
    return monthDay >= summer.from && monthDay <= summer.to ? summer.hours : hours;
  }
}

const NOON_S = 12 * 3600;

/** A lone shift that does not reach over noon is half a day. */
function shiftName({ fromS, toS }: Shift, at: number, count: number): SessionName {
  if (count > 1) return at === 0 ? "am" : "pm";
  if (fromS >= NOON_S) return "pm";
  return toS <= NOON_S ? "am" : "day";
}

const slotOf = (day: DayNumber, hours: SessionHours, rules: readonly string[]): Slot => ({
  name: hours.name,
  from: startOf(day) + hours.fromS,
  to: startOf(day) + hours.toS,
  halfDays: hours.name === "day" ? 2 : 1,
  rules: [...hours.rules, ...rules],
});

import { DAY_S, type DayNumber, dayOf, type HallSeconds } from "../core/attendance/hall-time.ts";
import type { DaySpan } from "../core/office/periods-named.ts";
import { evolve } from "../core/hall.ts";
import type { HallEvent } from "../core/events.ts";
import { emptyHall } from "../core/state.ts";
import { hallSecondsOf } from "./attendance/tap-events.ts";

// HRS-27: hours are set by the citizens' needs. How many came in each quarter of an hour, and how many windows served
// then: on the days on which anybody came or any window was open.

export const QUARTER_S = 900;
const QUARTERS = DAY_S / QUARTER_S;

/** One quarter of an hour of the day, over all days looked at. */
export interface DemandLine {
  /** Seconds since midnight at which it begins. */
  readonly fromS: number;
  readonly tickets: number;
  /** Open windows, averaged over its time and the days. */
  readonly windows: number;
}

export interface Demand {
  /** Days on which anybody came or any window was open. */
  readonly days: number;
  /** From the first quarter in which anything was until the last. */
  readonly lines: readonly DemandLine[];
}

/** Folds a hall's events from the first, in their order. Memory: a day of quarters, and the days. */
export class DemandTally {
  readonly #span: DaySpan;
  readonly #hall = emptyHall();
  readonly #days = new Set<DayNumber>();
  readonly #tickets = new Float64Array(QUARTERS);
  readonly #windowS = new Float64Array(QUARTERS);
  #open = 0;
  #sinceS: HallSeconds = 0;

  constructor(span: DaySpan) {
    this.#span = span;
  }

  note(event: HallEvent): void {
    const zone = this.#hall.configuration?.zone;
    const now = zone === undefined ? null : hallSecondsOf(event.recordedAtMs, zone);
    if (now !== null) this.#spread(now);
    evolve(this.#hall, event);
    if (event.type === "ticket.issued" && now !== null) this.#count(now);
    else this.#open = openWindows(this.#hall);
  }

  read(): Demand {
    const days = this.#days.size;
    const all = Array.from({ length: QUARTERS }, (_, at) => ({
      fromS: at * QUARTER_S,
      tickets: this.#tickets[at] ?? 0,
      windows: days === 0 ? 0 : (this.#windowS[at] ?? 0) / (QUARTER_S * days),
    }));
    const isAnything = ({ tickets, windows }: DemandLine): boolean => tickets > 0 || windows > 0;
    return { days, lines: all.slice(all.findIndex(isAnything), all.findLastIndex(isAnything) + 1) };
  }

  #count(now: HallSeconds): void {
    const day = dayOf(now);
    if (!this.#isWithin(day)) return;
    this.#days.add(day);
    const quarter = quarterOf(now);
    this.#tickets[quarter] = (this.#tickets[quarter] ?? 0) + 1;
  }

  /** The windows that have been open since the last event were open until this one. */
  #spread(now: HallSeconds): void {
    for (let at = this.#sinceS; this.#open > 0 && at < now; ) {
      const end = Math.min(now, at - (at % QUARTER_S) + QUARTER_S);
      if (this.#isWithin(dayOf(at))) {
        this.#days.add(dayOf(at));
        const quarter = quarterOf(at);
        this.#windowS[quarter] = (this.#windowS[quarter] ?? 0) + this.#open * (end - at);
      }
      at = end;
    }
    this.#sinceS = Math.max(now, this.#sinceS); // A clock that stepped back takes nothing away.
  }

  readonly #isWithin = (day: DayNumber): boolean => day >= this.#span.from && day <= this.#span.to;
}

const quarterOf = (at: HallSeconds): number => Math.floor((at % DAY_S) / QUARTER_S);

/** Manned, and not paused for whatever reason. */
const openWindows = ({ counters }: ReturnType<typeof emptyHall>): number =>
  [...counters.values()].filter(({ onDuty, paused, maintenance }) => onDuty !== null && !paused && maintenance === null)
    .length;

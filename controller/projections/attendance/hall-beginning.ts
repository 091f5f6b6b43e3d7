import { DAY_S, dayNumber, type HallSeconds } from "../../core/attendance/hall-time.ts";
import type { HallEvent } from "../../core/events.ts";
import { isTapEvent } from "./tap-events.ts";

/** Beside taps, what a day is made of that began before attendance was configured. */
const EARLY = /^(?:day\.opened|clock\.set|staff\..*)$/u;
const UNKNOWN = Number.NEGATIVE_INFINITY;

/** Since when anybody's badge can be on record, and what a day holds that began before attendance was configured. */
export class HallBeginning {
  #firstRecordAt: HallSeconds = UNKNOWN;
  #keptFrom: HallSeconds = UNKNOWN;
  #early: HallEvent[] = [];

  /** The first record of the log, or the first day of which taps were kept. */
  get inUseSince(): HallSeconds {
    return Math.max(this.#firstRecordAt, this.#keptFrom);
  }

  noteFirstRecord(at: HallSeconds): void {
    this.#firstRecordAt = at;
  }

  keep(event: HallEvent): void {
    if (event.type === "day.opened") this.#early = [];
    if (isTapEvent(event) || EARLY.test(event.type)) this.#early.push(event);
  }

  /** Attendance is configured: what was kept of the day that is not over yet. */
  takeEarly(): readonly HallEvent[] {
    const early = this.#early;
    const [opened] = early;
    if (opened?.type === "day.opened") this.#keptFrom = (dayNumber(opened.data.date) ?? 0) * DAY_S;
    this.#early = [];
    return early;
  }
}

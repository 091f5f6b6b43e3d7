import { type EventTimes, redated } from "../../core/attendance/redating.ts";
import type { EventOf, HallEvent } from "../../core/events.ts";

type Setting = EventOf<"clock.set">;
type Use = (times: EventTimes) => void;

/** What rests on times that were guessed, until the clock is set and says when it was. */
export class GuessedTimes {
  readonly #waiting: ((setting: Setting) => void)[] = [];

  /** Uses the event's times now, and `again` with the right ones, where they prove to be guessed. */
  nowAndAgain(event: HallEvent, use: Use, again: Use = use): void {
    use(event);
    if (event.guess !== undefined) this.#wait(event, again);
  }

  /** Uses the event's times as soon as they are known. */
  once(event: HallEvent, use: Use): void {
    if (event.guess === undefined) use(event);
    else this.#wait(event, use);
  }

  settle(setting: Setting): void {
    for (const use of this.#waiting.splice(0)) use(setting);
  }

  #wait(event: HallEvent, use: Use): void {
    this.#waiting.push((setting) => use(redated(event, setting)));
  }
}

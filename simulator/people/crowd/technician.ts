import type { Chance } from "../../time/chance.ts";
import type { SimStaff } from "../../world-plan.ts";
import { type Crowd, nowAndThen, type Person } from "./crowd.ts";

/** Works at windows that are closed; the badge begins and ends it. Some try at an open one. */
export class Technician implements Person {
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #me: SimStaff;
  #at: number | null = null;

  constructor(crowd: Crowd, chance: Chance, me: SimStaff) {
    this.#crowd = crowd;
    this.#chance = chance;
    this.#me = me;
  }

  begin(): void {
    nowAndThen(this.#crowd, this.#chance, this.#crowd.habits.maintenance, () => this.#come());
  }

  #come(): void {
    if (this.#at !== null) return;
    const { floor } = this.#crowd;
    const windows = [...floor.plan.counters.keys()];
    const closed = windows.filter((window) => this.#crowd.read(window).sign === "closed");
    const window = this.#chance.pick(closed.length > 0 && this.#chance.happens(0.9) ? closed : windows);
    this.#at = window;
    floor.tap(window, this.#me);
    this.#crowd.after(this.#chance.between(15_000, 600_000), () => {
      this.settle();
      this.#at = null;
    });
  }

  settle(): void {
    if (this.#at === null || this.#crowd.read(this.#at).sign !== "maintenance") return;
    this.#crowd.floor.tap(this.#at, this.#me);
  }
}

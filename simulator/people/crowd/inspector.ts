import type { Chance } from "../../time/chance.ts";
import type { SimStaff } from "../../world-plan.ts";
import { type Crowd, nowAndThen, type Person } from "./crowd.ts";

/** Walks the hall and leaves a tap where something is to be looked at. */
export class Inspector implements Person {
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #me: SimStaff;

  constructor(crowd: Crowd, chance: Chance, me: SimStaff) {
    this.#crowd = crowd;
    this.#chance = chance;
    this.#me = me;
  }

  begin(): void {
    nowAndThen(this.#crowd, this.#chance, this.#crowd.habits.patrols, () => this.#patrol());
  }

  /** A few windows side by side. */
  #patrol(): void {
    const { floor } = this.#crowd;
    const windows = floor.plan.counters.length;
    const first = this.#chance.below(windows);
    const visited = 1 + this.#chance.below(Math.min(4, windows));
    for (let step = 0; step < visited; step += 1) {
      this.#crowd.after(step * this.#chance.between(8_000, 40_000), () =>
        floor.tap((first + step) % windows, this.#me),
      );
    }
  }
}

import type { Chance } from "../../time/chance.ts";
import type { SimRole } from "../../world-plan.ts";
import { type Crowd, nowAndThen, type Person } from "./crowd.ts";

const WRONG: ReadonlySet<SimRole> = new Set(["untrained", "stranger", "old-card"]);

/** Badges at windows where they mean nothing: of strangers, lost ones, and colleagues at the wrong window. */
export class WrongBadges implements Person {
  readonly #crowd: Crowd;
  readonly #chance: Chance;

  constructor(crowd: Crowd, chance: Chance) {
    this.#crowd = crowd;
    this.#chance = chance;
  }

  begin(): void {
    nowAndThen(this.#crowd, this.#chance, this.#crowd.habits.strangers, () => this.#tap());
  }

  #tap(): void {
    const { floor } = this.#crowd;
    const { staff, counters } = floor.plan;
    const wrong = staff.filter(({ role }) => WRONG.has(role));
    const who = wrong.length > 0 && this.#chance.happens(0.6) ? this.#chance.pick(wrong) : this.#chance.pick(staff);
    floor.tap(this.#chance.below(counters.length), who);
  }
}

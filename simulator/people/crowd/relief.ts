import { present } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { SimStaff } from "../../world-plan.ts";
import { type Crowd, nowAndThen, type Person, within } from "./crowd.ts";
import type { WindowClerk } from "./window-clerk.ts";

/** Seconds. */
const STANDS_IN: readonly [number, number] = [300, 2400];
const SECOND_TAP: readonly [number, number] = [1.5, 6];

/** Stands in at one window at a time, and gives it back (代岗): two taps each way, as the plate asks. */
export class Relief implements Person {
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #me: SimStaff;
  readonly #clerks: readonly WindowClerk[];
  #at: WindowClerk | null = null;

  constructor(crowd: Crowd, chance: Chance, me: SimStaff, clerks: readonly WindowClerk[]) {
    this.#crowd = crowd;
    this.#chance = chance;
    this.#me = me;
    this.#clerks = clerks;
  }

  begin(): void {
    const { covers } = this.#crowd.habits;
    const reliefs = this.#crowd.floor.plan.staff.filter(({ role }) => role === "relief").length;
    nowAndThen(this.#crowd, this.#chance, (covers * this.#clerks.length) / Math.max(1, reliefs), () => this.#offer());
  }

  #offer(): void {
    if (this.#at !== null) return;
    const free = this.#clerks.filter(({ isIdle, holder }) => isIdle && holder.role === "clerk");
    if (free.length === 0) return;
    const clerk = this.#chance.pick(free);
    this.#takeFrom(clerk, this.#me, () => {
      this.#at = clerk;
      this.#crowd.after(within(this.#chance, STANDS_IN), () => this.#giveBack(clerk));
    });
  }

  #giveBack(clerk: WindowClerk): void {
    const own = present(this.#crowd.floor.plan.staff[clerk.window], "a window's own clerk");
    this.#takeFrom(clerk, own, () => {
      this.#at = null;
    });
    if (this.#at !== null) this.#crowd.after(60_000, () => this.#giveBack(clerk)); // A ticket is open, perhaps.
  }

  #takeFrom(clerk: WindowClerk, who: SimStaff, then: () => void): void {
    const { floor } = this.#crowd;
    floor.tap(clerk.window, who);
    this.#crowd.after(within(this.#chance, SECOND_TAP), () => {
      const { asks, sign } = this.#crowd.read(clerk.window);
      if (asks !== "take-over" && sign !== "closed") return;
      floor.tap(clerk.window, who);
      clerk.holder = who;
      then();
    });
  }
}

import type { TicketNumber, Timer } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { Floor, MakePeople, People } from "../people.ts";
import { simplePeople } from "../simple-people.ts";
import { Citizens } from "./citizens.ts";
import type { Crowd, Person } from "./crowd.ts";
import { drawHabits, type Habits } from "./habits.ts";
import { Inspector } from "./inspector.ts";
import { Relief } from "./relief.ts";
import { Technician } from "./technician.ts";
import { WindowClerk } from "./window-clerk.ts";
import { readSign, type WindowReading } from "./window-sign.ts";
import { WrongBadges } from "./wrong-badges.ts";

/** Everybody in the hall, each with what they can see, their habits and a chance of their own. */
export const peopleWith =
  (habitsOf: (chance: Chance, floor: Floor) => Habits): MakePeople =>
  (floor, chance) =>
    new HallPeople(floor, chance, habitsOf(chance.stream("habits"), floor));

/** For seeds: in most halls people with habits that are drawn too, in some those who press on at random. */
export const seedPeople: MakePeople = (floor, chance) =>
  chance.stream("kind").happens(0.25)
    ? simplePeople(floor, chance)
    : peopleWith((own) => drawHabits(own, floor.plan))(floor, chance);

/** After the end; the last one leaves time for others to try the windows. */
const SETTLE_AT_MS = [2_500, 8_000, 16_000] as const;

class HallPeople implements People, Crowd {
  readonly floor: Floor;
  readonly habits: Habits;
  readonly #citizens: Citizens;
  readonly #clerks: readonly WindowClerk[];
  readonly #others: readonly Person[];
  #resting = false;

  constructor(floor: Floor, chance: Chance, habits: Habits) {
    this.floor = floor;
    this.habits = habits;
    const windows = [...floor.plan.counters.keys()];
    this.#clerks = windows.map((window) => new WindowClerk(this, chance.stream(`clerk ${window}`), window));
    this.#citizens = new Citizens(this, chance.stream("citizens"), (window) => this.#clerks[window]?.onArrival());
    this.#others = [new WrongBadges(this, chance.stream("wrong badges")), ...this.#walking(chance)];
  }

  open(): void {
    for (const person of [this.#citizens, ...this.#clerks, ...this.#others]) person.begin();
  }

  onSight(window: number): void {
    if (this.#resting) return;
    this.#clerks[window]?.onSight();
    this.#citizens.onSight(window);
  }

  /** Nobody else could end an outing or a maintenance, and boxes may still be dark. */
  rest(): void {
    this.#resting = true;
    for (const delayMs of SETTLE_AT_MS) {
      this.floor.after(delayMs, () => {
        for (const person of [...this.#clerks, ...this.#others]) person.settle?.();
      });
    }
  }

  after(delayMs: number, act: () => void): Timer {
    return this.floor.after(delayMs, () => {
      if (!this.#resting) act();
    });
  }

  read(window: number): WindowReading {
    return readSign(this.floor.lines(window));
  }

  standsAt(window: number, number: TicketNumber): boolean {
    return this.#citizens.standsAt(window, number);
  }

  #walking(chance: Chance): Person[] {
    return this.floor.plan.staff.flatMap((me): Person[] => {
      const own = chance.stream(me.staffId);
      if (me.role === "relief") return [new Relief(this, own, me, this.#clerks)];
      if (me.role === "inspector") return [new Inspector(this, own, me)];
      return me.role === "technician" ? [new Technician(this, own, me)] : [];
    });
  }
}

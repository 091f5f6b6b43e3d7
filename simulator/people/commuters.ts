import type { Chance } from "../time/chance.ts";
import type { AttendancePlan, SimStaff } from "../world-plan.ts";
import type { Floor } from "./people.ts";

/** Milliseconds around a session's begin and end at which people come and go. */
const COMES: readonly [number, number] = [-300_000, 240_000];
const GOES: readonly [number, number] = [-180_000, 240_000];
/** Without a green light one tries again. */
const TRY_AGAIN: readonly [number, number] = [3_000, 12_000];
const TRIES = 4;
/** Share of sessions to which somebody does not come, or from which goes without a tap. */
const STAYS_AWAY = 0.1;
const FORGETS = 0.12;

const ROLES: ReadonlySet<string> = new Set(["clerk", "relief", "untrained"]);

/** Where a hall keeps attendance: everybody who is judged comes to the sessions and goes, more or less in time. */
export class Commuters {
  readonly #floor: Floor;
  readonly #chance: Chance;
  readonly #sessions: AttendancePlan["sessions"];
  #resting = false;

  constructor(floor: Floor, chance: Chance, { sessions }: AttendancePlan) {
    this.#floor = floor;
    this.#chance = chance;
    this.#sessions = sessions;
  }

  open(): void {
    const judged = this.#floor.plan.staff.filter(({ role }) => ROLES.has(role));
    for (const person of judged) for (const session of this.#sessions) this.#planFor(person, session);
  }

  rest(): void {
    this.#resting = true;
  }

  #planFor(person: SimStaff, { fromMs, toMs }: AttendancePlan["sessions"][number]): void {
    const chance = this.#chance;
    const [comesAt, goesAt] = [fromMs + chance.between(...COMES), toMs + chance.between(...GOES)];
    const [away, forgets] = [chance.happens(STAYS_AWAY), chance.happens(FORGETS)];
    if (away) return;
    this.#tapAt(person, comesAt);
    if (!forgets) this.#tapAt(person, goesAt);
  }

  #tapAt(person: SimStaff, atMs: number): void {
    const inMs = atMs - this.#floor.epochMs();
    if (inMs > 0) this.#floor.after(inMs, () => this.#tap(person, TRIES));
  }

  #tap(person: SimStaff, triesLeft: number): void {
    if (this.#resting || triesLeft === 0) return;
    const window = person.counter ?? this.#chance.below(this.#floor.plan.counters.length);
    if (this.#floor.tap(window, person)) return;
    this.#floor.after(this.#chance.between(...TRY_AGAIN), () => this.#tap(person, triesLeft - 1));
  }
}

import {
  type Clock,
  type CounterId,
  type Level,
  milliseconds,
  type Random,
  type ServiceId,
  type TicketNumber,
  type Timer,
} from "../../protocol/index.ts";
import { type Arrivals, openDoor, stepArrivals } from "./arrivals.ts";
import { arrive, type Citizen, type CitizenInput, stepCitizen, type WindowSight, withTicket } from "./citizen.ts";
import { type Clerk, newClerk, stepClerk } from "./clerk.ts";
import { happens, pick } from "./draws.ts";

/** What the people of a hall can do and see. Nothing here knows more than somebody standing in it. */
export interface HallSenses {
  /** Every window, as it looks just now. */
  windows(): ReadonlyMap<CounterId, WindowSight>;
  /** Waiting tickets by service, as the board says; null while no board is to be seen. */
  board(): ReadonlyMap<ServiceId, number> | null;
  press(counterId: CounterId, button: "call" | "pause", held: "short" | "long"): void;
  tapOwnBadge(counterId: CounterId): void;
  rate(counterId: CounterId, level: Level): void;
  /** Null: the kiosk gave nothing. */
  takeTicket(serviceId: ServiceId): Promise<TicketNumber | null>;
}

export interface HallPlan {
  /** Services, each as often asked for as its weight says. */
  readonly services: readonly (readonly [ServiceId, number])[];
  /** Services of every window with a clerk. */
  readonly served: ReadonlyMap<CounterId, readonly ServiceId[]>;
}

/** People look around so often. */
const GLANCE = milliseconds(250);
/** A called number nobody is known to hold (taken before we looked, or at the kiosk page) has a holder so often. */
const STRANGER_COMES = 0.9;
const CITIZENS_MAX = 400;

/** The crowd: clerks, citizens and the door, driven by glances. */
export class HallFloor {
  readonly #senses: HallSenses;
  readonly #plan: HallPlan;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #clerks: Map<CounterId, Clerk>;
  readonly #citizens = new Map<number, Citizen>();
  /** Numbers somebody held or nobody will come for: no stranger takes them up. */
  readonly #known = new Set<TicketNumber>();
  #door: Arrivals;
  #names = 0;

  constructor(senses: HallSenses, plan: HallPlan, clock: Clock, random: Random) {
    this.#senses = senses;
    this.#plan = plan;
    this.#clock = clock;
    this.#random = random;
    this.#clerks = new Map([...plan.served.keys()].map((counterId) => [counterId, newClerk]));
    this.#door = openDoor(clock.mono());
  }

  /** Lets them live until the timer is cancelled. */
  start(): Timer {
    return this.#clock.every(GLANCE, () => this.glance());
  }

  glance(): void {
    const windows = this.#senses.windows();
    this.#meetStrangers(windows);
    for (const name of this.#citizens.keys()) this.#citizenSees(name, windows);
    for (const [counterId, clerk] of this.#clerks) this.#clerkSees(counterId, clerk, windows);
    this.#watchDoor(windows);
  }

  #watchDoor(windows: ReadonlyMap<CounterId, WindowSight>): void {
    const board = this.#senses.board();
    if (board === null || this.#citizens.size >= CITIZENS_MAX) return;
    const openCounters = [...windows.values()].filter(({ plate }) => OPEN_SIGNS.has(plate.sign)).length;
    const waiting = [...board.values()].reduce((sum, count) => sum + count, 0);
    const at = this.#clock.mono();
    const [door, arriving] = stepArrivals(this.#door, { at, openCounters, waiting }, this.#random);
    this.#door = door;
    if (arriving) this.#admit(arrive(at, pick(this.#random, this.#plan.services), this.#random));
  }

  #admit(citizen: Citizen): void {
    this.#names += 1;
    this.#citizens.set(this.#names, citizen);
  }

  #meetStrangers(windows: ReadonlyMap<CounterId, WindowSight>): void {
    for (const { plate } of windows.values()) {
      if (plate.sign !== "called" || this.#known.has(plate.number)) continue;
      this.#known.add(plate.number);
      if (happens(this.#random, STRANGER_COMES))
        this.#admit(withTicket(this.#clock.mono(), plate.number, this.#random));
    }
  }

  #citizenSees(name: number, windows: ReadonlyMap<CounterId, WindowSight>): void {
    this.#tell(name, { type: "looked", at: this.#clock.mono(), windows });
  }

  #tell(name: number, input: CitizenInput): void {
    const before = this.#citizens.get(name);
    if (before === undefined) return;
    const [after, effects] = stepCitizen(before, input, this.#random);
    if (after.phase === "gone") this.#citizens.delete(name);
    else this.#citizens.set(name, after);
    for (const effect of effects) {
      if (effect.type === "rate") this.#senses.rate(effect.counterId, effect.level);
      else void this.#goToKiosk(name, effect.serviceId);
    }
  }

  async #goToKiosk(name: number, serviceId: ServiceId): Promise<void> {
    const number = await this.#senses.takeTicket(serviceId);
    if (number === null) return this.#tell(name, { type: "kiosk-refused" });
    this.#known.add(number);
    this.#tell(name, { type: "ticket-taken", at: this.#clock.mono(), number });
  }

  #clerkSees(counterId: CounterId, clerk: Clerk, windows: ReadonlyMap<CounterId, WindowSight>): void {
    const seen = windows.get(counterId);
    if (seen === undefined) return;
    const sight = {
      at: this.#clock.mono(),
      plate: seen.plate,
      somebodyWaits: this.#somebodyWaitsAt(counterId),
      atWindow: this.#standingAt(counterId),
    };
    const [after, effects] = stepClerk(clerk, sight, this.#random);
    this.#clerks.set(counterId, after);
    for (const effect of effects) {
      if (effect.type === "press") this.#senses.press(counterId, effect.button, effect.held);
      else this.#senses.tapOwnBadge(counterId);
    }
  }

  #somebodyWaitsAt(counterId: CounterId): boolean {
    const board = this.#senses.board();
    const services = this.#plan.served.get(counterId) ?? [];
    return board !== null && services.some((serviceId) => (board.get(serviceId) ?? 0) > 0);
  }

  #standingAt(counterId: CounterId): TicketNumber[] {
    return [...this.#citizens.values()].flatMap((citizen) =>
      citizen.phase === "at-window" && citizen.counterId === counterId ? [citizen.number] : [],
    );
  }
}

const OPEN_SIGNS: ReadonlySet<string> = new Set(["idle", "called", "serving", "rating"]);

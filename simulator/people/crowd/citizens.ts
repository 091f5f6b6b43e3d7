import { present, type TicketNumber } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import { arrivalTimes } from "./arrival-times.ts";
import { type Crowd, type Person, within } from "./crowd.ts";
import { type Company, Visitor } from "./visitor.ts";

/** Seconds after which somebody takes a second ticket to be sure, and how long both are kept. */
const SECOND_AFTER: readonly [number, number] = [5, 60];
const SECOND_KEPT: readonly [number, number] = [300, 1800];

/** Everybody who comes through the door. */
export class Citizens implements Person {
  readonly #crowd: Crowd;
  readonly #chance: Chance;
  readonly #company: Company;
  readonly #byNumber = new Map<TicketNumber, Visitor>();
  readonly #standing: (Visitor | null)[];
  /** Numbers last seen at each window: a call is new only once. */
  readonly #seen: (string | null)[];
  readonly #onArrival: (window: number) => void;

  /** `onArrival`: somebody has come to a window, and whoever sits there notices. */
  constructor(crowd: Crowd, chance: Chance, onArrival: (window: number) => void) {
    this.#crowd = crowd;
    this.#chance = chance;
    this.#onArrival = onArrival;
    const { counters } = crowd.floor.plan;
    this.#standing = counters.map(() => null);
    this.#seen = counters.map(() => null);
    this.#company = {
      floor: crowd.floor,
      habits: crowd.habits,
      after: (delayMs, act) => crowd.after(delayMs, act),
      read: (window) => crowd.read(window),
      standsAt: (window, number) => this.standsAt(window, number),
      lookOut: (visitor, number) => void this.#byNumber.set(number, visitor),
      forget: (visitor) => this.#forget(visitor),
      stand: (visitor, window) => this.#stand(visitor, window),
    };
  }

  begin(): void {
    const { floor, habits } = this.#crowd;
    const { startMs, minutes } = floor.plan;
    const span = { startMs, lengthMs: minutes * 60_000 };
    const times = arrivalTimes(this.#chance, habits.intensity, span, habits.citizens);
    this.#next(times, 0);
  }

  standsAt(window: number, number: TicketNumber): boolean {
    return this.#standing[window]?.number === number;
  }

  onSight(window: number): void {
    this.#standing[window]?.onWindow();
    const { sign, number } = this.#crowd.read(window);
    const called = sign === "called" ? number : null;
    if (called === this.#seen[window]) return;
    this.#seen[window] = called;
    if (called !== null) this.#byNumber.get(called as TicketNumber)?.onCalled(window);
  }

  /** One wake in the world's queue for all who are still to come. */
  #next(times: readonly number[], at: number): void {
    const time = times[at];
    if (time === undefined) return;
    this.#crowd.after(Math.max(0, time - this.#crowd.floor.nowMs()), () => {
      this.#enter();
      this.#next(times, at + 1);
    });
  }

  #enter(): void {
    const { floor, habits } = this.#crowd;
    const chance = this.#chance;
    const serviceId = present(chance.pick(floor.plan.services), "a service");
    floor.tell({ type: "citizen-came" });
    new Visitor(this.#company, chance).goToKiosk(serviceId);
    if (!chance.happens(habits.secondTicket)) return;
    this.#crowd.after(within(chance, SECOND_AFTER), () => {
      const second = new Visitor(this.#company, chance);
      second.goToKiosk(chance.pick(floor.plan.services));
      second.abandonAfter(within(chance, SECOND_KEPT));
    });
  }

  #forget(visitor: Visitor): void {
    const { number } = visitor;
    if (number !== null && this.#byNumber.get(number) === visitor) this.#byNumber.delete(number);
    this.#leaveWindow(visitor);
  }

  #stand(visitor: Visitor, window: number | null): void {
    this.#leaveWindow(visitor);
    if (window === null) return;
    this.#standing[window] = visitor;
    this.#onArrival(window);
  }

  #leaveWindow(visitor: Visitor): void {
    const { window } = visitor;
    if (window !== null && this.#standing[window] === visitor) this.#standing[window] = null;
  }
}

import type { ServiceId, TicketId, TicketNumber, Timer } from "../../../protocol/index.ts";
import type { Chance } from "../../time/chance.ts";
import type { LeaveReason } from "../people.ts";
import { type Crowd, within } from "./crowd.ts";
import { ratingPresses } from "./rating-habit.ts";

/** What a visitor needs of the others. */
export interface Company extends Crowd {
  /** From now on `visitor` looks out for its number; until another number, or `forget`. */
  lookOut(visitor: Visitor, number: TicketNumber): void;
  forget(visitor: Visitor): void;
  /** At the window; those behind it can see it. Null: gone from there. */
  stand(visitor: Visitor, window: number | null): void;
}

/** Tries at a kiosk that gives nothing, minutes apart. */
const KIOSK_TRIES = 3;
const KIOSK_AGAIN: readonly [number, number] = [120, 420];
/** Seconds from seeing one's number to standing at the window. */
const WALK: readonly [number, number] = [3, 15];
/** From one's number vanishing to understanding what that means: the keypad lights up with the plate. */
const PUZZLED_MS = 800;
/** Sent on, or put on hold: one waits again, but not for ever. */
const SECOND_PATIENCE: readonly [number, number] = [1200, 3600];

type Phase = "outside" | "waiting" | "walking" | "at-window" | "gone";

/** One citizen, from the door to the door. Knows the paper in the hand, the plates, and the keypad. */
export class Visitor {
  number: TicketNumber | null = null;
  window: number | null = null;
  #phase: Phase = "outside";
  #ticketId: TicketId | null = null;
  #patience: Timer | null = null;
  #isLate: boolean;
  #hasReEntered = false;
  readonly #company: Company;
  readonly #chance: Chance;

  constructor(company: Company, chance: Chance) {
    this.#company = company;
    this.#chance = chance;
    this.#isLate = chance.happens(company.habits.latecomers);
  }

  goToKiosk(serviceId: ServiceId, triesLeft = KIOSK_TRIES): void {
    const { floor, habits } = this.#company;
    const chance = this.#chance;
    const jammed = chance.happens(habits.paperJams);
    const print = chance.happens(habits.printed) ? (jammed ? "jammed" : "printed") : undefined;
    const onPaper = (number: TicketNumber | null, ticketId: TicketId | null): void => {
      if (number !== null) return this.#wait(number, ticketId);
      if (triesLeft <= 1) return this.#leave("no-ticket");
      this.#company.after(within(chance, KIOSK_AGAIN), () => this.goToKiosk(serviceId, triesLeft - 1));
    };
    floor.takeTicket(serviceId, onPaper, print);
  }

  /** Has another number in the hand, and comes for one of the two. */
  abandonAfter(ms: number): void {
    this.#company.after(ms, () => (this.#phase === "waiting" ? this.#leave("two-tickets") : undefined));
  }

  /** One's own number stands at `window`. */
  onCalled(window: number): void {
    if (this.#phase !== "waiting") return;
    this.#patience?.cancel();
    this.#phase = "walking";
    const { habits } = this.#company;
    const delay = this.#isLate ? habits.lateBy : WALK;
    this.#isLate = false; // Once called, one stays near.
    this.#company.after(within(this.#chance, delay), () => this.#arriveAt(window));
  }

  /** Something changed at the window one stands at. */
  onWindow(): void {
    const { window, number } = this;
    if (this.#phase !== "at-window" || window === null || this.#company.read(window).number === number) return;
    this.#phase = "walking";
    this.#company.after(PUZZLED_MS, () => this.#understand(window));
  }

  #wait(number: TicketNumber, ticketId: TicketId | null): void {
    this.number = number;
    this.#ticketId = ticketId;
    const { impatient, patience } = this.#company.habits;
    this.#waitOn(this.#chance.happens(impatient) ? within(this.#chance, patience) : null);
    this.#company.lookOut(this, number);
  }

  #waitOn(patienceMs: number | null): void {
    this.#phase = "waiting";
    this.#patience?.cancel();
    this.#patience = null;
    if (patienceMs === null) return;
    this.#patience = this.#company.after(patienceMs, () => {
      if (this.#phase === "waiting") this.#leave("impatient");
    });
  }

  #arriveAt(window: number): void {
    if (this.#company.read(window).number === this.number) {
      this.window = window;
      this.#phase = "at-window";
      return this.#company.stand(this, window);
    }
    this.#missed();
  }

  /** Too late at the window: once, the kiosk takes the paper back into the queue. */
  #missed(): void {
    const { number } = this;
    if (number === null || this.#ticketId === null || this.#hasReEntered) return this.#leave("too-late");
    this.#hasReEntered = true;
    this.#waitOn(within(this.#chance, SECOND_PATIENCE)); // Perhaps it was returned to its queue, and is called anew.
    this.#company.floor.reEnter(this.#ticketId, () => {});
    this.#company.lookOut(this, number);
  }

  /** The number has gone from the plate: served, or sent on, or put on hold. */
  #understand(window: number): void {
    const { number } = this;
    if (this.#company.read(window).number === number) {
      this.#phase = "at-window"; // Only something that flashed.
      return;
    }
    const { keypad } = this.#company.floor.look(window);
    if (keypad === "asking") return this.#rate(window);
    this.#company.stand(this, null);
    this.window = null;
    if (this.#company.read(window).sign === "rating" || number === null) return this.#goHome();
    this.#waitOn(within(this.#chance, SECOND_PATIENCE));
    this.#company.lookOut(this, number);
  }

  #rate(window: number): void {
    const presses = ratingPresses(this.#chance, this.#company.habits);
    for (const { afterMs, level } of presses) {
      this.#company.after(afterMs, () => this.#company.floor.rate(window, level));
    }
    this.#company.stand(this, null);
    this.#goHome();
  }

  #leave(why: LeaveReason): void {
    if (this.#phase === "gone") return;
    this.#company.floor.tell({ type: "citizen-left", number: this.number, why });
    this.#goHome();
  }

  #goHome(): void {
    this.#phase = "gone";
    this.#patience?.cancel();
    this.#company.forget(this);
  }
}

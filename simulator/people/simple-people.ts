import { type Level, milliseconds, present, type TicketNumber, type Timer, unreachable } from "../../protocol/index.ts";
import type { Chance } from "../time/chance.ts";
import type { Floor, MakePeople, People } from "./people.ts";
import type { PlateReading } from "./plate-reading.ts";

/** Clerks who badge in, press what the plate suggests at random sensible times; citizens who come, and rate. */
export const simplePeople: MakePeople = (floor, chance) => new SimplePeople(floor, chance);

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const SHORT = milliseconds(120);
const LONG = milliseconds(1800);

class SimplePeople implements People {
  readonly #floor: Floor;
  readonly #chance: Chance;
  readonly #plans: (Timer | null)[];
  readonly #waiting = new Set<TicketNumber>();
  #resting = false;

  constructor(floor: Floor, chance: Chance) {
    this.#floor = floor;
    this.#chance = chance;
    this.#plans = floor.plan.counters.map(() => null);
  }

  open(): void {
    for (const window of this.#plans.keys()) this.#planNext(window);
    this.#arrival();
  }

  /** A clerk looks up when the plan is due, not before. */
  onSight(): void {}

  rest(): void {
    this.#resting = true;
    for (const plan of this.#plans) plan?.cancel();
  }

  #arrival(): void {
    this.#floor.after(this.#chance.gap(this.#floor.plan.arrivalMs), () => {
      if (this.#resting) return;
      this.#floor.takeTicket(this.#chance.pick(this.#floor.plan.services), (number) => {
        if (number !== null) this.#waiting.add(number);
      });
      this.#arrival();
    });
  }

  #planNext(window: number): void {
    const [least, most] = patienceAt(this.#floor.look(window).plate);
    this.#plans[window] = this.#floor.after(this.#chance.between(least, most), () => {
      if (this.#resting) return;
      this.#act(window);
      this.#planNext(window);
    });
  }

  #act(window: number): void {
    const { plate, keypad } = this.#floor.look(window);
    if (keypad === "asking" && this.#chance.happens(0.6)) this.#floor.rate(window, this.#chance.pick(LEVELS));
    switch (plate.sign) {
      case "dark":
        return;
      case "closed":
        return this.#tap(window);
      case "idle":
      case "rating":
        return this.#atIdle(window);
      case "called":
        return this.#press(window, ...this.#answerTo(plate.number));
      case "serving":
        this.#waiting.delete(plate.number);
        return this.#press(window, "call", this.#chance.happens(0.06) ? LONG : SHORT);
      case "paused":
        return this.#press(window, "call", SHORT);
      case "unclear":
        return this.#chance.happens(0.5) ? this.#tap(window) : this.#press(window, "call", SHORT);
      default:
        return unreachable(plate);
    }
  }

  #atIdle(window: number): void {
    const what = this.#chance.next();
    if (what < 0.04) this.#tap(window);
    else if (what < 0.1) this.#press(window, "pause", SHORT);
    else if (what < 0.13) this.#press(window, "call", LONG);
    else this.#press(window, "call", SHORT);
  }

  /** Start, recall or no-show. */
  #answerTo(number: TicketNumber): ["call" | "pause", typeof SHORT] {
    if (this.#waiting.has(number) && this.#chance.happens(0.75)) return ["pause", SHORT];
    return ["call", this.#chance.happens(0.5) ? LONG : SHORT];
  }

  #press(window: number, button: "call" | "pause", heldFor: typeof SHORT): void {
    this.#floor.press(window, button, heldFor);
  }

  /** Mostly the window's own person; now and then the one who stands in, or somebody who is wrong here. */
  #tap(window: number): void {
    const { staff } = this.#floor.plan;
    const own = present(staff[window], "a window's own clerk");
    this.#floor.tap(window, this.#chance.happens(0.9) ? own : this.#chance.pick(staff));
  }
}

/** How long somebody looks at such a plate before doing something, milliseconds. */
function patienceAt(plate: PlateReading): readonly [number, number] {
  switch (plate.sign) {
    case "serving":
      return [15_000, 180_000];
    case "called":
      return [4_000, 25_000];
    case "idle":
      return [10_000, 90_000];
    case "rating":
      return [3_000, 50_000];
    case "paused":
      return [10_000, 120_000];
    case "closed":
      return [5_000, 120_000];
    case "dark":
    case "unclear":
      return [4_000, 20_000];
    default:
      return unreachable(plate);
  }
}

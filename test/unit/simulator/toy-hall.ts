import { type CounterId, present, type ServiceId, TicketNumber } from "../../../protocol/index.ts";
import type { WindowSight } from "../../../simulator/people/citizen.ts";
import type { HallSenses } from "../../../simulator/people/hall-floor.ts";

interface ToyWindow {
  plate: WindowSight["plate"];
  keypad: WindowSight["keypad"];
}

/** A hall without a product in it: plates follow keys at once, one queue, everybody's number is next. */
export class ToyHall implements HallSenses {
  readonly diary: string[] = [];
  readonly #windows: Map<CounterId, ToyWindow>;
  readonly #service: ServiceId;
  readonly #queue: TicketNumber[] = [];
  #issued = 0;

  constructor(counters: readonly CounterId[], service: ServiceId) {
    this.#service = service;
    this.#windows = new Map(counters.map((counterId) => [counterId, { plate: { sign: "closed" }, keypad: "dark" }]));
  }

  windows(): ReadonlyMap<CounterId, WindowSight> {
    return new Map([...this.#windows].map(([counterId, window]) => [counterId, { ...window }]));
  }

  board(): ReadonlyMap<ServiceId, number> {
    return new Map([[this.#service, this.#queue.length]]);
  }

  tapOwnBadge(counterId: CounterId): void {
    this.#note(`tap ${counterId}`);
    this.#at(counterId).plate = { sign: "idle" };
  }

  press(counterId: CounterId, button: "call" | "pause", held: "short" | "long"): void {
    const window = this.#at(counterId);
    const { plate } = window;
    this.#note(`${button} ${held} ${counterId} at ${plate.sign}`);
    if (button === "pause") {
      if (plate.sign === "called") Object.assign(window, { plate: { ...plate, sign: "serving" }, keypad: "dark" });
      else if (plate.sign === "idle" || plate.sign === "rating") window.plate = { sign: "paused" };
    } else if (plate.sign === "serving") Object.assign(window, { plate: { sign: "rating" }, keypad: "asking" });
    else if (plate.sign !== "called" || held === "long") this.#callNext(window);
  }

  rate(counterId: CounterId, level: number): void {
    this.#note(`rate ${counterId} ${level}`);
    this.#at(counterId).keypad = "thanks";
  }

  takeTicket(serviceId: ServiceId): Promise<TicketNumber | null> {
    this.#issued += 1;
    const number = TicketNumber.parse(`A${String(this.#issued).padStart(3, "0")}`);
    this.#queue.push(number);
    this.#note(`ticket ${serviceId} ${number}`);
    return Promise.resolve(number);
  }

  #callNext(window: ToyWindow): void {
    const number = this.#queue.shift();
    window.plate = number === undefined ? { sign: "idle" } : { sign: "called", number };
  }

  #at(counterId: CounterId): ToyWindow {
    return present(this.#windows.get(counterId), `window ${counterId}`);
  }

  #note(entry: string): void {
    this.diary.push(entry);
  }
}

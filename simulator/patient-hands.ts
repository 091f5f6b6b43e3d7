import { type CounterId, milliseconds, present, type ServiceId } from "../protocol/index.ts";
import type { History } from "./history.ts";
import type { Floor } from "./people/people.ts";

const SHORT = milliseconds(120);
/** Between two looks at a plate: longer than any question waits for its answer. Milliseconds. */
const LOOKS_EVERY_MS = 4_500;
/** Boxes come back first; and what was done last must be acknowledged before anybody judges. */
const FROM_MS = 6_000;
const UNTIL_MS = 54_000;

/**
 * After the faults somebody sees to every window that may be open: takes a ticket for it, signs on if nobody is there,
 * presses what the plate suggests, slowly, and goes when a citizen has been called and begun.
 */
export class PatientHands {
  readonly #floor: Floor;
  readonly #history: History;

  constructor(floor: Floor, history: History) {
    this.#floor = floor;
    this.#history = history;
  }

  begin(): void {
    if (!this.#isOpenFor(UNTIL_MS)) return;
    const { counters, services } = this.#floor.plan;
    for (const [window, { counterId }] of counters.entries()) {
      const before = { number: "", served: false };
      this.#floor.after(FROM_MS, () => {
        this.#askForTicket(present(services[0], "a service of every window"));
        this.#seeTo(window, counterId, before);
      });
    }
  }

  /** A kiosk may refuse for as long as the controller has not looked at its healed disk again. */
  #askForTicket(service: ServiceId): void {
    this.#floor.takeTicket(service, (number) => {
      if (number !== null || this.#floor.epochMs() >= this.#endMs()) return;
      this.#floor.after(LOOKS_EVERY_MS, () => this.#askForTicket(service));
    });
  }

  #seeTo(window: number, counterId: CounterId, seen: { number: string; served: boolean }): void {
    const { plate } = this.#floor.look(window);
    if (plate.sign === "called") seen.number = plate.number;
    if (plate.sign === "serving" && plate.number === seen.number) seen.served = true;
    if (seen.served || this.#floor.epochMs() >= this.#endMs()) {
      const { served } = seen;
      return this.#history.record({ type: "patience-ended", counterId, served, sign: plate.sign });
    }
    this.#act(window, plate.sign);
    this.#floor.after(LOOKS_EVERY_MS, () => this.#seeTo(window, counterId, seen));
  }

  #act(window: number, sign: string): void {
    const own = present(this.#floor.plan.staff[window], "a window's own clerk");
    if (sign === "closed") this.#floor.tap(window, own);
    else if (sign === "called") this.#floor.press(window, "pause", SHORT);
    else if (sign === "unclear") this.#away(window);
    else if (sign !== "dark") this.#floor.press(window, "call", SHORT);
  }

  /** Out, in maintenance, asked something, or armed and waiting: the plate says so in words. */
  #away(window: number): void {
    const words = this.#floor.lines(window).map(({ zh }) => zh);
    const own = present(this.#floor.plan.staff[window], "a window's own clerk");
    if (words.some((line) => line.includes("外出"))) this.#floor.tap(window, own);
    const technician = this.#floor.plan.staff.find(({ role }) => role === "technician");
    const inMaintenance = words.some((line) => line.includes("维护"));
    // One card after the other: two at one reader at once are read as they come.
    if (inMaintenance && technician !== undefined) this.#floor.after(1_000, () => this.#floor.tap(window, technician));
  }

  #endMs(): number {
    const healed = this.#history.of("healed")[0];
    return (healed?.atMs ?? 0) + UNTIL_MS;
  }

  /** All of it lies well within a session: nobody signs off meanwhile. */
  #isOpenFor(forMs: number): boolean {
    const minute = Math.floor(((this.#floor.epochMs() + 8 * 3_600_000) % 86_400_000) / 60_000);
    const last = minute + Math.ceil(forMs / 60_000);
    return [
      [8 * 60, 11 * 60 + 20],
      [14 * 60, 16 * 60 + 50],
    ].some(([from = 0, to = 0]) => minute >= from && last < to);
  }
}

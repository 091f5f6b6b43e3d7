import type { Level } from "../../protocol/base/levels.ts";
import type { MonoMs } from "../../protocol/base/time.ts";
import type { RatingKeypadListener } from "../ports/rating-keypad.ts";

/** Which of the five keys are down: makes edges of levels, and speaks to the keypad's listener. */
export class KeypadKeys {
  #listener: RatingKeypadListener | null = null;
  readonly #down = new Set<Level>();
  /** Undefined: nothing has been said yet; null: well. */
  #fault: string | null | undefined = undefined;

  get isOpen(): boolean {
    return this.#listener !== null;
  }

  open(listener: RatingKeypadListener): void {
    this.#listener = listener;
  }

  silence(): void {
    this.#listener = null;
    this.#down.clear();
  }

  /** Null: the keypad is well. Over a fault all keys count as let go, without an edge. */
  sayHealth(fault: string | null): void {
    if (fault !== null) this.#down.clear();
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#listener?.onHealth(fault === null ? { state: "ok" } : { state: "fault", fault });
  }

  isDown(level: Level): boolean {
    return this.#down.has(level);
  }

  move(level: Level, edge: "pressed" | "released", at: MonoMs): void {
    if (this.#down.has(level) === (edge === "pressed")) return;
    if (edge === "pressed") this.#down.add(level);
    else this.#down.delete(level);
    this.#listener?.onEdge({ level, edge, at });
  }

  /** These keys are down now, and no others. Let go of first what is let go: a finger slides from key to key. */
  set(levels: ReadonlySet<Level>, at: MonoMs): void {
    for (const level of this.#down) if (!levels.has(level)) this.move(level, "released", at);
    for (const level of levels) this.move(level, "pressed", at);
  }
}

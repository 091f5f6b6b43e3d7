import type { Clock, MonoMs } from "../../protocol/base/time.ts";
import type { GpioLinesListener } from "../ports/gpio-lines.ts";

/** Makes edges of the levels of contacts: those that alternate, the first one `pressed`. */
export class ContactLevels {
  readonly #clock: Clock;
  readonly #pressedLevel: "low" | "high";
  readonly #pressed = new Set<string>();

  constructor(clock: Clock, pressedLevel: "low" | "high") {
    this.#clock = clock;
    this.#pressedLevel = pressedLevel;
  }

  /** All contacts count as open: the board is new, or back. */
  forget(): void {
    this.#pressed.clear();
  }

  /** A level that was told already, or whose counterpart was lost on the way, is no edge. */
  move(
    listener: Pick<GpioLinesListener, "onEdge">,
    line: string,
    isHigh: boolean,
    stamp: (line: string) => MonoMs = () => this.#clock.mono(),
  ): void {
    const isPressed = isHigh === (this.#pressedLevel === "high");
    if (this.#pressed.has(line) === isPressed) return;
    if (isPressed) this.#pressed.add(line);
    else this.#pressed.delete(line);
    listener.onEdge(line, { edge: isPressed ? "pressed" : "released", at: stamp(line) });
  }
}

import type { TerminalId } from "../../../protocol/index.ts";

/** Something per terminal that outlives its sockets. Bounded: whoever has been away for longest is forgotten first. */
export class RecentTerminals<Value> {
  readonly #max: number;
  readonly #byTerminal = new Map<TerminalId, Value>();

  constructor(max: number) {
    this.#max = max;
  }

  /** What is kept for `terminalId`, or else `fresh()`; from now on it is the one seen last. */
  of(terminalId: TerminalId, fresh: () => Value): Value {
    const value = this.#byTerminal.get(terminalId) ?? fresh();
    this.#byTerminal.delete(terminalId);
    this.#byTerminal.set(terminalId, value);
    for (const oldest of this.#byTerminal.keys()) {
      if (this.#byTerminal.size <= this.#max) break;
      this.#byTerminal.delete(oldest);
    }
    return value;
  }
}

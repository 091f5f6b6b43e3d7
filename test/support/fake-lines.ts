import type { GpioLines, GpioLinesListener } from "../../hardware/ports/gpio-lines.ts";
import type { KeyEdge } from "../../hardware/ports/key-edge.ts";
import type { Clock } from "../../protocol/base/time.ts";

/** Lines whose contacts and board are in the test's hand. */
export class FakeLines implements GpioLines {
  readonly name = "fake";
  readonly lit = new Map<string, boolean>();
  readonly #clock: Clock;
  readonly #closed = new Set<string>();
  #listener: GpioLinesListener | null = null;
  #isPlugged = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(listener: GpioLinesListener): Promise<void> {
    this.#listener = listener;
    if (this.#isPlugged) this.#come();
    else listener.onDown("absent");
    return Promise.resolve();
  }

  write(line: string, lit: boolean): void {
    if (this.#isPlugged && this.#listener !== null) this.lit.set(line, lit);
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  move(line: string, edge: KeyEdge["edge"]): void {
    if (edge === "pressed") this.#closed.add(line);
    else this.#closed.delete(line);
    if (this.#isPlugged) this.#tell(line, edge);
  }

  plug(): void {
    this.#isPlugged = true;
    this.#come();
  }

  unplug(): void {
    this.#isPlugged = false;
    this.lit.clear();
    this.#listener?.onDown("unplugged");
  }

  #come(): void {
    this.#listener?.onUp();
    for (const line of this.#closed) this.#tell(line, "pressed");
  }

  #tell(line: string, edge: KeyEdge["edge"]): void {
    this.#listener?.onEdge(line, { edge, at: this.#clock.mono() });
  }
}

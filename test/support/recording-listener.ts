import type { Heard, LinkListener } from "../../terminal/shell/controller-link.ts";

/** Keeps what a link reports, and wakes who waits for it. */
export class RecordingListener implements LinkListener {
  readonly events: string[] = [];
  readonly heard: Heard[] = [];
  readonly #waiting = new Set<() => void>();

  onUp(): void {
    this.#note("up");
  }

  onDown(reason: string): void {
    this.#note(`down ${reason}`);
  }

  onHeard(heard: Heard): void {
    this.heard.push(heard);
    this.#note(`heard ${heard.type}`);
  }

  onRefused(code: string): void {
    this.#note(`refused ${code}`);
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #note(event: string): void {
    this.events.push(event);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

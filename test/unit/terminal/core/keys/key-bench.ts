import { LONG_PRESS, monoMs } from "../../../../../protocol/index.ts";
import { type Key, type KeyInput, type KeyReport, NEW_KEY, stepKey } from "../../../../../terminal/core/keys/key.ts";
import { type KeyTraits, keyTraits } from "../../../../../terminal/core/keys/key-traits.ts";

export type Edge = "pressed" | "released";
/** An edge and its instant, in milliseconds. */
export type Touch = readonly [at: number, edge: Edge];

/** One key in a time of its own: its wakes fire when they fall due, or later by `lateBy`. */
export class KeyBench {
  key: Key<string> = NEW_KEY;
  readonly reports: KeyReport<string>[] = [];
  live = true;
  /** What a finger sees when it comes down. */
  sight = "first";
  readonly #traits: KeyTraits;
  readonly #lateBy: number;
  #wakes: { readonly fires: number; readonly due: number }[] = [];
  #now = 0;

  constructor({ longAfter = LONG_PRESS, lateBy = 0, ...more }: Partial<KeyTraits> & { readonly lateBy?: number } = {}) {
    this.#traits = { ...keyTraits(longAfter), ...more };
    this.#lateBy = lateBy;
  }

  /** Wakes on their way. */
  get pending(): number {
    return this.#wakes.length;
  }

  edge(edge: Edge): void {
    this.#feed({ type: "edge", edge, at: monoMs(this.#now), seen: this.sight, live: this.live });
  }

  lose(): void {
    this.#feed({ type: "lost", at: monoMs(this.#now) });
  }

  runTo(end: number): void {
    for (;;) {
      this.#wakes.sort((a, b) => a.fires - b.fires);
      const next = this.#wakes[0];
      if (next === undefined || next.fires > end) break;
      this.#wakes.shift();
      this.#now = Math.max(this.#now, next.fires);
      this.#feed({ type: "woken", due: monoMs(next.due), at: monoMs(this.#now) });
    }
    this.#now = Math.max(this.#now, end);
  }

  advance(by: number): void {
    this.runTo(this.#now + by);
  }

  /** Edges at their instants, then time enough for everything to end. */
  play(touches: readonly Touch[], rest = 100_000): this {
    for (const [at, edge] of touches) {
      this.runTo(at);
      this.edge(edge);
    }
    this.advance(rest);
    return this;
  }

  /** What was reported, in short words; wakes aside. */
  get words(): string[] {
    return this.reports.flatMap((report) => {
      switch (report.type) {
        case "wake":
          return [];
        case "pressed":
          return [`${report.live ? "" : "dead "}down ${report.at}`];
        case "held":
          return [`held ${report.at}`];
        case "released":
          return [`${report.isLong ? "long" : "short"} ${report.heldFor}`];
        case "fault":
          return [`${report.fault} ${report.state}`];
      }
    });
  }

  #feed(input: KeyInput<string>): void {
    const [key, reports] = stepKey(this.key, input, this.#traits);
    this.key = key;
    this.reports.push(...reports);
    for (const report of reports) {
      if (report.type !== "wake") continue;
      this.#wakes.push({ fires: this.#now + Math.max(0, report.after) + this.#lateBy, due: report.due });
    }
  }
}

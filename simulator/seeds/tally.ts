import { addCounters, type Counters, SOMETIMES } from "../counters.ts";
import type { SeedOutcome } from "./seed-play.ts";

export const EXIT_CRASH = 127;
export const EXIT_LIVENESS = 128;
export const EXIT_CORRECTNESS = 129;

/** Swarm seeds after which everything that should happen now and then must have happened. */
export const SOMETIMES_AFTER = 1_000;

const EXITS = { crash: EXIT_CRASH, correctness: EXIT_CORRECTNESS, liveness: EXIT_LIVENESS } as const;

/** What a run has come to so far. */
export class Tally {
  passed = 0;
  readonly failures: SeedOutcome[] = [];
  steps = 0;
  events = 0;
  counters: Counters = {};

  add(outcome: SeedOutcome): void {
    if (outcome.verdict === "passed") this.passed += 1;
    else this.failures.push(outcome);
    this.steps += outcome.steps;
    this.events += outcome.events;
    this.counters = addCounters(this.counters, outcome.counters);
  }

  get failed(): number {
    return this.failures.length;
  }

  get played(): number {
    return this.passed + this.failed;
  }

  /** What should have happened in so long a swarm run and never did; empty for a short one. */
  neverSeen(): string[] {
    return this.played < SOMETIMES_AFTER ? [] : SOMETIMES.filter((what) => (this.counters[what] ?? 0) === 0);
  }

  /** The worst verdict's: a crash before a wrong hall before a stuck one. */
  exitCode(isSwarm: boolean): number {
    const kinds = ["crash", "correctness", "liveness"] as const;
    const worst = kinds.find((kind) => this.failures.some(({ verdict }) => verdict === kind));
    if (worst !== undefined) return EXITS[worst];
    return isSwarm && this.neverSeen().length > 0 ? EXIT_CORRECTNESS : 0;
  }
}

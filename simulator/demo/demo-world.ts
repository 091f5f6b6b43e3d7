import type { Clock, Log, Random } from "../../protocol/index.ts";

/** What the demonstration needs of the world. */
export interface DemoWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Lines for the person who started it. */
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Resolves when that person has had enough. */
  readonly stopped: Promise<void>;
}

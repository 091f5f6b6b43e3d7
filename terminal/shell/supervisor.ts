import type { DurationMs } from "../../protocol/index.ts";

/** Who started this process, and starts another one when it ends or falls silent. No call throws or waits. */
export interface Supervisor {
  /** It takes longer silence for death. Null: nobody listens. */
  readonly patience: DurationMs | null;
  /** The process works. Once. */
  ready(): void;
  /** The process is well. Before `ready`: it is still starting, and not stuck. */
  alive(): void;
  /** It ends because it was told to. */
  stopping(): void;
}

import "../wire/leave-with-parent.ts";
import { flushCompileCache } from "node:module";
import { playSeed, type SeedOutcome, type SeedPlay } from "./seed-play.ts";

// A process that plays seeds for `hallward sim`, one order after the other, and reports each as it ends.

/** Orders to a worker; `to` is included. */
export interface SeedOrder {
  readonly from: number;
  readonly to: number;
  readonly play: SeedPlay;
}

export type SeedReport =
  | { readonly type: "played"; readonly outcome: SeedOutcome }
  /** The order is done. */
  | { readonly type: "idle" };

process.on("message", ({ from, to, play }: SeedOrder) => {
  const report = (message: SeedReport): void => void process.send?.(message);
  for (let seed = from; seed <= to; seed += 1) report({ type: "played", outcome: playSeed(seed, play) });
  report({ type: "idle" });
  flushCompileCache(); // What the next run starts with, a quarter of a second sooner: a signal ends this process.
});
process.channel?.ref(); // Here the channel is the reason to stay.

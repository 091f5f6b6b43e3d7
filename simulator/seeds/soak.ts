import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { type DurationMs, elapsed, type Random } from "../../protocol/index.ts";
import type { SeedPlay } from "./seed-play.ts";
import { runSim, type SimWorld } from "./sim-run.ts";
import { SEED_MAX } from "./sim-options.ts";

export interface Soak {
  readonly forMs: DurationMs;
  readonly play: SeedPlay;
  readonly jobs: number;
  readonly keepGoing: boolean;
  /** One JSON object a line and batch; totals are its sums. */
  readonly results: string;
  /** Seeds between two lines in the results; default BATCH. */
  readonly batch?: number;
}

const BATCH = 500;

/** Batch after batch of fresh seeds until the time is over or one fails. The exit code of the worst batch. */
export async function soak(order: Soak, world: SimWorld & { readonly random: Random }): Promise<number> {
  const { forMs, play, jobs, keepGoing, results, batch = BATCH } = order;
  const begun = world.clock.mono();
  let from = Math.floor(world.random.next() * (SEED_MAX / 2));
  let worst = 0;
  world.say(`seeds from ${from}`);
  while (elapsed(begun, world.clock.mono()) < forMs && (worst === 0 || keepGoing)) {
    const to = from + batch - 1;
    const run = { from, to, play, jobs, trace: false, json: null, stopAtFirst: !keepGoing };
    const tally = await runSim(run, { ...world, complain: () => {} });
    worst = Math.max(worst, tally.exitCode(false));
    const { passed, failed } = tally;
    const { commit } = world;
    appendFileSync(
      results,
      `${JSON.stringify({ atMs: world.clock.now(), commit, from, to, ...play, passed, failed })}\n`,
    );
    const total = totalOf(results);
    world.say(
      `${from}..${to}: ${passed} passed, ${failed} failed; in all ${total.passed} passed, ${total.failed} failed`,
    );
    from = to + 1;
  }
  return worst;
}

/** The sums over everything ever played. */
export function totalOf(results: string): { passed: number; failed: number } {
  const total = { passed: 0, failed: 0 };
  if (!existsSync(results)) return total;
  for (const line of readFileSync(results, "utf8").split("\n")) {
    if (line === "") continue;
    const { passed, failed } = JSON.parse(line) as { passed: number; failed: number };
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

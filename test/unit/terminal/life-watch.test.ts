import { describe, expect, test } from "vitest";
import { minutes, type MonoMs, seconds, silentLog } from "../../../protocol/index.ts";
import type { JournalFault } from "../../../terminal/core/inputs.ts";
import { CORE_SILENCE_MAX, LifeWatch, UNWRITABLE_MAX } from "../../../terminal/shell/life-watch.ts";
import { desired } from "../../support/counter-messages.ts";
import { TerminalBench } from "../../support/terminal-bench.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

// Proves when a terminal gives its supervisor a sign of life, and when it keeps silent so that it is started again.

const PATIENCE = seconds(15);

function watched(patience: typeof PATIENCE | null = PATIENCE) {
  const clock = new VirtualClock();
  const said: string[] = [];
  const supervisor = {
    patience,
    ready: () => void said.push("ready"),
    alive: () => void said.push("alive"),
    stopping: () => void said.push("stopping"),
  };
  const watch = new LifeWatch(supervisor, clock, silentLog);
  const vitals = { steppedAt: clock.mono(), journalFault: null as JournalFault | null };
  /** Time passes, and the core takes its inputs. */
  const live = (period: MonoMs | number): void => {
    for (let passed = 0; passed < period; passed += 1000) {
      vitals.steppedAt = clock.mono();
      clock.advance(seconds(1));
    }
  };
  return { clock, said, watch, vitals, live };
}

describe("a supervised terminal", () => {
  test("speaks three times within its supervisor's patience, from before it is ready until it stops", () => {
    const { said, watch, vitals, live } = watched();
    live(PATIENCE);
    expect(said).toEqual(["alive", "alive", "alive"]);
    watch.ready(() => vitals);
    live(PATIENCE);
    watch.stop();
    live(PATIENCE);
    expect(said.slice(3)).toEqual(["ready", "alive", "alive", "alive", "stopping"]);
  });

  test("keeps silent when its core takes no input any more", () => {
    const { clock, said, watch, vitals, live } = watched();
    watch.ready(() => vitals);
    live(PATIENCE);
    clock.advance(CORE_SILENCE_MAX);
    said.length = 0;
    clock.advance(minutes(1));
    expect(said).toEqual([]);
  });

  test("keeps silent when its journal has been unwritable for long, and only then", () => {
    const { said, watch, vitals, live } = watched();
    watch.ready(() => vitals);
    vitals.journalFault = "journal-unwritable";
    live(UNWRITABLE_MAX);
    expect(said.length).toBeGreaterThan(UNWRITABLE_MAX / PATIENCE);
    live(PATIENCE);
    said.length = 0;
    live(PATIENCE);
    expect(said).toEqual([]);
    vitals.journalFault = null;
    live(PATIENCE);
    expect(said).toHaveLength(3);
  });

  test("goes on with a full journal: a fresh process would find it as full", () => {
    const { said, watch, vitals, live } = watched();
    watch.ready(() => vitals);
    vitals.journalFault = "journal-full";
    live(UNWRITABLE_MAX * 2);
    said.length = 0;
    live(PATIENCE);
    expect(said).toHaveLength(3);
  });

  test("says only that it is ready where nobody watches", () => {
    const { said, watch, vitals, live } = watched(null);
    watch.ready(() => vitals);
    live(PATIENCE);
    expect(said).toEqual(["ready"]);
  });
});

test("a counter where nothing happens still has inputs often enough", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "idle"));
  for (let second = 0; second < 120; second += 1) {
    bench.clock.real.advance(seconds(1));
    const { steppedAt = Number.NaN } = bench.vitals() ?? {};
    expect(bench.clock.mono() - steppedAt).toBeLessThan(CORE_SILENCE_MAX / 2);
  }
});

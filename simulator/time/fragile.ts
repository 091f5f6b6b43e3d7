import type { Decide } from "../../controller/index.ts";
import type { Clock, Log, LogFields, Random } from "../../protocol/index.ts";
import type { Life } from "./life.ts";

// Ports that change nothing outside, and at which a process may die all the same: between a decision and its first
// effect, between two effects, before and after a deadline is set. Only for lives that have such an end before them.

export const fragileClock = (clock: Clock, life: Life): Clock => ({
  now() {
    life.pass("clock now");
    return clock.now();
  },
  mono() {
    life.pass("clock mono");
    return clock.mono();
  },
  after(delay, wake) {
    life.pass("clock after");
    return clock.after(delay, wake);
  },
  every(period, wake) {
    life.pass("clock every");
    return clock.every(period, wake);
  },
  soon(wake) {
    life.pass("clock soon");
    clock.soon(wake);
  },
});

export function fragileLog(log: Log, life: Life): Log {
  const line =
    (level: keyof Log) =>
    (event: string, fields?: LogFields): void => {
      log[level](event, fields);
      life.pass(`log ${event}`);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

export const fragileRandom = (random: Random, life: Life): Random => ({
  next() {
    life.pass("chance");
    return random.next();
  },
  uuid() {
    life.pass("chance");
    return random.uuid();
  },
});

/** Dies before a decision, or with it made and nothing of it done. */
export const fragileDecide =
  (decide: Decide, life: Life): Decide =>
  (hall, command) => {
    life.pass("decide");
    const decided = decide(hall, command);
    life.pass("decided");
    return decided;
  };

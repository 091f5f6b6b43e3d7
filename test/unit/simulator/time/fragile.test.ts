import { expect, test } from "vitest";
import { milliseconds, silentLog } from "../../../../protocol/index.ts";
import { Chance } from "../../../../simulator/time/chance.ts";
import { fragileClock, fragileDecide, fragileLog, fragileRandom } from "../../../../simulator/time/fragile.ts";
import { Life, PowerCut } from "../../../../simulator/time/life.ts";
import { NodeClock } from "../../../../simulator/time/node-clock.ts";
import { Scheduler } from "../../../../simulator/time/scheduler.ts";

// Every boundary that touches nothing is one at which a process can die.
test("a life ends at a clock, a log line, a draw, before a decision and after it", () => {
  const clockOf = (life: Life): NodeClock =>
    new NodeClock(new Scheduler(), life, { driftPpm: 0, wallMs: 0, soonUs: 5 });
  const acts: Record<string, (life: Life) => unknown> = {
    now: (life) => fragileClock(clockOf(life), life).now(),
    mono: (life) => fragileClock(clockOf(life), life).mono(),
    after: (life) => fragileClock(clockOf(life), life).after(milliseconds(1), () => {}),
    soon: (life) => fragileClock(clockOf(life), life).soon(() => {}),
    log: (life) => fragileLog(silentLog, life).info("something.happened"),
    uuid: (life) => fragileRandom(new Chance(1), life).uuid(),
  };
  for (const [name, act] of Object.entries(acts)) {
    const life = new Life("t01", 1);
    life.lightSlowFuse(2);
    act(life);
    expect([name, life.isDead]).toEqual([name, false]);
    expect(() => act(life)).toThrow(PowerCut);
    expect([name, life.isDead]).toEqual([name, true]);
  }
});

test("between a decision and its effects nothing has been done, and all of it is over", () => {
  const decided: string[] = [];
  const decide = fragileDecide((_hall, command) => {
    decided.push(command.type);
    return { ok: true, value: [] };
  }, new Life("controller", 1));
  decide(null as never, { type: "tick" } as never);
  const life = new Life("controller", 2);
  life.lightSlowFuse(2);
  const dying = fragileDecide((_hall, command) => {
    decided.push(command.type);
    return { ok: true, value: [] };
  }, life);
  expect(() => dying(null as never, { type: "tick" } as never)).toThrow(PowerCut);
  expect(decided).toEqual(["tick", "tick"]);
});

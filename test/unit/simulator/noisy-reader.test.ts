import { expect, test } from "vitest";
import { canonicalBadge } from "../../../hardware/index.ts";
import { NoisyReader } from "../../../simulator/devices/noisy-reader.ts";
import { Chance } from "../../../simulator/time/chance.ts";
import { Life } from "../../../simulator/time/life.ts";
import { NodeClock } from "../../../simulator/time/node-clock.ts";
import { Scheduler } from "../../../simulator/time/scheduler.ts";

const CARD = canonicalBadge("0000002A");

function open(seed: number) {
  const scheduler = new Scheduler();
  const clock = new NodeClock(scheduler, new Life("t01", 1), { driftPpm: 0, wallMs: 0, soonUs: 5 });
  const reader = new NoisyReader(clock, new Chance(seed));
  const badges: string[] = [];
  let badFrames = 0;
  void reader.device.open({
    onBadge: ({ badge }) => void badges.push(badge),
    onBadFrame: () => void (badFrames += 1),
    onHealth: () => {},
  });
  const tap = (damaged: boolean): void => {
    reader.tap(CARD, damaged);
    scheduler.runUntil(scheduler.nowUs + 5_000_000, 10_000);
  };
  return { tap, reader, badges, bad: () => badFrames };
}

test("a tap is one presentation, and a second one another", () => {
  const { tap, badges } = open(1);
  tap(false);
  tap(false);
  expect(badges).toEqual([CARD, CARD]);
});

// Whatever the damage is: none of it can be taken for another card, and the whole frame behind it is read.
test("damaged frames are refused, and never read as another badge", () => {
  let refused = 0;
  for (let seed = 0; seed < 200; seed += 1) {
    const { tap, badges, bad } = open(seed);
    tap(true);
    expect([seed, badges]).toEqual([seed, [CARD]]);
    refused += bad();
  }
  expect(refused).toBeGreaterThan(200);
});

test("nothing is read of a reader without its plug, until it is back", () => {
  const { tap, reader, badges } = open(1);
  reader.unplug();
  tap(false);
  expect(badges).toEqual([]);
  reader.plug();
  tap(false);
  expect(badges).toEqual([CARD]);
});

import { expect, test } from "vitest";
import { CounterId, minutes, ServiceId } from "../../../protocol/index.ts";
import { HallFloor } from "../../../simulator/people/hall-floor.ts";
import { seededRandom } from "../../../simulator/people/seeded-random.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { ToyHall } from "./toy-hall.ts";

const SERVICE = ServiceId.parse("general");
const COUNTERS = ["1", "2", "3", "4", "5", "6"].map((id) => CounterId.parse(id));

/** Half an hour in a hall with six windows. */
async function halfAnHour(seed: number): Promise<readonly string[]> {
  const clock = new VirtualClock();
  const hall = new ToyHall(COUNTERS, SERVICE);
  const served = new Map(COUNTERS.map((counterId) => [counterId, [SERVICE]]));
  const floor = new HallFloor(hall, { services: [[SERVICE, 1]], served }, clock, seededRandom(seed));
  const life = floor.start();
  await clock.advanceSettled(minutes(30));
  life.cancel();
  return hall.diary;
}

const count = (diary: readonly string[], words: RegExp): number => diary.filter((entry) => words.test(entry)).length;

// Lively, yet to be followed: something every one to three seconds, and every act of the flow among it.
test("half an hour of a hall: everything happens, at a pace a person can follow", async () => {
  const diary = await halfAnHour(1);
  expect(count(diary, /^tap/u)).toBe(6);
  const served = count(diary, /^call short . at serving/u);
  expect(served).toBeGreaterThan(250);
  expect(count(diary, /^ticket/u)).toBeGreaterThanOrEqual(served);
  expect(count(diary, /^rate/u) / served).toBeGreaterThan(0.5);
  expect(count(diary, /^call long . at called/u)).toBeGreaterThan(0);
  expect(count(diary, /^pause short . at (?:idle|rating)/u)).toBeGreaterThan(0);
  expect(count(diary, /^call short . at called/u)).toBeGreaterThan(0);
  const secondsPerAct = 1800 / diary.length;
  expect(secondsPerAct).toBeGreaterThan(0.7);
  expect(secondsPerAct).toBeLessThan(3);
});

test("the same seed lives the same half hour, another seed another", async () => {
  const [first, again, other] = await Promise.all([halfAnHour(7), halfAnHour(7), halfAnHour(8)]);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

// A number called that nobody in the hall holds (taken at the kiosk page, or before the demonstration started).
test("a stranger's number mostly finds its holder, and is not called for ever", async () => {
  const clock = new VirtualClock();
  const [one] = COUNTERS;
  const hall = new ToyHall(COUNTERS.slice(0, 1), SERVICE);
  for (let ticket = 0; ticket < 20; ticket += 1) await hall.takeTicket(SERVICE);
  const served = new Map(COUNTERS.slice(0, 1).map((counterId) => [counterId, [SERVICE]]));
  const floor = new HallFloor(hall, { services: [[SERVICE, 1]], served }, clock, seededRandom(2));
  floor.start();
  await clock.advanceSettled(minutes(12));
  expect(count(hall.diary, new RegExp(`^call short ${one} at serving`, "u"))).toBeGreaterThan(12);
});

// How long a pulled cable stays unnoticed, and a plugged one unused, over a real pty: printed, for a reader to judge.
// The requirement is 2 s to the fault; what is asserted is only that both come at all.
import { expect, test } from "vitest";
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { elapsed } from "../../../protocol/base/time.ts";
import { LinkDiary } from "../../contract/byte-link-contract.ts";
import { PtyDevice } from "./pty-device.ts";
import { scratchPath } from "./scratch-path.ts";
import { Witness } from "./witness.ts";

const ROUNDS = 4;

const spread = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  return `${sorted.at(0)}, ${sorted.at(Math.trunc(sorted.length / 2))}, ${sorted.at(-1)} ms`;
};

test("plug and unplug", async () => {
  const { path, clear } = await scratchPath("reader");
  const witness = new Witness();
  const diary = new LinkDiary(witness.poke);
  const link = createSerialLink({ path, baudRate: 9600, clock: systemClock });
  const timed = async (what: string, entries: number): Promise<number> => {
    const from = systemClock.mono();
    await witness.until(what, () => diary.entries.length === entries);
    return elapsed(from, systemClock.mono());
  };
  const downs: number[] = [];
  const ups: number[] = [];
  await link.open(diary);
  await timed("absent", 1);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const device = await PtyDevice.plug(path);
    ups.push(await timed("up", 2 * round));
    await device.unplug();
    downs.push(await timed("down", 2 * round + 1));
  }
  await link.close();
  await clear();
  expect(diary.entries.filter((entry) => entry === "up")).toHaveLength(ROUNDS);
  process.stdout.write(`unplug to fault, plug to up (least, median, most): ${spread(downs)}; ${spread(ups)}\n`);
});

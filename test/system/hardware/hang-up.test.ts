// A reader whose cable is pulled heals: it gives up the dead line, burns no CPU, and reads again at the same path. That
// holds also in the race in which serialport reads a dead line for ever and says nothing.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { encodeRdm6300 } from "../../../hardware/codecs/rdm6300.ts";
import { canonicalBadge } from "../../../hardware/ports/badge-reader.ts";
import { PtyDevice } from "./pty-device.ts";
import { ReaderInProcess } from "./reader-in-process.ts";
import { scratchPath } from "./scratch-path.ts";

const ALICE = "0086F444";
const BOB = "00C0FFEE";
const frameOf = (badge: string): Uint8Array => encodeRdm6300(canonicalBadge(badge));

/** A process that tries every 2 s needs next to nothing; one that spins, nearly all of a processor. */
const IDLE_SHARE_MAX = 0.25;

let path = "";
let clear = async (): Promise<void> => {};
let device: PtyDevice | null = null;
let reader: ReaderInProcess | null = null;

beforeEach(async () => {
  ({ path, clear } = await scratchPath("reader"));
});

afterEach(async () => {
  await reader?.kill();
  await device?.unplug();
  await clear();
});

/** From the loss on: quiet, without the dead line, back at the same path, and clean at the end. */
async function healsFrom(lost: ReaderInProcess): Promise<void> {
  const waitsBefore = lost.count("link.waiting");
  expect(await lost.cpuShare(lost.nth("link.waiting", waitsBefore + 3))).toBeLessThan(IDLE_SHARE_MAX);
  expect(lost.count("healthy")).toBe(1);
  device = await PtyDevice.plug(path);
  expect(await lost.nth("healthy", 2)).toMatchObject({ ptysHeld: 1 });
  const badgesBefore = lost.count("badge");
  device.say(frameOf(BOB));
  expect(await lost.nth("badge", badgesBefore + 1)).toMatchObject({ badge: BOB });
  expect(await lost.close()).toBe(0);
  expect(await lost.nth("closed")).toMatchObject({ ptysHeld: 0 });
}

describe("hang-up and replug", () => {
  test("of an idle line", async () => {
    device = await PtyDevice.plug(path);
    reader = new ReaderInProcess(path);
    await reader.nth("healthy");
    device.say(frameOf(ALICE));
    await reader.nth("badge");
    await device.unplug();
    expect(await reader.nth("link.down")).toMatchObject({ fault: "unplugged" });
    await healsFrom(reader);
  });

  test.each([
    ["just after it was opened", "healthy"],
    ["just after data came", "badge"],
  ])("in the race %s, which only the watchdog sees", async (_when, stallAt) => {
    device = await PtyDevice.plug(path);
    reader = new ReaderInProcess(path, stallAt);
    await reader.nth("link.up");
    if (stallAt === "badge") device.say(frameOf(ALICE));
    await reader.nth(stallAt);
    await device.unplug(); // Now, before the process can begin its next read.
    reader.resume();
    expect(await reader.nth("link.down")).toMatchObject({ fault: "unplugged", seenBy: "watchdog" });
    await healsFrom(reader);
  });

  test("of a device that is there again before anybody looked", async () => {
    device = await PtyDevice.plug(path);
    reader = new ReaderInProcess(path, "badge");
    await reader.nth("healthy");
    device.say(frameOf(ALICE));
    await reader.nth("badge");
    await device.unplug();
    device = await PtyDevice.plug(path);
    reader.resume();
    await reader.nth("link.down");
    expect(await reader.nth("healthy", 2)).toMatchObject({ ptysHeld: 1 });
    device.say(frameOf(BOB));
    expect(await reader.nth("badge", 2)).toMatchObject({ badge: BOB });
    expect(await reader.close()).toBe(0);
  });

  test("a process without a device ends cleanly too", async () => {
    reader = new ReaderInProcess(path);
    expect(await reader.nth("link.down")).toMatchObject({ fault: "absent" });
    expect(await reader.close()).toBe(0);
  });
});

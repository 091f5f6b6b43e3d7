// A healing link tries at a bounded pace, watches over a mute channel, and holds at most one handle at a time.
import { describe, expect, test } from "vitest";
import {
  createHealingLink,
  LINK_BURY_WITHIN,
  LINK_CLOSE_WITHIN,
  LINK_OPEN_WITHIN,
  LINK_PROBE_EVERY,
  LINK_PROBE_WITHIN,
  LINK_RETRY_FIRST,
  LINK_RETRY_MAX,
  LINK_STUCK_MAX,
} from "../../../hardware/links/healing-link.ts";
import type { LogFields } from "../../../protocol/base/log.ts";
import { milliseconds, minutes, seconds } from "../../../protocol/base/time.ts";
import { LinkDiary } from "../../contract/byte-link-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeDevice } from "./fake-device.ts";

async function openLink(device = new FakeDevice()) {
  const clock = new VirtualClock();
  const diary = new LinkDiary();
  const logged: [string, LogFields | undefined][] = [];
  const write = (event: string, fields?: LogFields) => void logged.push([event, fields]);
  const log = { debug: () => {}, info: write, warn: write, error: write };
  const link = createHealingLink({ name: "reader", connect: device.connect, clock, log });
  await link.open(diary);
  await clock.settle();
  return { clock, device, diary, link, logged };
}

async function openPlugged() {
  const device = new FakeDevice();
  device.plug();
  return openLink(device);
}

describe("the pace of attempts", () => {
  test("the pause doubles from 250 ms to 2 s and stays there", async () => {
    const { clock, device } = await openLink();
    const pauses: number[] = [];
    for (let last = clock.mono(); pauses.length < 6; ) {
      const before = device.attempts;
      while (device.attempts === before) await clock.advanceSettled(milliseconds(1));
      pauses.push(clock.mono() - last);
      last = clock.mono();
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 2000, 2000]);
  });

  test("an hour without a device is an attempt every 2 s and one report", async () => {
    const { clock, device, diary } = await openLink();
    await clock.advanceSettled(minutes(60));
    expect(device.attempts).toBeLessThan(1805);
    expect(diary.entries).toEqual(["down absent"]);
  });

  test("after a loss the first attempt comes soon, if the link had stood", async () => {
    const { clock, device } = await openPlugged();
    await clock.advanceSettled(LINK_RETRY_MAX);
    device.unplug();
    await clock.advanceSettled(LINK_RETRY_FIRST);
    expect(device.attempts).toBe(2);
  });

  test("a device that hangs up at once is not tried any faster for it", async () => {
    const { clock, device, diary } = await openPlugged();
    for (let second = 0; second < 60; second += 1) {
      device.unplug("hung-up");
      device.plug();
      await clock.advanceSettled(seconds(1));
    }
    expect(device.attempts).toBeLessThan(35);
    expect(diary.entries.filter((entry) => entry === "up").length).toBe(device.attempts);
  });
});

describe("the watchdog", () => {
  test("finds a loss that the channel does not tell, within a second", async () => {
    const { clock, device, diary, logged } = await openPlugged();
    device.mute = true;
    device.unplug();
    await clock.advanceSettled(LINK_PROBE_EVERY);
    expect(diary.entries).toEqual(["up", "down unplugged"]);
    expect(device.held).toBe(0);
    expect(logged.at(-1)).toEqual(["link.down", { link: "reader", fault: "unplugged", seenBy: "watchdog" }]);
  });

  test("leaves a healthy channel alone", async () => {
    const { clock, device, diary } = await openPlugged();
    await clock.advanceSettled(minutes(10));
    expect(diary.entries).toEqual(["up"]);
    expect(device.attempts).toBe(1);
  });
});

describe("reasons", () => {
  test("another one is told while down, unless it says less", async () => {
    const { clock, device, diary } = await openPlugged();
    const then = async (change: () => void) => {
      change();
      await clock.advanceSettled(seconds(10));
    };
    await then(() => device.unplug());
    await then(() => (device.fault = "denied"));
    await then(() => (device.fault = "busy"));
    await then(() => (device.fault = "absent"));
    await then(() => device.plug());
    expect(diary.entries).toEqual(["up", "down unplugged", "down denied", "down busy", "down absent", "up"]);
  });
});

describe("handles", () => {
  // While the old handle is held, a replugged device gets another name: ttyACM1.
  test("the old one is gone before the next attempt", async () => {
    const { clock, device } = await openPlugged();
    device.gate.shut();
    device.unplug();
    device.plug();
    await clock.advanceSettled(seconds(10));
    expect([device.attempts, device.held]).toEqual([1, 1]);
    device.gate.open();
    await clock.advanceSettled(seconds(10));
    expect([device.attempts, device.held]).toEqual([2, 1]);
  });

  test("close waits for an attempt under way, and gives back what it opened", async () => {
    const device = new FakeDevice();
    device.plug();
    device.gate.shut();
    const { clock, diary, link } = await openLink(device);
    let closed = false;
    const closing = link.close().then(() => (closed = true));
    await clock.advanceSettled(milliseconds(LINK_CLOSE_WITHIN - 1));
    expect(closed).toBe(false);
    device.gate.open();
    await closing;
    expect([device.attempts, device.held, clock.pending]).toEqual([1, 0, 0]);
    expect(diary.entries).toEqual([]);
  });

  test("close waits for a lost channel that is still closing", async () => {
    const { clock, device, diary, link } = await openPlugged();
    device.gate.shut();
    device.unplug();
    const closing = link.close();
    device.gate.open();
    await closing;
    await clock.advanceSettled(seconds(10));
    expect([device.attempts, device.held, clock.pending]).toEqual([1, 0, 0]);
    expect(diary.entries).toEqual(["up", "down unplugged"]);
  });
});

// A driver that hangs in the kernel holds its own device up, and nothing else.
describe("system calls that do not end", () => {
  test("an attempt: told as a fault in time, not doubled, and good when it ends after all", async () => {
    const device = new FakeDevice();
    device.plug();
    device.gate.shut();
    const { clock, diary } = await openLink(device);
    await clock.advanceSettled(LINK_OPEN_WITHIN);
    expect(diary.entries).toEqual(["down failed"]);
    await clock.advanceSettled(minutes(60));
    expect(device.attempts).toBe(1);
    device.gate.open();
    await clock.settle();
    expect(diary.entries).toEqual(["down failed", "up"]);
  });

  test("the watchdog's look: the device is lost", async () => {
    const { clock, device, diary } = await openPlugged();
    device.probes = false;
    await clock.advanceSettled(milliseconds(LINK_PROBE_EVERY + LINK_PROBE_WITHIN));
    expect(diary.entries).toEqual(["up", "down hung-up"]);
  });

  test("a closing: a replugged device comes up past it, but only so many handles are left so", async () => {
    const { clock, device, diary, logged } = await openPlugged();
    for (let replug = 1; replug <= 5; replug += 1) {
      device.gate.shut("closings");
      device.unplug();
      device.plug();
      await clock.advanceSettled(milliseconds(LINK_BURY_WITHIN + LINK_RETRY_MAX));
    }
    expect(diary.entries.filter((entry) => entry === "up")).toHaveLength(LINK_STUCK_MAX);
    expect(device.held).toBe(LINK_STUCK_MAX);
    expect(logged.filter(([event]) => event === "link.stuck")).toHaveLength(LINK_STUCK_MAX);
    device.gate.open();
    await clock.advanceSettled(LINK_RETRY_MAX);
    expect([diary.entries.at(-1), device.held]).toEqual(["up", 1]);
  });

  test("close: waits its time and no longer", async () => {
    const { clock, device, link } = await openPlugged();
    device.gate.shut();
    let closed = false;
    void link.close().then(() => (closed = true));
    await clock.advanceSettled(milliseconds(LINK_CLOSE_WITHIN - 1));
    expect(closed).toBe(false);
    await clock.advanceSettled(milliseconds(1));
    expect([closed, clock.pending]).toEqual([true, 0]);
  });
});

test("is opened once in its life", async () => {
  const { link } = await openPlugged();
  expect(() => link.open(new LinkDiary())).toThrow("opened once");
  await link.close();
  expect(() => link.open(new LinkDiary())).toThrow("opened once");
});

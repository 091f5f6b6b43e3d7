// The reader makes presentations of frames: one while a card rests, a new one after silence or for another card.
import { describe, expect, test } from "vitest";
import { encodeRdm6300 } from "../../../hardware/codecs/rdm6300.ts";
import { createRdm6300Reader } from "../../../hardware/drivers/rdm6300-reader.ts";
import { type BadgePresented, type BadgeReaderListener, canonicalBadge } from "../../../hardware/ports/badge-reader.ts";
import type { DeviceHealth } from "../../../hardware/ports/device-health.ts";
import { type Clock, type DurationMs, milliseconds, monoMs } from "../../../protocol/base/time.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeLink } from "./fake-link.ts";

const ALICE = canonicalBadge("0086F444");
const BOB = canonicalBadge("00C0FFEE");
const FRAME = encodeRdm6300(ALICE);
const DAMAGED = FRAME.with(5, FRAME[5] === 0x38 ? 0x39 : 0x38);

class Reports implements BadgeReaderListener {
  readonly presented: BadgePresented[] = [];
  readonly health: DeviceHealth[] = [];
  readonly bad: string[] = [];
  onBadge(presented: BadgePresented): void {
    this.presented.push(presented);
  }
  onHealth(health: DeviceHealth): void {
    this.health.push(health);
  }
  onBadFrame(reason: string): void {
    this.bad.push(reason);
  }
  get badges(): string[] {
    return this.presented.map(({ badge }) => badge);
  }
}

async function openReader(clockOf: (clock: VirtualClock) => Clock = (clock) => clock) {
  const clock = new VirtualClock();
  const link = new FakeLink();
  const reports = new Reports();
  link.plug();
  const reader = createRdm6300Reader({ link, clock: clockOf(clock) });
  await reader.open(reports);
  const pass = (ms: number) => clock.advance(milliseconds(ms));
  /** A card at rest: a frame every 50 ms, the last one at the end. */
  const rest = (ms: number, frame = FRAME) => {
    for (let passed = 0; passed < ms; passed += 50) {
      pass(50);
      link.say(frame);
    }
  };
  return { clock, link, reader, reports, pass, rest };
}

describe("presentations", () => {
  test("a resting card is one, at the instant of its first frame", async () => {
    const { reports, rest, pass } = await openReader();
    pass(1000);
    rest(60_000);
    expect(reports.presented).toEqual([{ badge: ALICE, at: monoMs(1050) }]);
  });

  test("the instant is that of the chunk that completed the frame", async () => {
    const { link, reports, pass } = await openReader();
    link.say(FRAME.subarray(0, 9));
    pass(20);
    link.say(FRAME.subarray(9));
    expect(reports.presented).toEqual([{ badge: ALICE, at: monoMs(20) }]);
  });

  test("300 ms of silence end it, 299 ms do not", async () => {
    const { link, reports, pass } = await openReader();
    link.say(FRAME);
    pass(299);
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE]);
    pass(300);
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE, ALICE]);
  });

  test("another card is a new one at once, and so is the first one after it", async () => {
    const { link, reports, rest } = await openReader();
    rest(200);
    link.say(encodeRdm6300(BOB));
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE, BOB, ALICE]);
  });

  test("two cards in one chunk are two", async () => {
    const { link, reports } = await openReader();
    link.say(Uint8Array.from([...FRAME, ...FRAME, ...encodeRdm6300(BOB)]));
    expect(reports.badges).toEqual([ALICE, BOB]);
  });

  // At the edge of the field sums go wrong, but the card has not left.
  test("damaged frames keep a resting card present", async () => {
    const { link, reports, rest } = await openReader();
    link.say(FRAME);
    rest(1000, DAMAGED);
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE]);
    expect(reports.bad).toHaveLength(20);
  });

  // Otherwise a noisy line would swallow the second tap of the same person.
  test("noise does not", async () => {
    const { link, reports, rest } = await openReader();
    link.say(FRAME);
    rest(300, Uint8Array.of(0xff));
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE, ALICE]);
  });
});

/** A clock whose process stands still for a while: wakes that fell due meanwhile come once, and late. */
class StallingClock implements Clock {
  readonly #clock: VirtualClock;
  #held: (() => void)[] | null = null;
  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }
  now = () => this.#clock.now();
  mono = () => this.#clock.mono();
  soon = (wake: () => void) => this.#clock.soon(wake);
  every = (period: DurationMs, wake: () => void) => this.#clock.every(period, wake);
  after = (delay: DurationMs, wake: () => void) =>
    this.#clock.after(delay, () => {
      if (this.#held === null) wake();
      else this.#held.push(wake);
    });
  stall(duration: DurationMs): void {
    const held: (() => void)[] = [];
    this.#held = held;
    this.#clock.advance(duration);
    this.#held = null;
    for (const wake of held) wake();
  }
}

// A journal's fsync may hold the process for long; timers then run before the bytes that wait in the kernel are read.
test("a stall of the process is no silence", async () => {
  let stalling: StallingClock | undefined;
  const { link, reports } = await openReader((clock) => (stalling = new StallingClock(clock)));
  link.say(FRAME);
  link.say(FRAME.subarray(0, 6));
  stalling?.stall(milliseconds(5000));
  link.say(Uint8Array.from([...FRAME.subarray(6), ...FRAME, ...FRAME]));
  expect(reports.badges).toEqual([ALICE]);
  expect(reports.bad).toEqual([]);
});

describe("frames that break off", () => {
  test("a head is not joined to a tail that comes after a silence", async () => {
    const { link, reports, pass } = await openReader();
    link.say(FRAME.subarray(0, 7));
    pass(300);
    link.say(FRAME.subarray(7));
    expect(reports.badges).toEqual([]);
    expect(reports.bad).toEqual(["framing", "noise"]);
  });

  test("nor to one that comes after the line was down", async () => {
    const { link, reports } = await openReader();
    link.say(FRAME.subarray(0, 7));
    link.unplug();
    link.plug();
    link.say(FRAME.subarray(7));
    expect(reports.badges).toEqual([]);
    expect(reports.bad).toEqual(["framing", "noise"]);
  });

  test("a head left behind does not keep a card present", async () => {
    const { link, reports, pass } = await openReader();
    link.say(Uint8Array.from([...FRAME, ...FRAME.subarray(0, 7)]));
    pass(301);
    link.say(FRAME);
    expect(reports.badges).toEqual([ALICE, ALICE]);
  });
});

test("health is the link's", async () => {
  const { link, reports } = await openReader();
  link.unplug("hung-up");
  link.unplug("denied");
  link.plug();
  expect(reports.health).toEqual([
    { state: "ok" },
    { state: "fault", fault: "hung-up" },
    { state: "fault", fault: "denied" },
    { state: "ok" },
  ]);
});

describe("after close", () => {
  test("nothing is reported and no timer waits", async () => {
    const { clock, link, reader, reports, rest } = await openReader();
    rest(100);
    link.say(FRAME.subarray(0, 7));
    await reader.close();
    link.say(FRAME.subarray(7));
    link.unplug();
    rest(1000);
    expect(clock.pending).toBe(0);
    expect(reports.badges).toEqual([ALICE]);
    expect(reports.bad).toEqual([]);
    expect(reports.health).toEqual([{ state: "ok" }]);
    await reader.close();
  });

  test("not even the rest of the chunk whose badge made the listener close", async () => {
    const clock = new VirtualClock();
    const link = new FakeLink();
    const reader = createRdm6300Reader({ link, clock });
    const reports = new Reports();
    let closing = Promise.resolve();
    link.plug();
    await reader.open({
      onBadge: (presented) => {
        reports.onBadge(presented);
        closing = reader.close();
      },
      onHealth: (health) => reports.onHealth(health),
      onBadFrame: (reason) => reports.onBadFrame(reason),
    });
    link.say(Uint8Array.from([...FRAME, ...encodeRdm6300(BOB), ...DAMAGED]));
    await closing;
    expect(reports.badges).toEqual([ALICE]);
    expect(reports.bad).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

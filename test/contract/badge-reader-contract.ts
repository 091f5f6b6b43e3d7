import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, minutes, seconds } from "../../protocol/base/time.ts";
import {
  type BadgePresented,
  type BadgeReader,
  type BadgeReaderListener,
  type CanonicalBadge,
  canonicalBadge,
} from "../../hardware/ports/badge-reader.ts";
import type { DeviceHealth } from "../../hardware/ports/device-health.ts";

/** A reader, the cards before it and its cable. It starts plugged in, and not opened. */
export interface BadgeReaderRig {
  readonly reader: BadgeReader;
  /** Lays a card on the reader, where it rests until it is lifted; it takes the place of one that rests there. */
  lay(badge: CanonicalBadge): void;
  lift(): void;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Lets so much of the reader's time pass, and everything under way come through. */
  pass(duration: DurationMs): Promise<void>;
  /** Lets time pass until `holds`, and fails when that takes too long. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** After it, nothing more will come of what was. Default: a minute; less where time is dear. */
  readonly longAfter?: DurationMs;
  release(): Promise<void>;
}

/** Cards every reader can read: four bytes. */
const ALICE = canonicalBadge("0086F444");
const BOB = canonicalBadge("00C0FFEE");

/** Surely longer than the 300 ms of silence, and surely shorter, with a reader's own rhythm of 50 ms. */
const LONG_SILENCE = milliseconds(450);
const SHORT_SILENCE = milliseconds(200);

/** Writes down what a reader reports. */
export class ReaderDiary implements BadgeReaderListener {
  readonly presented: BadgePresented[] = [];
  readonly health: DeviceHealth[] = [];
  readonly badFrames: string[] = [];

  onBadge(presented: BadgePresented): void {
    this.presented.push(presented);
  }

  onHealth(health: DeviceHealth): void {
    this.health.push(health);
  }

  onBadFrame(reason: "checksum" | "framing" | "noise"): void {
    this.badFrames.push(reason);
  }

  get badges(): readonly CanonicalBadge[] {
    return this.presented.map(({ badge }) => badge);
  }

  get isOk(): boolean {
    return this.health.at(-1)?.state === "ok";
  }
}

/** What every BadgeReader keeps, the simulator's and the real ones. */
export function badgeReaderContract(name: string, makeRig: () => Promise<BadgeReaderRig>): void {
  describe(`BadgeReader contract: ${name}`, () => {
    let made: BadgeReaderRig | null = null;
    const current = (): BadgeReaderRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    presentations(current);
    healthAndClose(current);
  });
}

async function opened(rig: BadgeReaderRig): Promise<ReaderDiary> {
  const diary = new ReaderDiary();
  await rig.reader.open(diary);
  await rig.until("healthy", () => diary.isOk);
  return diary;
}

function presentations(current: () => BadgeReaderRig): void {
  test("a card that rests, however long, is one presentation", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.lay(ALICE);
    await rig.pass(seconds(5));
    expect(diary.badges).toEqual([ALICE]);
  });

  test("a card that flickers for less than 300 ms is still the same presentation", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (let flicker = 0; flicker < 3; flicker += 1) {
      rig.lay(ALICE);
      await rig.pass(seconds(1));
      rig.lift();
      await rig.pass(SHORT_SILENCE);
    }
    expect(diary.badges).toEqual([ALICE]);
  });

  test("the same card after 300 ms of silence is a new presentation, later than the first", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (let tap = 0; tap < 2; tap += 1) {
      rig.lay(ALICE);
      await rig.pass(milliseconds(100));
      rig.lift();
      await rig.pass(LONG_SILENCE);
    }
    expect(diary.badges).toEqual([ALICE, ALICE]);
    const [first, second] = diary.presented;
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(LONG_SILENCE);
  });

  test("another card is a new presentation at once, and so is the first one when it comes back", async () => {
    const rig = current();
    const diary = await opened(rig);
    for (const badge of [ALICE, BOB, ALICE]) {
      rig.lay(badge);
      await rig.pass(milliseconds(100));
    }
    expect(diary.badges).toEqual([ALICE, BOB, ALICE]);
  });
}

function healthAndClose(current: () => BadgeReaderRig): void {
  test("a reader that goes away says so, and reads again when it is back", async () => {
    const rig = current();
    const diary = await opened(rig);
    await rig.unplug();
    await rig.until("fault", () => !diary.isOk);
    const health = diary.health.at(-1);
    expect(health?.state === "fault" && health.fault).toMatch(/^[a-z0-9-]{1,32}$/u);
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    rig.lay(BOB);
    await rig.pass(milliseconds(100));
    expect(diary.badges).toEqual([BOB]);
  });

  test("opens without its device, and reads when it comes", async () => {
    const rig = current();
    const diary = new ReaderDiary();
    await rig.unplug();
    await rig.reader.open(diary);
    await rig.until("fault", () => diary.health.length > 0 && !diary.isOk);
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    rig.lay(ALICE);
    await rig.pass(milliseconds(100));
    expect(diary.badges).toEqual([ALICE]);
  });

  test("reports nothing after close, and can be closed again", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.lay(ALICE);
    await rig.pass(milliseconds(100));
    await rig.reader.close();
    const healthBefore = diary.health.length;
    rig.lay(BOB);
    await rig.pass(rig.longAfter ?? minutes(1));
    await rig.unplug();
    await rig.pass(rig.longAfter ?? minutes(1));
    await rig.reader.close();
    expect(diary.badges).toEqual([ALICE]);
    expect(diary.health).toHaveLength(healthBefore);
  });

  test("names its driver", () => {
    expect(current().reader.driver).toMatch(/^[a-z0-9-]+$/u);
  });
}

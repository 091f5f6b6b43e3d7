import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assert } from "../../protocol/base/assert.ts";
import { type DurationMs, milliseconds, minutes, seconds } from "../../protocol/base/time.ts";
import type { DeviceHealth } from "../../hardware/ports/device-health.ts";
import type { Nameplate, NameplateListener, PlateFace, PlateReport } from "../../hardware/ports/nameplate.ts";

/** A sign, an eye on it and its cable. It starts plugged in, and not opened. */
export interface NameplateRig {
  readonly plate: Nameplate;
  /** Whether the sign shows that this ticket is called here; false too when it shows nothing. */
  shows(ticket: string): boolean;
  /** Frames the device was sent so far; null: it has none. */
  sent(): number | null;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Lets so much of the sign's time pass, and everything under way come through. */
  pass(duration: DurationMs): Promise<void>;
  /** Lets time pass until `holds`, and fails when that takes too long. */
  until(what: string, holds: () => boolean): Promise<void>;
  /** For how long a face is watched, and a closed sign. Default: two minutes; less where time is dear. */
  readonly longShown?: DurationMs;
  release(): Promise<void>;
}

class PlateDiary implements NameplateListener {
  readonly health: DeviceHealth[] = [];
  readonly reports: PlateReport[] = [];

  onHealth(health: DeviceHealth): void {
    this.health.push(health);
  }

  onReport(report: PlateReport): void {
    this.reports.push(report);
  }

  get isOk(): boolean {
    return this.health.at(-1)?.state === "ok";
  }
}

export const faceOf = (ticket: string): PlateFace => ({
  lines: [
    { zh: "3号窗口 综合", en: "Counter 3 General", emphasis: "normal" },
    { zh: "陈一 科员 工号007", en: "Clerk No. 007", emphasis: "normal" },
    { zh: `${ticket} 正在呼叫`, en: `${ticket} calling`, emphasis: "strong" },
  ],
});

const LONG_SHOWN = minutes(2);

/** Faces that come faster than any sign can follow. */
const BURST = Array.from({ length: 60 }, (_, number) => `A${String(100 + number)}`);

/** What every Nameplate keeps, the simulator's and the real ones. */
export function nameplateContract(name: string, makeRig: () => Promise<NameplateRig>): void {
  describe(`Nameplate contract: ${name}`, () => {
    let made: NameplateRig | null = null;
    const current = (): NameplateRig => {
      assert(made !== null, "the rig stands");
      return made;
    };
    beforeEach(async () => {
      made = await makeRig();
    });
    afterEach(() => current().release());
    showsContract(current);
    cableContract(current);
  });
}

async function opened(rig: NameplateRig): Promise<PlateDiary> {
  const diary = new PlateDiary();
  await rig.plate.open(diary);
  await rig.until("healthy", () => diary.isOk);
  return diary;
}

function showsContract(current: () => NameplateRig): void {
  test("shows each face it is given, and goes on showing it", async () => {
    const rig = current();
    await opened(rig);
    for (const ticket of ["A012", "A013"]) {
      rig.plate.show(faceOf(ticket));
      await rig.until(ticket, () => rig.shows(ticket));
      await rig.pass(rig.longShown ?? LONG_SHOWN);
      await rig.until(`${ticket} still`, () => rig.shows(ticket));
    }
    expect(rig.shows("A012")).toBe(false);
  });

  test("of many faces at once it shows the newest soon, and does not play the others", async () => {
    const rig = current();
    await opened(rig);
    const before = rig.sent();
    for (const ticket of BURST) rig.plate.show(faceOf(ticket));
    await rig.pass(seconds(2));
    expect(rig.shows(BURST.at(-1) ?? "")).toBe(true);
    if (before !== null) expect((rig.sent() ?? 0) - before).toBeLessThan(10);
  });

  test("says what it can show, and what of its face it cannot, in words and never in the face's", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.plate.show(faceOf("A012"));
    await rig.until("A012", () => rig.shows("A012"));
    for (const { columns, rows, colours, cannot } of diary.reports) {
      expect(Math.min(columns, rows, colours)).toBeGreaterThanOrEqual(1);
      expect(cannot.every((lack) => /^[a-z-]{1,32}$/u.test(lack))).toBe(true);
    }
  });
}

function cableContract(current: () => NameplateRig): void {
  test("a sign that goes away says so, takes faces meanwhile, and shows the newest when it is back", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.plate.show(faceOf("A012"));
    await rig.until("A012", () => rig.shows("A012"));
    await rig.unplug();
    await rig.until("fault", () => !diary.isOk);
    const health = diary.health.at(-1);
    expect(health?.state === "fault" && health.fault).toMatch(/^[a-z0-9-]{1,32}$/u);
    for (const ticket of BURST) rig.plate.show(faceOf(ticket));
    await rig.pass(seconds(2));
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    await rig.until("the newest", () => rig.shows(BURST.at(-1) ?? ""));
  });

  test("opens without its device, and shows what it was told when it comes", async () => {
    const rig = current();
    const diary = new PlateDiary();
    rig.plate.show(faceOf("A011"));
    await rig.unplug();
    await rig.plate.open(diary);
    await rig.until("fault", () => diary.health.length > 0 && !diary.isOk);
    rig.plate.show(faceOf("A012"));
    await rig.plug();
    await rig.until("healthy", () => diary.isOk);
    await rig.until("A012", () => rig.shows("A012"));
  });

  test("after close it sends and says nothing more, and can be closed again", async () => {
    const rig = current();
    const diary = await opened(rig);
    rig.plate.show(faceOf("A012"));
    await rig.until("A012", () => rig.shows("A012"));
    await rig.plate.close();
    const [healths, reports, sent] = [diary.health.length, diary.reports.length, rig.sent()];
    rig.plate.show(faceOf("A013"));
    await rig.unplug();
    await rig.plug();
    await rig.pass(rig.longShown ?? LONG_SHOWN);
    await rig.plate.close();
    expect([diary.health.length, diary.reports.length, rig.sent()]).toEqual([healths, reports, sent]);
    expect(rig.plate.driver).toMatch(/^[a-z0-9-]+$/u);
    await rig.pass(milliseconds(1));
  });
}

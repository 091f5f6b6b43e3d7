// An LED card under its driver: blank when the terminal dies, right again after a loss of power or of a frame, and
// never a reason to wait. The card is emulated to the byte, and stricter than a real one.
import { describe, expect, test } from "vitest";
import { createBxFontPainter } from "../../../hardware/drivers/bx-font-painter.ts";
import { createBxPicturePainter } from "../../../hardware/drivers/bx-picture-painter.ts";
import { SIGN_LAYOUTS, type SignSize } from "../../../hardware/drivers/sign-layouts.ts";
import { createSignNameplate } from "../../../hardware/drivers/sign-nameplate.ts";
import { SIGN_STALE_AFTER } from "../../../hardware/drivers/sign-times.ts";
import type { DeviceHealth } from "../../../hardware/ports/device-health.ts";
import type { GlyphSource } from "../../../hardware/ports/glyph-source.ts";
import type { PlateFace, PlateLine, PlateReport } from "../../../hardware/ports/nameplate.ts";
import { milliseconds, minutes, seconds } from "../../../protocol/base/time.ts";
import { BxCard } from "../../../simulator/wire/bx-card.ts";
import { MemoryWire } from "../../../simulator/wire/memory-wire.ts";
import { fontOf } from "../../support/test-glyphs.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const line = (zh: string, en = "", emphasis: PlateLine["emphasis"] = "normal"): PlateLine => ({ zh, en, emphasis });
const face = (...lines: PlateLine[]): PlateFace => ({ lines });

interface Choice {
  readonly size?: SignSize;
  readonly colours?: 1 | 3;
  readonly glyphs?: GlyphSource;
}

async function openSign({ size = "128x32", colours = 1, glyphs }: Choice = {}) {
  const clock = new VirtualClock();
  const layout = SIGN_LAYOUTS[size];
  const wire = new MemoryWire(clock);
  const family = glyphs === undefined ? "font" : "picture";
  const card = new BxCard({ family, ...layout, clock, say: (bytes) => wire.say(bytes) });
  let sent = 0;
  wire.onHeard = (bytes) => {
    sent += 1;
    card.hear(bytes);
  };
  const painter =
    glyphs === undefined
      ? createBxFontPainter({ layout, generation: 6, colours })
      : createBxPicturePainter({ layout, glyphs });
  const plate = createSignNameplate({ link: wire.byteLink(), clock, layout, painter });
  const health: DeviceHealth[] = [];
  const reports: PlateReport[] = [];
  await plate.open({ onHealth: (said) => void health.push(said), onReport: (said) => void reports.push(said) });
  const pass = (ms: number) => clock.advanceSettled(milliseconds(ms));
  return { clock, wire, card, plate, health, reports, pass, sentSoFar: () => sent };
}

const faults = (health: readonly DeviceHealth[]): string[] =>
  health.map((said) => (said.state === "ok" ? "ok" : said.fault));

describe("what is shown", () => {
  test("rows without text are blanked, and a shorter face leaves nothing of the longer one", async () => {
    const { plate, card, pass } = await openSign();
    plate.show(face(line("甲"), line("乙")));
    await pass(100);
    expect(card.rows()).toEqual(["甲", "乙"]);
    plate.show(face(line("丙")));
    await pass(100);
    expect(card.rows()).toEqual(["丙", ""]);
    plate.show(face());
    await pass(100);
    expect(card.rows()).toEqual(["", ""]);
  });

  test("a notice that changes does not begin the turns anew, a warning does", async () => {
    const { plate, card, pass } = await openSign({ size: "64x16" });
    const seen = new Set<string>();
    for (let notice = 0; notice < 12; notice += 1) {
      plate.show(face(line("甲"), line("乙"), line("丙"), line(`告示${notice % 3}`)));
      await pass(2000);
      seen.add(card.rows()[0] ?? "");
    }
    expect([...seen].filter((text) => !text.startsWith("告示")).toSorted()).toEqual(["丙", "乙", "甲"].toSorted());
    plate.show(face(line("甲"), line("乙"), line("暂停", "", "warning")));
    await pass(100);
    expect(card.rows()).toEqual(["暂停"]);
  });

  test("a backslash is no escape of the card, and emphasis is a colour where there are colours", async () => {
    const { plate, card, pass, reports } = await openSign({ colours: 3 });
    plate.show(face(line("\\C1甲"), line("乙", "", "warning")));
    await pass(100);
    expect(card.rows()).toEqual(["＼C1甲", "乙"]);
    expect(reports.at(-1)?.cannot).toEqual([]);
  });

  test("what it cannot is told when that changes: English, colour, a rare name", async () => {
    const { plate, card, pass, reports } = await openSign();
    plate.show(face(line("陈喆", "Chen Zhe"), line("乙", "", "strong")));
    plate.show(face(line("陈喆", "Chen Zhe"), line("丙", "", "strong")));
    await pass(100);
    expect(card.rows()[0]).toBe("陈□");
    plate.show(face(line("陈一")));
    expect(reports).toEqual([
      { columns: 16, rows: 2, colours: 1, cannot: [] },
      { columns: 16, rows: 2, colours: 1, cannot: ["english", "colour", "glyph"] },
      { columns: 16, rows: 2, colours: 1, cannot: [] },
    ]);
  });
});

describe("a sign that is left alone", () => {
  test("goes blank by itself soon after its terminal died, and never while it lives", async () => {
    const { wire, plate, card, pass } = await openSign();
    plate.show(face(line("陈一")));
    for (let minute = 0; minute < 10; minute += 1) {
      await pass(minutes(1));
      expect(card.rows()[0]).toBe("陈一");
    }
    wire.onHeard = () => {}; // Nothing of the terminal is heard from here on.
    await pass(SIGN_STALE_AFTER);
    expect(card.rows().join("")).toBe("");
  });

  test("one frame in two lost on the way blanks nothing", async () => {
    const { wire, plate, card, pass } = await openSign();
    let count = 0;
    wire.onHeard = (bytes) => {
      count += 1;
      if (count % 2 === 0) card.hear(bytes);
    };
    plate.show(face(line("陈一")));
    await pass(3000);
    for (let second = 0; second < 120; second += 1) {
      await pass(1000);
      expect(card.rows()[0]).toBe("陈一");
    }
  });

  test("shows all again within seconds of a power cut that nobody told of", async () => {
    const { plate, card, pass } = await openSign();
    plate.show(face(line("陈一")));
    await pass(100);
    card.cutPower();
    card.isOn = true;
    await pass(seconds(5));
    expect(card.rows()[0]).toBe("陈一");
  });
});

describe("a sign that does not do its part", () => {
  test("that is silent is a fault after three pages, and well again with its first answer", async () => {
    const { plate, card, pass, health } = await openSign();
    plate.show(face(line("甲")));
    await pass(100);
    card.mood = "mute";
    await pass(seconds(10));
    card.mood = "well";
    await pass(seconds(2));
    expect(faults(health)).toEqual(["ok", "silent", "ok"]);
  });

  test("that refuses a page is a fault, and is not pestered", async () => {
    const { plate, card, pass, health, sentSoFar } = await openSign();
    await pass(100);
    card.mood = "refusing";
    plate.show(face(line("甲")));
    await pass(seconds(60));
    expect(faults(health)).toEqual(["ok", "refused"]);
    expect(sentSoFar()).toBeLessThan(20);
    card.mood = "well";
    await pass(seconds(5));
    expect([faults(health).at(-1), card.rows()[0]]).toEqual(["ok", "甲"]);
  });

  test("that is slow has at most one page under way, then gets the newest", async () => {
    const { wire, clock, plate, card, pass } = await openSign();
    await pass(100);
    let heard = 0;
    wire.onHeard = (bytes) => {
      heard += 1;
      clock.after(milliseconds(900), () => card.hear(bytes));
    };
    for (let ticket = 0; ticket < 50; ticket += 1) {
      plate.show(face(line(`A${100 + ticket}`)));
      await pass(20);
    }
    expect(heard).toBeLessThanOrEqual(2);
    await pass(seconds(2));
    expect(card.rows()[0]).toBe("A149");
  });

  test("garbled answers are no answers, and noise does no harm", async () => {
    const { wire, plate, card, pass, health } = await openSign();
    plate.show(face(line("甲")));
    await pass(100);
    for (let byte = 0; byte < 256; byte += 1) wire.say(Uint8Array.of(byte, 0xa5, byte));
    await pass(seconds(10));
    expect(card.rows()[0]).toBe("甲");
    expect(faults(health)).toEqual(["ok"]);
    expect(card.complaints).toEqual([]);
  });
});

describe("a card that takes pictures", () => {
  test("draws names that no font card has", async () => {
    const { plate, card, pass, reports, health } = await openSign({ glyphs: fontOf("") });
    plate.show(face(line("陈喆堃珺玥")));
    await pass(100);
    expect(card.picture().bytes.some((byte) => byte !== 0)).toBe(true);
    expect([reports.at(-1)?.cannot, faults(health), card.complaints]).toEqual([[], ["ok"], []]);
  });

  test("without its font says so once, shows boxes, and draws again when the font is there", async () => {
    const font = fontOf(null);
    const { plate, card, pass, reports, health } = await openSign({ glyphs: font });
    for (const name of ["陈一", "王二", "李三"]) {
      plate.show(face(line(name)));
      await pass(5000);
    }
    expect(faults(health)).toEqual(["font-missing"]);
    expect(reports.at(-1)?.cannot).toEqual(["glyph"]);
    expect(card.picture().isLit(1, 1)).toBe(true);
    font.find = fontOf("").find.bind(font);
    plate.show(face(line("赵四")));
    await pass(5000);
    expect([faults(health), reports.at(-1)?.cannot]).toEqual([["font-missing", "ok"], []]);
  });
});

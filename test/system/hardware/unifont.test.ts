// Proves that the font of the operating system (Debian's package unifont) has what names need: every character of
// GB 2312, and rare ones that no font card has, each drawn on an emulated picture card dot for dot.
import { beforeAll, expect, test } from "vitest";
import { gb2312Table, isGb2312 } from "../../../hardware/codecs/gb2312.ts";
import { createBxPicturePainter } from "../../../hardware/drivers/bx-picture-painter.ts";
import { SIGN_LAYOUTS } from "../../../hardware/drivers/sign-layouts.ts";
import { createSignNameplate } from "../../../hardware/drivers/sign-nameplate.ts";
import { createUnifontFile } from "../../../hardware/links/unifont-file.ts";
import type { PlateReport } from "../../../hardware/ports/nameplate.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { BxCard } from "../../../simulator/wire/bx-card.ts";
import { MemoryWire } from "../../../simulator/wire/memory-wire.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const RARE = Array.from("喆堃珺玥䶮");
const font = createUnifontFile();
let found: Awaited<ReturnType<typeof font.find>>;
beforeAll(async () => {
  found = await font.find(new Set([...gb2312Table().keys(), ...RARE]));
});

test("the font is there and has them all, each in its own shape", () => {
  if (!found.ok) throw new TypeError(`${found.error}: apt install unifont`);
  expect(found.value.size).toBe(7445 + RARE.length);
  expect(RARE.some(isGb2312)).toBe(false);
  const shapes = [...RARE, "陈"].map((character) => JSON.stringify(found.ok && found.value.get(character)?.rows));
  expect(new Set(shapes).size).toBe(RARE.length + 1);
});

test("a rare name stands on a picture card as the font draws it, and nothing of it is lacking", async () => {
  const clock = new VirtualClock();
  const layout = SIGN_LAYOUTS["128x32"];
  const wire = new MemoryWire(clock);
  const card = new BxCard({ family: "picture", ...layout, clock, say: (bytes) => wire.say(bytes) });
  wire.onHeard = (bytes) => card.hear(bytes);
  const painter = createBxPicturePainter({ layout, glyphs: font });
  const plate = createSignNameplate({ link: wire.byteLink(), clock, layout, painter });
  const reports: PlateReport[] = [];
  await plate.open({ onHealth: () => {}, onReport: (report) => void reports.push(report) });
  plate.show({ lines: [{ zh: RARE.join(""), en: "", emphasis: "normal" }] });
  // The font is read from a disk, which virtual time does not hurry; boxes stand in place of the name until then.
  const drawn = () => clock.advanceSettled(milliseconds(50)).then(() => RARE.map((_, at) => rowsAt(card, at * 16)));
  const wanted = RARE.map((character) => found.ok && found.value.get(character)?.rows);
  await expect.poll(drawn, { timeout: 60_000 }).toEqual(wanted);
  expect(reports.at(-1)?.cannot).toEqual([]);
  expect(card.complaints).toEqual([]);
  await plate.close();
});

/** Sixteen rows of sixteen dots, the leftmost the highest bit. */
const rowsAt = (card: BxCard, left: number): readonly number[] =>
  Array.from({ length: 16 }, (_, y) =>
    Array.from({ length: 16 }, (__, x) => (card.picture().isLit(left + x, y) ? 0x8000 >> x : 0)).reduce(
      (a, b) => a + b,
    ),
  );

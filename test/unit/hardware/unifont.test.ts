// Glyphs out of GNU Unifont's file, and letters that are fetched from it as a sign needs them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { Bitmap } from "../../../hardware/codecs/bitmap.ts";
import { glyphsIn } from "../../../hardware/codecs/unifont.ts";
import { GlyphCase } from "../../../hardware/drivers/glyph-case.ts";
import { createUnifontFile } from "../../../hardware/links/unifont-file.ts";
import { fontOf, testGlyph } from "../../support/test-glyphs.ts";

const HEX = [
  "0041:0000000018242442427E424242420000",
  "5586:101010101010FEFE101010107C7C000000007C7C44444444444444447C7C4444",
  "5803:102008107EFE10201E3C1224122422444A94850801003FF801000100FFFE0000",
  "",
].join("\n");

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

const codes = (text: string): ReadonlySet<number> => new Set(Array.from(text, (letter) => letter.codePointAt(0) ?? 0));
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};

test("a line is a glyph of 8 or 16 dots by 16", () => {
  const found = glyphsIn(HEX, codes("A喆珺"));
  expect([...found.keys()].map((code) => String.fromCodePoint(code))).toEqual(["A", "喆"]);
  expect(found.get(0x41)?.width).toBe(8);
  expect(found.get(0x41)?.rows.slice(4, 6)).toEqual([0x18, 0x24]);
  expect(found.get(0x5586)?.rows[3]).toBe(0xfefe);
});

test("any text is read without harm, and no glyph comes that was not asked for", () => {
  const anyLine = fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-F]{0,7}:?[0-9A-F]{0,65}$/u));
  fc.assert(
    fc.property(fc.array(anyLine), fc.integer({ min: 0, max: 0x10ffff }), (lines, wanted) => {
      for (const [code, { width, rows }] of glyphsIn(lines.join("\n"), new Set([wanted]))) {
        expect(code).toBe(wanted);
        expect(rows).toHaveLength(16);
        expect(rows.every((bits) => Number.isInteger(bits) && bits >= 0 && bits < 2 ** width)).toBe(true);
      }
    }),
  );
});

test("a glyph is drawn dot for dot, and cut off at the edge", () => {
  const picture = new Bitmap(16, 16);
  picture.draw({ width: 8, rows: [0x81, 0x01] }, 8, 0);
  picture.draw({ width: 16, rows: [0xffff] }, 8, 15);
  const lit = Array.from({ length: 256 }, (_, at) => at).filter((at) => picture.isLit(at % 16, at >> 4));
  expect(lit).toEqual([8, 15, 31, ...Array.from({ length: 8 }, (_, at) => 248 + at)]);
});

test("the file of the operating system is read when it is there, and its absence is said", async () => {
  const directory = mkdtempSync(join(tmpdir(), "hallward-font-"));
  directories.push(directory);
  const file = join(directory, "unifont.hex");
  expect(await createUnifontFile(file).find(new Set("A"))).toEqual({ ok: false, error: "absent" });
  expect(await createUnifontFile(directory).find(new Set("A"))).toEqual({ ok: false, error: "failed" });
  writeFileSync(file, HEX);
  const found = await createUnifontFile(file).find(new Set("堃珺"));
  expect(found.ok && [...found.value.keys()]).toEqual(["堃"]);
});

test("letters are fetched once; one the font has not is a box, and a lack", async () => {
  const font = fontOf("喆");
  const letters = new GlyphCase(font);
  let ready = 0;
  for (let time = 0; time < 2; time += 1) {
    letters.fetch(new Set("喆A"), () => (ready += 1));
    await turns();
  }
  expect([font.looks, ready]).toEqual([1, 1]);
  expect(letters.glyphOf("A")).toEqual(testGlyph("A"));
  expect([letters.lacks(new Set("A")), letters.lacks(new Set("喆"))]).toEqual([false, true]);
  expect(letters.glyphOf("喆").rows[1]).toBe(0x7ffe);
});

test("what is wanted during a look is looked up after it; without a font that is the fault", async () => {
  const letters = new GlyphCase(fontOf(""));
  const seen: string[] = [];
  letters.fetch(new Set("甲"), () => seen.push("first"));
  letters.fetch(new Set("乙"), () => seen.push("second"));
  await turns();
  expect(seen).toEqual(["second"]);
  expect(letters.glyphOf("乙")).toEqual(testGlyph("乙"));
  const none = new GlyphCase(fontOf(null));
  none.fetch(new Set("甲"), () => seen.push("none"));
  await turns();
  expect([none.fault, none.lacks(new Set("甲")), seen.at(-1)]).toEqual(["font-missing", true, "none"]);
});

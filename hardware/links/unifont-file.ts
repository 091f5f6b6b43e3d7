import { readFile } from "node:fs/promises";
import { accepted, refused } from "../../protocol/base/result.ts";
import { glyphsIn } from "../codecs/unifont.ts";
import type { Glyph } from "../codecs/bitmap.ts";
import type { GlyphSource } from "../ports/glyph-source.ts";

/** Where Debian's package `unifont` puts GNU Unifont. */
export const UNIFONT_FILE = "/usr/share/unifont/unifont.hex";

/** The operating system's own font, read when it is asked for and not kept: 4 MB for the few letters of a name. */
export const createUnifontFile = (path: string = UNIFONT_FILE): GlyphSource => ({
  async find(characters) {
    const codePoints = new Map([...characters].map((character) => [character.codePointAt(0) ?? 0, character]));
    try {
      const found = glyphsIn(await readFile(path, "latin1"), new Set(codePoints.keys()));
      const glyphs = new Map<string, Glyph>();
      for (const [codePoint, glyph] of found) glyphs.set(codePoints.get(codePoint) ?? "", glyph);
      return accepted(glyphs);
    } catch (thrown) {
      return refused(isAbsent(thrown) ? "absent" : "failed");
    }
  },
});

const isAbsent = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR");

import { type Bitmap, type Glyph, GLYPH_HEIGHT } from "../../hardware/codecs/bitmap.ts";
import type { GlyphSource } from "../../hardware/ports/glyph-source.ts";
import { accepted, refused } from "../../protocol/base/result.ts";

/** A font whose every glyph is its own code point: bit n of the code point is a dot in row n. */
export function testGlyph(character: string): Glyph {
  const codePoint = character.codePointAt(0) ?? 0;
  const rows = Array.from({ length: GLYPH_HEIGHT }, (_, row) => ((codePoint >>> row) & 1) * 0x80);
  return { width: character <= "~" ? 8 : 16, rows: rows.map((row) => (character <= "~" ? row : row * 0x100)) };
}

/** Has every character but those in `lacking`; null: there is no font. Counts how often it was looked at. */
export function fontOf(lacking: string | null): GlyphSource & { looks: number } {
  return {
    looks: 0,
    find(characters) {
      this.looks += 1;
      if (lacking === null) return Promise.resolve(refused("absent"));
      const known = [...characters].filter((character) => !lacking.includes(character));
      return Promise.resolve(accepted(new Map(known.map((character) => [character, testGlyph(character)]))));
    },
  };
}

/** Whether a row of the sign begins with this plain text, in the test's font. */
export const isWrittenOn = (picture: Bitmap, text: string): boolean =>
  Array.from({ length: picture.height / GLYPH_HEIGHT }, (_, row) => row * GLYPH_HEIGHT).some((top) =>
    Array.from(text).every((character, at) =>
      testGlyph(character).rows.every((bits, y) => picture.isLit(at * 8, top + y) === (bits !== 0)),
    ),
  );

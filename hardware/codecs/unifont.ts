import { type Glyph, GLYPH_HEIGHT } from "./bitmap.ts";

// GNU Unifont's .hex file: one glyph a line, "5586:1010...4444", 32 hex digits for 8 x 16 dots or 64 for 16 x 16.

const LINE = /^([0-9A-F]{4,6}):([0-9A-F]{32}|[0-9A-F]{64})$/u;

/** The glyphs of `wanted` code points that `text` has. Lines that are no glyphs are passed over. */
export function glyphsIn(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, Glyph> {
  const found = new Map<number, Glyph>();
  let start = 0;
  while (start < text.length && found.size < wanted.size) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 ? text.length : end;
    const codePoint = codePointAt(text, start, stop);
    if (codePoint !== null && wanted.has(codePoint)) {
      const glyph = glyphOf(text.slice(start, stop));
      if (glyph !== null) found.set(codePoint, glyph);
    }
    start = stop + 1;
  }
  return found;
}

/** Only the number before the colon: most of 57,000 lines are not wanted, and are not looked at any further. */
function codePointAt(text: string, start: number, stop: number): number | null {
  const colon = text.indexOf(":", start);
  if (colon === -1 || colon >= stop || colon - start < 4 || colon - start > 6) return null;
  const digits = text.slice(start, colon);
  return /^[0-9A-F]+$/u.test(digits) ? Number.parseInt(digits, 16) : null;
}

function glyphOf(line: string): Glyph | null {
  const [, , dots = ""] = LINE.exec(line.trimEnd()) ?? [];
  if (dots === "") return null;
  const digits = dots.length / GLYPH_HEIGHT;
  const rows = Array.from({ length: GLYPH_HEIGHT }, (_, row) =>
    Number.parseInt(dots.slice(row * digits, (row + 1) * digits), 16),
  );
  return { width: digits === 4 ? 16 : 8, rows };
}

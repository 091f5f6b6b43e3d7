import { type Glyph, GLYPH_HEIGHT } from "../codecs/bitmap.ts";
import type { GlyphSource } from "../ports/glyph-source.ts";

/** Glyphs kept in memory; the staff of a hall needs a few hundred. */
export const GLYPHS_KEPT_MAX = 2048;

/** The letters a sign has used, fetched from the font as they are needed. */
export class GlyphCase {
  readonly #source: GlyphSource;
  /** Null: the font does not have it. */
  readonly #kept = new Map<string, Glyph | null>();
  #wanted: ReadonlySet<string> = new Set();
  #onReady: () => void = () => {};
  #isFetching = false;
  /** "font-missing", "font-failed", or null. Asked for again with each new face. */
  fault: string | null = null;

  constructor(source: GlyphSource) {
    this.#source = source;
  }

  /** One look at the font at a time; what is wanted meanwhile is looked up after it. */
  fetch(characters: ReadonlySet<string>, onReady: () => void): void {
    this.#wanted = new Set([...characters].filter((character) => !this.#kept.has(character)));
    this.#onReady = onReady;
    if (this.#wanted.size > 0 && !this.#isFetching) void this.#look();
  }

  glyphOf(character: string): Glyph {
    return this.#kept.get(character) ?? (character <= "~" ? NARROW_SUBSTITUTE : WIDE_SUBSTITUTE);
  }

  /** Whether a substitute stands for one of these. */
  lacks(characters: ReadonlySet<string>): boolean {
    return [...characters].some((character) => {
      const kept = this.#kept.get(character);
      return kept === null || (kept === undefined && this.fault !== null); // What is being looked for is no lack.
    });
  }

  async #look(): Promise<void> {
    this.#isFetching = true;
    const asked = this.#wanted;
    const found = await this.#source.find(asked);
    this.#isFetching = false;
    this.fault = found.ok ? null : `font-${found.error === "absent" ? "missing" : "failed"}`;
    if (found.ok) this.#keep(asked, found.value);
    const more = found.ok && [...this.#wanted].some((character) => !this.#kept.has(character));
    if (more) void this.#look();
    else this.#onReady();
  }

  #keep(asked: ReadonlySet<string>, found: ReadonlyMap<string, Glyph>): void {
    if (this.#kept.size + asked.size > GLYPHS_KEPT_MAX) this.#kept.clear();
    for (const character of asked) this.#kept.set(character, found.get(character) ?? null);
  }
}

/** An empty box, as high as the letters. */
function box(width: 8 | 16): Glyph {
  const [top, bottom] = [1, GLYPH_HEIGHT - 2];
  const full = 2 ** (width - 1) - 2;
  const sides = 2 ** (width - 2) + 2;
  const rows = Array.from({ length: GLYPH_HEIGHT }, (_, row) => {
    if (row < top || row > bottom) return 0;
    return row === top || row === bottom ? full : sides;
  });
  return { width, rows };
}

const NARROW_SUBSTITUTE = box(8);
const WIDE_SUBSTITUTE = box(16);

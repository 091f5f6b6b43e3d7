import { assert } from "../../protocol/base/assert.ts";

/** A glyph of 16 rows, 8 or 16 dots wide. The highest bit of a row's `width` bits is its leftmost dot. */
export interface Glyph {
  readonly width: 8 | 16;
  readonly rows: readonly number[];
}

export const GLYPH_HEIGHT = 16;

/** Dots in black and white, row by row, eight to a byte, the highest bit leftmost. */
export class Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;

  constructor(width: number, height: number) {
    assert(width > 0 && height > 0 && width % 8 === 0, "a bitmap is whole bytes wide");
    this.width = width;
    this.height = height;
    this.bytes = new Uint8Array((width / 8) * height);
  }

  isLit(x: number, y: number): boolean {
    return ((this.bytes[this.#at(x, y)] ?? 0) & (0x80 >>> (x % 8))) !== 0;
  }

  /** Dots outside are cut off. */
  light(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = this.#at(x, y);
    this.bytes[at] = (this.bytes[at] ?? 0) | (0x80 >>> (x % 8));
  }

  /** Adds a glyph with its left upper corner there. */
  draw(glyph: Glyph, left: number, top: number): void {
    for (const [row, bits] of glyph.rows.entries()) {
      for (let column = 0; column < glyph.width; column += 1) {
        if ((bits & (1 << (glyph.width - 1 - column))) !== 0) this.light(left + column, top + row);
      }
    }
  }

  #at(x: number, y: number): number {
    return y * (this.width / 8) + (x >>> 3);
  }
}

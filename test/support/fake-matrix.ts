import { Bitmap } from "../../hardware/codecs/bitmap.ts";
import { drawSmallDigits } from "../../hardware/codecs/small-digits.ts";
import type { PixelMatrix, PixelMatrixListener } from "../../hardware/ports/pixel-matrix.ts";

/** Dots whose board is in the test's hand. It forgets them when it is unplugged. */
export class FakeMatrix implements PixelMatrix {
  readonly width: number;
  readonly height: number;
  drawn: Bitmap;
  #listener: PixelMatrixListener | null = null;
  #isPlugged = true;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.drawn = new Bitmap(width, height);
  }

  open(listener: PixelMatrixListener): Promise<void> {
    this.#listener = listener;
    if (this.#isPlugged) listener.onUp();
    else listener.onDown("absent");
    return Promise.resolve();
  }

  draw(picture: Bitmap): void {
    if (this.#isPlugged) this.drawn = picture;
  }

  close(): Promise<void> {
    this.#listener = null;
    return Promise.resolve();
  }

  plug(): void {
    this.#isPlugged = true;
    this.#listener?.onUp();
  }

  unplug(): void {
    this.#isPlugged = false;
    this.drawn = new Bitmap(this.width, this.height);
    this.#listener?.onDown("unplugged");
  }

  /** Whether exactly this text stands there. */
  reads(text: string): boolean {
    const expected = new Bitmap(this.width, this.height);
    drawSmallDigits(expected, text);
    return Buffer.from(expected.bytes).equals(this.drawn.bytes);
  }
}

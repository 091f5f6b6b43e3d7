import { Bitmap } from "../../hardware/codecs/bitmap.ts";
import { drawSmallDigits } from "../../hardware/codecs/small-digits.ts";
import type { PixelMatrix, PixelMatrixListener } from "../../hardware/ports/pixel-matrix.ts";

/** Each dot of a matrix of this size, and whether it is lit while exactly this text stands there. */
export function dotsOf(
  text: string,
  { width, height }: { readonly width: number; readonly height: number },
): readonly (readonly [x: number, y: number, isLit: boolean])[] {
  const picture = new Bitmap(width, height);
  drawSmallDigits(picture, text);
  return Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.trunc(at / width)];
    return [x, y, picture.isLit(x, y)];
  });
}

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
    return dotsOf(text, this).every(([x, y, isLit]) => this.drawn.isLit(x, y) === isLit);
  }
}

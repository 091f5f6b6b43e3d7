import type { Bitmap } from "../codecs/bitmap.ts";
import type { BoardFault } from "./gpio-lines.ts";

/** Dots that a board lights for us, some in a row: a MAX7219 chain, an HT16K33. */
export interface PixelMatrix {
  readonly width: number;
  readonly height: number;
  /** Starts trying. Resolves at once, also when the board is not there yet. Called once in a matrix's life. */
  open(listener: PixelMatrixListener): Promise<void>;
  /** Replaces all dots; dropped while the board is away. */
  draw(picture: Bitmap): void;
  /** Reports nothing from the moment it is called; no handle is left when it resolves. Never rejects. Idempotent. */
  close(): Promise<void>;
}

/** `onDown` as in a byte link. */
export interface PixelMatrixListener {
  onUp(): void;
  onDown(reason: BoardFault): void;
}

import type { Bitmap } from "./bitmap.ts";

/** Three dots wide, five high, one row an octal digit from top to bottom: 7 is three lit dots. */
const SHAPES: Readonly<Record<string, string>> = {
  "0": "75557",
  "1": "26227",
  "2": "71747",
  "3": "71717",
  "4": "55711",
  "5": "74717",
  "6": "74757",
  "7": "71222",
  "8": "75757",
  "9": "75717",
  A: "25755",
  B: "65656",
  C: "34443",
  D: "65556",
  E: "74747",
  F: "74744",
  G: "34553",
  H: "55755",
  "-": "00700",
};

const WIDTH = 3;
const HEIGHT = 5;

/** How many characters fit into so many dots. */
export const digitsIn = (width: number): number => Math.trunc((width + 1) / (WIDTH + 1));

export const isSmallDigit = (character: string): boolean => character in SHAPES;

/** Draws `text` from the left, in the middle of the height; what has no shape leaves a gap. */
export function drawSmallDigits(picture: Bitmap, text: string): void {
  const top = Math.max(0, Math.trunc((picture.height - HEIGHT) / 2));
  for (const [at, character] of Array.from(text).entries()) {
    for (const [row, octal] of Array.from(SHAPES[character] ?? "").entries()) {
      for (let column = 0; column < WIDTH; column += 1) {
        if ((Number(octal) & (4 >>> column)) !== 0) picture.light(at * (WIDTH + 1) + column, top + row);
      }
    }
  }
}

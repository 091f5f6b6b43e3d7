// What people read off a matrix of few dots: each character as it is to look, and no two that look alike.
import { expect, test } from "vitest";
import { Bitmap } from "../../../hardware/codecs/bitmap.ts";
import { digitsIn, drawSmallDigits, isSmallDigit } from "../../../hardware/codecs/small-digits.ts";

function drawn(text: string, width = 32, height = 8): readonly string[] {
  const picture = new Bitmap(width, height);
  drawSmallDigits(picture, text);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (picture.isLit(x, y) ? "#" : ".")).join(""),
  );
}

test.each([
  [
    "0123456",
    [
      "###..#..###.###.#.#.###.###.",
      "#.#.##....#...#.#.#.#...#...",
      "#.#..#..###.###.###.###.###.",
      "#.#..#..#.....#...#...#.#.#.",
      "###.###.###.###...#.###.###.",
    ],
  ],
  [
    "789-A?B",
    [
      "###.###.###......#......##..",
      "..#.#.#.#.#.....#.#.....#.#.",
      ".#..###.###.###.###.....##..",
      ".#..#.#...#.....#.#.....#.#.",
      ".#..###.###.....#.#.....##..",
    ],
  ],
  [
    "CDEFGH",
    [
      ".##.##..###.###..##.#.#.",
      "#...#.#.#...#...#...#.#.",
      "#...#.#.###.###.#.#.###.",
      "#...#.#.#...#...#.#.#.#.",
      ".##.##..###.#....##.#.#.",
    ],
  ],
])("%s", (text, rows) => {
  const blank = ".".repeat(32);
  expect(drawn(text)).toEqual([blank, ...rows.map((row) => row.padEnd(32, ".")), blank, blank]);
});

test("no two look alike, and what does not fit is cut off", () => {
  const known = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(isSmallDigit);
  expect(new Set(known.map((character) => drawn(character).join())).size).toBe(known.length);
  expect([8, 15, 16, 32].map(digitsIn)).toEqual([2, 4, 4, 8]);
  expect(drawn("8888", 8)[1]).toBe("###.###.");
});

// What is sent to a chip of dots lights exactly the picture's dots, whatever the picture, on chips that are strict.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Bitmap } from "../../../hardware/codecs/bitmap.ts";
import { ht16k33Picture, ht16k33SetUp, max7219Row, max7219SetUp } from "../../../hardware/codecs/matrix-chips.ts";
import { Ht16k33, Max7219Chain } from "../../../simulator/wire/dot-chips.ts";

const HEIGHT = 8;

const pictures = (width: number): fc.Arbitrary<Bitmap> =>
  fc.uint8Array({ minLength: width, maxLength: width }).map((bytes) => {
    const picture = new Bitmap(width, HEIGHT);
    picture.bytes.set(bytes);
    return picture;
  });

function dotsOf(width: number, isLit: (x: number, y: number) => boolean): readonly boolean[] {
  return Array.from({ length: width * HEIGHT }, (_, at) => isLit(at % width, Math.trunc(at / width)));
}

const PINS = { data: 1, clock: 2, select: 3 };

function shift(chain: Max7219Chain, bytes: Uint8Array): void {
  chain.onPin(PINS.select, false);
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      chain.onPin(PINS.clock, false);
      chain.onPin(PINS.data, ((byte >>> bit) & 1) === 1);
      chain.onPin(PINS.clock, true);
    }
  }
  chain.onPin(PINS.select, true);
}

test("a chain of MAX7219, fed from either end, two pictures after one another", () => {
  const cases = fc
    .integer({ min: 1, max: 8 })
    .chain((chips) =>
      fc.tuple(
        fc.constant(chips),
        fc.constantFrom("left" as const, "right" as const),
        fc.tuple(pictures(chips * 8), pictures(chips * 8)),
      ),
    );
  fc.assert(
    fc.property(cases, ([chips, fedFrom, shown]) => {
      const chain = new Max7219Chain(chips, fedFrom, PINS);
      for (const order of max7219SetUp(chips)) shift(chain, order);
      for (const picture of shown) {
        for (let y = 0; y < HEIGHT; y += 1) shift(chain, max7219Row(picture, y, fedFrom));
        expect(dotsOf(chips * 8, (x, y) => chain.isLit(x, y))).toEqual(
          dotsOf(chips * 8, (x, y) => picture.isLit(x, y)),
        );
      }
    }),
    { numRuns: 30 },
  );
});

test("an HT16K33, two pictures after one another", () => {
  fc.assert(
    fc.property(fc.tuple(pictures(16), pictures(16)), (shown) => {
      const chip = new Ht16k33(0x70);
      for (const order of ht16k33SetUp()) chip.hear(0x70, [...order]);
      for (const picture of shown) {
        chip.hear(0x70, [...ht16k33Picture(picture)]);
        expect(dotsOf(16, (x, y) => chip.isLit(x, y))).toEqual(dotsOf(16, (x, y) => picture.isLit(x, y)));
      }
    }),
  );
});

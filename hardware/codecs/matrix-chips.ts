import type { Bitmap } from "./bitmap.ts";

// Chips that light dots. A MAX7219 lights 8 x 8 and passes what comes after 16 bits on to the next one; an HT16K33 on
// an I2C bus lights 16 x 8 from its memory of 8 words.

const MAX7219 = { row: 1, decode: 9, brightness: 10, scanLimit: 11, shutdown: 12, test: 15 } as const;
const CHIP_SIDE = 8;
/** Of 15. */
const MAX7219_BRIGHTNESS = 3;
const HT16K33_BRIGHTNESS = 15;

/**
 * What is shifted into a chain of `chips` to set them up: each entry between two pulses of the select line, the first
 * byte out first. No digits decoded, all rows, not in test, awake.
 */
export function max7219SetUp(chips: number): readonly Uint8Array[] {
  const orders: readonly (readonly [number, number])[] = [
    [MAX7219.test, 0],
    [MAX7219.decode, 0],
    [MAX7219.scanLimit, CHIP_SIDE - 1],
    [MAX7219.brightness, MAX7219_BRIGHTNESS],
    [MAX7219.shutdown, 1],
  ];
  return orders.map(([register, value]) =>
    Uint8Array.from(Array.from({ length: chips }, () => [register, value]).flat()),
  );
}

/** Row `y` of the picture in all chips of the chain at once. What goes out first goes to the chain's far end. */
export function max7219Row(picture: Bitmap, y: number, fedFrom: "left" | "right"): Uint8Array {
  const bytesWide = picture.width / CHIP_SIDE;
  const dots = picture.bytes.subarray(y * bytesWide, (y + 1) * bytesWide);
  const outwards = fedFrom === "left" ? [...dots].toReversed() : [...dots];
  return Uint8Array.from(outwards.flatMap((byte) => [MAX7219.row + y, byte]));
}

/** Single bytes that wake the chip: its oscillator, its outputs without blinking, full brightness. */
export const ht16k33SetUp = (): readonly Uint8Array[] => [
  Uint8Array.of(0x21),
  Uint8Array.of(0x81),
  Uint8Array.of(0xe0 | HT16K33_BRIGHTNESS),
];

/** The whole memory from address 0: two bytes a row, the leftmost dot lowest. */
export function ht16k33Picture(picture: Bitmap): Uint8Array {
  const bytes = [0x00];
  for (let y = 0; y < CHIP_SIDE; y += 1) {
    let word = 0;
    for (let x = 0; x < picture.width; x += 1) if (picture.isLit(x, y)) word |= 1 << x;
    bytes.push(word & 0xff, word >>> 8);
  }
  return Uint8Array.from(bytes);
}

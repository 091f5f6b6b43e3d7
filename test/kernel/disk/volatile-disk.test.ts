// Proves of the disk under the power cuts: what was flushed lasts, what was not may go, whole or by the sector, and
// nothing else changes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { SeededRandom } from "../../support/seeded-random.ts";
import { VolatileDisk } from "./volatile-disk.ts";

const SIZE = 8_192;
const Write = fc.record({ offset: fc.nat({ max: SIZE - 1_024 }), length: fc.integer({ min: 1, max: 1_024 }) });
const Act = fc.oneof({ weight: 4, arbitrary: Write }, { weight: 1, arbitrary: fc.constant("flush" as const) });

const filled = (length: number, value: number): Buffer => Buffer.alloc(length, value);
const everything = (disk: VolatileDisk): Buffer => Buffer.from(disk.read(0, SIZE));

test("a disk with nothing to lose keeps exactly what was written before the last flush", () => {
  const keepsFlushed = (acts: readonly (typeof Act extends fc.Arbitrary<infer T> ? T : never)[]): void => {
    const disk = new VolatileDisk(Buffer.alloc(SIZE));
    let flushed = everything(disk);
    for (const [index, act] of acts.entries()) {
      if (act === "flush") {
        disk.flush();
        flushed = everything(disk);
      } else disk.write(act.offset, filled(act.length, (index % 255) + 1));
    }
    disk.cut({ survival: 0, tears: false }, new SeededRandom(1));
    expect(everything(disk).equals(flushed)).toBe(true);
  };
  fc.assert(fc.property(fc.array(Act, { maxLength: 40 }), keepsFlushed));
});

test("a write is read back before any flush, and gone after a cut", () => {
  const disk = new VolatileDisk(Buffer.alloc(SIZE));
  disk.write(512, filled(512, 7));
  expect(disk.read(512, 512).every((byte) => byte === 7)).toBe(true);
  expect(disk.cut({ survival: 0, tears: false }, new SeededRandom(1))).toEqual({ pending: 1, dropped: 1, torn: 0 });
  expect(everything(disk).equals(Buffer.alloc(SIZE))).toBe(true);
});

test("a torn write lasts in whole sectors, some and not all over many cuts", () => {
  const counts = new Set<number>();
  for (let seed = 0; seed < 50; seed += 1) {
    const disk = new VolatileDisk(Buffer.alloc(SIZE));
    disk.write(1_024, filled(4_096, 9));
    expect(disk.cut({ survival: 0, tears: true }, new SeededRandom(seed)).torn).toBe(1);
    const sectors = Array.from({ length: 8 }, (_, sector) => disk.read(1_024 + sector * 512, 512));
    expect(sectors.every((sector) => sector.every((byte) => byte === sector[0]))).toBe(true);
    counts.add(sectors.filter((sector) => sector[0] === 9).length);
  }
  expect(counts.size).toBeGreaterThan(3);
});

test("the superblock of ext4 lasts whole or not at all; the sectors beside it are torn", () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 50; seed += 1) {
    const disk = new VolatileDisk(Buffer.alloc(SIZE));
    disk.write(0, filled(4_096, 9));
    disk.cut({ survival: 0, tears: true }, new SeededRandom(seed));
    seen.add(Array.from({ length: 4 }, (_, sector) => disk.read(sector * 512, 1)[0] === 9).join());
  }
  const superblocks = new Set([...seen].map((sectors) => sectors.split(",").slice(2).join()));
  expect(superblocks).toEqual(new Set(["true,true", "false,false"]));
  expect(seen.size).toBe(8);
});

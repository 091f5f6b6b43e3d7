import { Bitmap, type BxFamily } from "../../hardware/index.ts";
import { assert } from "../../protocol/index.ts";
import { ByteReader } from "./byte-reader.ts";

/** What an emulated BX card can be told. Read from the field tables, not from the driver's own encoder. */
export type BxOrder =
  | { readonly type: "power"; readonly on: boolean }
  | { readonly type: "clear" }
  | { readonly type: "clock" }
  | { readonly type: "areas"; readonly deleted: readonly number[]; readonly areas: readonly BxArea[] };

export interface BxArea {
  readonly id: number;
  /** Dots. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Null: for ever. */
  readonly staleAfterSeconds: number | null;
  readonly shows: { readonly text: Uint8Array } | { readonly picture: Bitmap };
}

/** Throws an assertion at whatever a strict card would refuse. */
export const readBxOrder = (family: BxFamily, content: Uint8Array, generation: 5 | 6): BxOrder =>
  family === "font" ? fontOrder(new ByteReader(content), generation) : pictureOrder(new ByteReader(content));

function fontOrder(reader: ByteReader, generation: 5 | 6): BxOrder {
  const [group, command] = [reader.u8(), reader.u8()];
  reader.expect(1);
  if (group === 0xa3 && command === 0x06) return fontAreas(reader, generation);
  reader.expect(0, 0);
  return simpleOrder(reader, group, command);
}

function simpleOrder(reader: ByteReader, group: number, command: number): BxOrder {
  if (group === 0xa3 && command === 0x00) return powerOrder(reader);
  if (group === 0xa3 && command === 0x10) return done(reader, { type: "clear" });
  assert(group === 0xa2 && command === 0x03, "the card knows the command");
  const digits = [...reader.take(8)].flatMap((byte) => [byte >>> 4, byte & 15]);
  assert(
    digits.every((digit) => digit <= 9),
    "the time is in decimals",
  );
  return done(reader, { type: "clock" });
}

function powerOrder(reader: ByteReader): BxOrder {
  const power = reader.u8();
  assert(power === 1 || power === 2, "on or off");
  return done(reader, { type: "power", on: power === 1 });
}

function fontAreas(reader: ByteReader, generation: 5 | 6): BxOrder {
  reader.expect(0, 0);
  const deleted = [...reader.take(reader.u8())];
  const areas = Array.from({ length: reader.u8() }, () =>
    fontArea(new ByteReader(reader.take(reader.u16())), generation),
  );
  return done(reader, { type: "areas", deleted, areas });
}

function fontArea(reader: ByteReader, generation: 5 | 6): BxArea {
  const unit = generation === 5 ? 8 : 1;
  reader.expect(0);
  const [x, y, width, height] = [reader.u16() * unit, reader.u16(), reader.u16() * unit, reader.u16()];
  const id = reader.u8();
  reader.expect(0);
  const staleAfterSeconds = runOf(reader);
  reader.expect(0, 0, 0, 2, 1, 1, 0, 0, 8);
  const text = reader.take(reader.u32());
  assert(reader.left === 0, "an area is as long as it says");
  assert(text.length > 0, "an area without text keeps what it shows");
  return { id, x, y, width, height, staleAfterSeconds, shows: { text } };
}

function runOf(reader: ByteReader): number | null {
  const [mode, timeout] = [reader.u8(), reader.u16()];
  assert(mode === 0 || (mode === 2 && timeout > 0), "the card knows how the area runs");
  return mode === 0 ? null : timeout;
}

function pictureOrder(reader: ByteReader): BxOrder {
  reader.expect(1);
  const [group, command] = [reader.u8(), reader.u8()];
  reader.expect(0, 0);
  if (group !== 0xa7) return simpleOrder(reader, group, command);
  assert(command === 0, "the card knows the command");
  assert(reader.u16() === 1, "one area at a time");
  const area = new ByteReader(reader.take(reader.u32()));
  const id = area.u8();
  const staleAfterSeconds = runOf(area);
  area.expect(0, 0, 0, 1, 0, 0, 0, 0, 0x10);
  const [x, y, width, height] = [area.u16(), area.u16(), area.u16(), area.u16()];
  area.expect(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  assert(area.left === 0, "an area is as long as it says");
  const page = new ByteReader(reader.take(reader.u32()));
  page.expect(0, 1, 0, 0);
  page.take(3);
  assert(page.u16() === width, "a page is as wide as its area");
  page.take(9);
  assert(page.u32() === 0 && page.left === 4, "the first page's dots come first");
  const picture = new Bitmap(width, height);
  assert(page.u32() === picture.bytes.length, "a page has all its dots");
  picture.bytes.set(reader.take(picture.bytes.length));
  return done(reader, {
    type: "areas",
    deleted: [],
    areas: [{ id, x, y, width, height, staleAfterSeconds, shows: { picture } }],
  });
}

function done(reader: ByteReader, order: BxOrder): BxOrder {
  assert(reader.left === 0, "nothing is left over");
  return order;
}

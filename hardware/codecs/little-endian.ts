import { assert } from "../../protocol/base/assert.ts";

/** Two bytes, low one first. */
export function u16(value: number): readonly [number, number] {
  assert(Number.isInteger(value) && value >= 0 && value <= 0xffff, "16 bits");
  return [value & 0xff, value >>> 8];
}

/** Four bytes, low one first. */
export const u32 = (value: number): readonly number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

import type { Random } from "../../protocol/index.ts";

/** Chance from a 32-bit seed (mulberry32): the same people every time. For liveliness, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (): string => word().toString(16).padStart(8, "0");
  return {
    next: () => word() / 2 ** 32,
    uuid() {
      const digits = hex() + hex() + hex() + hex();
      const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
      return [...parts, digits.slice(20)].join("-");
    },
  };
}

import type { Random } from "../../protocol/base/random.ts";

/**
 * Chance from a seed: sfc32 (Chris Doty-Humphrey's Small Fast Chaotic generator, 128 bits of state, PractRand-clean),
 * its state filled by splitmix32 from the 32-bit seed. Equal seeds give equal sequences on every machine.
 */
export class SeededRandom implements Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    const fill = splitmix32(seed);
    [this.#a, this.#b, this.#c] = [fill(), fill(), fill()];
    for (let round = 0; round < 12; round += 1) this.#word();
  }

  /** 53 random bits, as Math.random has. */
  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  uuid(): string {
    const words = [this.#word(), this.#word(), this.#word(), this.#word()];
    const hex = words.map((word) => word.toString(16).padStart(8, "0")).join("");
    const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3);
    const version = `4${hex.slice(13, 16)}`;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** 32 random bits, unsigned. */
  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

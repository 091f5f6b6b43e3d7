import { milliseconds, type DurationMs, present, type Random } from "../../protocol/index.ts";

/**
 * Chance from a seed, in named streams: a draw added to one stream shifts no other. sfc32 (Chris Doty-Humphrey), its
 * state filled by splitmix32 from the seed and the stream's name.
 */
export class Chance implements Random {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#seed = seed;
    const fill = splitmix32(seed);
    [this.#a, this.#b, this.#c] = [fill(), fill(), fill()];
    for (let round = 0; round < 12; round += 1) this.word();
  }

  /** A stream of its own. Depends on this one's seed and the name alone, not on what was drawn before. */
  stream(name: string): Chance {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    return new Chance(hash ^ Math.imul(this.#seed, 0x9e3779b9));
  }

  next(): number {
    const high = this.word() >>> 5;
    return (high * 67_108_864 + (this.word() >>> 6)) / 9_007_199_254_740_992;
  }

  /** 32 bits, unsigned. */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  uuid(): string {
    const [a, b, c, d] = [this.word(), this.word(), this.word(), this.word()];
    const variant = "89ab".charAt(this.word() & 3);
    const middle = `${four(b >>> 16)}-4${four(b).slice(1)}-${variant}${four(c >>> 16).slice(1)}`;
    return `${eight(a)}-${middle}-${four(c)}${eight(d)}`;
  }

  happens(share: number): boolean {
    return share > 0 && this.next() < share;
  }

  /** A whole number from 0 up to, and without, `bound`. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** Uniform in [`from`, `to`). */
  between(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  msBetween(from: number, to: number): DurationMs {
    return milliseconds(Math.round(this.between(from, to)));
  }

  /** Exponential with this mean, at most 8 means. */
  gap(mean: number): number {
    return Math.min(-Math.log(1 - this.next()), 8) * mean;
  }

  pick<T>(choices: readonly T[]): T {
    return present(choices[this.below(choices.length)], "a choice");
  }
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const pair = (byte: number): string => PAIRS[byte & 255] ?? "";

/** Hex digits of the lower 16 bits, and of all 32. */
const four = (word: number): string => pair(word >>> 8) + pair(word);
const eight = (word: number): string => four(word >>> 16) + four(word);

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

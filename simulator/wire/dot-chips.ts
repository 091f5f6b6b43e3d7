import { assert } from "../../protocol/index.ts";

// Chips that light dots, as their makers describe them: what they show is what they were sent.

const SIDE = 8;

interface Chip {
  rows: number[];
  awake: boolean;
  limit: number;
  decode: number;
  test: boolean;
}

/** Out of power they come up dark, with digits decoded and one row. */
const OFF = { awake: false, limit: 0, decode: 0xff, test: false } as const;

/** MAX7219s in a row, wired to three pins of a board. Each passes on what was shifted in 16 bits ago. */
export class Max7219Chain {
  readonly #chips: readonly Chip[];
  readonly #pins: { readonly data: number; readonly clock: number; readonly select: number };
  readonly #fedFrom: "left" | "right";
  #bits: boolean[] = [];
  readonly #levels = new Map<number, boolean>();

  constructor(
    chips: number,
    fedFrom: "left" | "right",
    pins: { readonly data: number; readonly clock: number; readonly select: number },
  ) {
    [this.#fedFrom, this.#pins] = [fedFrom, pins];
    this.#chips = Array.from({ length: chips }, () => ({ rows: [], ...OFF }));
  }

  cutPower(): void {
    for (const chip of this.#chips) Object.assign(chip, { rows: [], ...OFF });
    this.#bits = [];
  }

  /** A pin of the board changed. */
  onPin(pin: number, isHigh: boolean): void {
    const rises = isHigh && this.#levels.get(pin) !== true;
    this.#levels.set(pin, isHigh);
    if (!rises) return;
    if (pin === this.#pins.clock) this.#bits.push(this.#levels.get(this.#pins.data) === true);
    if (pin === this.#pins.select) this.#takeEffect();
  }

  isLit(x: number, y: number): boolean {
    const fromLeft = Math.trunc(x / SIDE);
    const chip = this.#chips[this.#fedFrom === "left" ? fromLeft : this.#chips.length - 1 - fromLeft];
    if (chip === undefined || !chip.awake || chip.limit < y || chip.decode !== 0) return false;
    return chip.test || ((chip.rows[y] ?? 0) & (0x80 >>> (x % SIDE))) !== 0;
  }

  /** The last 16 bits shifted in stand in the first chip. */
  #takeEffect(): void {
    assert(this.#bits.length === this.#chips.length * 16 || this.#bits.length === 0, "16 bits for each chip");
    for (const chip of this.#chips) {
      const word = this.#bits.splice(-16).reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
      this.#order(chip, (word >>> 8) & 0x0f, word & 0xff);
    }
  }

  #order(chip: Chip, register: number, value: number): void {
    if (register >= 1 && register <= SIDE) chip.rows[register - 1] = value;
    else if (register === 9) chip.decode = value;
    else if (register === 11) chip.limit = value;
    else if (register === 12) chip.awake = value === 1;
    else if (register === 15) chip.test = value === 1;
  }
}

/** An HT16K33 with 16 x 8 dots at an address of the bus. */
export class Ht16k33 {
  readonly #address: number;
  readonly #memory: number[] = [];
  #runs = false;
  #shows = false;

  constructor(address: number) {
    this.#address = address;
  }

  cutPower(): void {
    [this.#runs, this.#shows] = [false, false];
    this.#memory.length = 0;
  }

  hear(address: number, bytes: readonly number[]): void {
    if (address !== this.#address) return;
    const [command = 0, ...more] = bytes;
    if (command < 0x10) for (const [at, byte] of more.entries()) this.#memory[(command + at) % 16] = byte;
    else if ((command & 0xf0) === 0x20) this.#runs = (command & 1) === 1;
    else if ((command & 0xf0) === 0x80) this.#shows = (command & 1) === 1 && (command & 0x06) === 0;
    else assert((command & 0xf0) === 0xe0, "a command is one that the chip knows");
  }

  isLit(x: number, y: number): boolean {
    if (!this.#runs || !this.#shows) return false;
    return ((this.#memory[y * 2 + Math.trunc(x / SIDE)] ?? 0) & (1 << (x % SIDE))) !== 0;
  }
}

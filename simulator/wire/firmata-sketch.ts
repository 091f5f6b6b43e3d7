import { assert, type Clock, milliseconds, type Timer } from "../../protocol/index.ts";

// An Arduino Uno with StandardFirmata 2.6 down to its bytes, and strict: a message it has no use for is an assertion.
// Written from the protocol's description, apart from the driver and its codec.

const PINS = 20;
const PORTS = 3;
const INPUT = 0;
const OUTPUT = 1;
const I2C = 6;
const PULL_UP = 11;
/** A0 to A5. A4 and A5 are the I2C bus too. */
const FIRST_ANALOG = 14;
/** How often an analog level is told. */
const SAMPLING = milliseconds(19);
const NAME = "StandardFirmata.ino";

export interface FirmataSketchOptions {
  /** Without one no analog level is told. */
  readonly clock?: Clock;
  readonly say: (bytes: Uint8Array) => void;
  readonly onOutput?: (pin: number, isHigh: boolean) => void;
  readonly onI2c?: (address: number, bytes: readonly number[]) => void;
}

export class FirmataSketch {
  /** Says nothing and hears nothing: the sketch hangs, or there is none. */
  hangs = false;
  readonly #options: FirmataSketchOptions;
  readonly #pulls = new Map<number, "low" | "high">();
  readonly #modes = new Map<number, number>();
  readonly #outputs = new Map<number, boolean>();
  readonly #reported = new Set<number>();
  readonly #told = new Map<number, number>();
  readonly #sampled = new Set<number>();
  #sampling: Timer | null = null;
  #i2cIsSetUp = false;
  #heard: number[] = [];

  constructor(options: FirmataSketchOptions) {
    this.#options = options;
  }

  /** Power comes, or the reset button is pressed: everything is forgotten, and the sketch says who it is. */
  boot(): void {
    this.cutPower();
    if (this.hangs) return;
    this.#sayVersion();
    this.#sayFirmware();
  }

  cutPower(): void {
    for (const [pin, isHigh] of this.#outputs) if (isHigh) this.#options.onOutput?.(pin, false);
    for (const kept of [this.#modes, this.#outputs, this.#reported, this.#told, this.#sampled]) kept.clear();
    this.#sampling?.cancel();
    this.#sampling = null;
    [this.#i2cIsSetUp, this.#heard] = [false, []];
  }

  /** A contact closes to ground or to the supply; null: it opens, and a resistor has the line. */
  contact(pin: number, pull: "low" | "high" | null): void {
    if (pull === null) this.#pulls.delete(pin);
    else this.#pulls.set(pin, pull);
    this.#report(Math.trunc(pin / 8), false);
  }

  /** Whether the sketch drives this pin high. */
  isLit(pin: number): boolean {
    return this.#modes.get(pin) === OUTPUT && this.#outputs.get(pin) === true;
  }

  /** Whether the board's own resistor pulls this pin up. */
  isPulledUp(pin: number): boolean {
    return this.#modes.get(pin) === PULL_UP;
  }

  hear(bytes: Uint8Array): void {
    if (this.hangs) return;
    for (const byte of bytes) {
      this.#heard.push(byte);
      const whole = lengthOf(this.#heard);
      if (whole === this.#heard.length) this.#obey(this.#heard.splice(0));
    }
  }

  #obey([command = 0, first = 0, second = 0, ...rest]: readonly number[]): void {
    assert(command >= 0x80, "a message begins with a command");
    if (command === 0xf0) return this.#obeySysex(first, [second, ...rest].slice(0, -1));
    if (command === 0xff) return this.cutPower();
    if (command === 0xf9) return this.#sayVersion();
    if (command === 0xf4) return this.#setMode(first, second);
    if (command === 0xf5) return this.#drive(first, second === 1);
    if ((command & 0xf0) === 0xc0) return this.#sample(command & 0x0f, first === 1);
    const port = command & 0x0f;
    assert(port < PORTS, "an Uno has three ports");
    if ((command & 0xf0) === 0xd0) {
      if (first === 1) this.#reported.add(port);
      else this.#reported.delete(port);
      return this.#report(port, true);
    }
    assert((command & 0xf0) === 0x90, "a message is one that StandardFirmata knows");
    for (let bit = 0; bit < 8; bit += 1) {
      const isHigh = (((first | (second << 7)) >>> bit) & 1) === 1;
      const pin = port * 8 + bit;
      // As the real one, for old programs: an input that is written high gets its pull-up.
      if (this.#modes.get(pin) === INPUT && isHigh) this.#modes.set(pin, PULL_UP);
      if (this.#modes.get(pin) === OUTPUT) this.#drive(pin, isHigh);
    }
  }

  #sample(channel: number, isWanted: boolean): void {
    assert(channel < PINS - FIRST_ANALOG, "an Uno has six analog channels");
    if (!isWanted) this.#sampled.delete(channel);
    else this.#sampled.add(channel);
    this.#sampling ??= this.#options.clock?.every(SAMPLING, () => this.#saySamples()) ?? null;
  }

  #saySamples(): void {
    if (this.hangs) return;
    for (const channel of this.#sampled) {
      if (!this.#modes.has(FIRST_ANALOG + channel)) this.#options.say(Uint8Array.of(0xe0 | channel, 0, 0));
    }
  }

  #obeySysex(command: number, body: readonly number[]): void {
    if (command === 0x79) return this.#sayFirmware();
    if (command === 0x6b) return this.#sysex(0x6c, capabilities());
    if (command === 0x69) return this.#sysex(0x6a, analogChannels());
    if (command === 0x78) {
      this.#i2cIsSetUp = true;
      return;
    }
    assert(command === 0x76 && this.#i2cIsSetUp && body[1] === 0, "a message is one that StandardFirmata knows");
    const [address = 0, , ...halves] = body;
    assert(halves.length % 2 === 0, "each byte comes in two halves");
    const bytes = halves.flatMap((low, at) => (at % 2 === 0 ? [low | ((halves[at + 1] ?? 0) << 7)] : []));
    this.#options.onI2c?.(address, bytes);
  }

  #setMode(pin: number, mode: number): void {
    assert(pin >= 2 && pin < PINS && [INPUT, OUTPUT, PULL_UP].includes(mode), "a pin is given a mode it has");
    this.#modes.set(pin, mode);
  }

  #drive(pin: number, isHigh: boolean): void {
    assert(this.#modes.get(pin) === OUTPUT, "only an output is driven");
    if ((this.#outputs.get(pin) ?? false) === isHigh) return;
    this.#outputs.set(pin, isHigh);
    this.#options.onOutput?.(pin, isHigh);
  }

  #levelOf(pin: number): boolean {
    const pull = this.#pulls.get(pin);
    return pull === undefined ? this.isPulledUp(pin) : pull === "high";
  }

  #report(port: number, anyway: boolean): void {
    if (!this.#reported.has(port) || this.hangs) return;
    let bits = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const mode = this.#modes.get(port * 8 + bit);
      if ((mode === INPUT || mode === PULL_UP) && this.#levelOf(port * 8 + bit)) bits |= 1 << bit;
    }
    if (!anyway && this.#told.get(port) === bits) return;
    this.#told.set(port, bits);
    this.#options.say(Uint8Array.of(0x90 | port, bits & 0x7f, bits >>> 7));
  }

  #sayVersion(): void {
    this.#options.say(Uint8Array.of(0xf9, 2, 6));
  }

  #sayFirmware(): void {
    this.#sysex(0x79, [2, 11, ...Array.from(NAME).flatMap((letter) => [letter.charCodeAt(0), 0])]);
  }

  #sysex(command: number, body: readonly number[]): void {
    this.#options.say(Uint8Array.of(0xf0, command, ...body, 0xf7));
  }
}

/** Bytes of the message that begins so; Infinity while that is not known. */
function lengthOf([command = 0, ...rest]: readonly number[]): number {
  if (command === 0xf0) return rest.at(-1) === 0xf7 ? rest.length + 1 : Infinity;
  if (command === 0xff || command === 0xf9) return 1;
  return [0xc0, 0xd0].includes(command & 0xf0) ? 2 : 3;
}

/** Pins 0 and 1 are the line to us. */
function capabilities(): readonly number[] {
  return Array.from({ length: PINS }, (_, pin) => {
    if (pin < 2) return [0x7f];
    const analog = pin >= FIRST_ANALOG ? [2, 10] : [];
    const bus = pin >= PINS - 2 ? [I2C, 1] : [];
    return [INPUT, 1, OUTPUT, 1, PULL_UP, 1, ...analog, ...bus, 0x7f];
  }).flat();
}

const analogChannels = (): readonly number[] =>
  Array.from({ length: PINS }, (_, pin) => (pin >= FIRST_ANALOG ? pin - FIRST_ANALOG : 0x7f));

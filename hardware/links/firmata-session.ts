import { EventEmitter } from "node:events";
import { FIRMATA, FIRMATA_MODES, type FirmataFrame, encodeFirmata } from "../codecs/firmata-frames.ts";
import type { FirmataIo, FirmataPackages, FirmataTransport, JohnnyBoard } from "./firmata-packages.ts";

class Transport extends EventEmitter implements FirmataTransport {
  readonly #write: (bytes: Uint8Array) => void;

  constructor(write: (bytes: Uint8Array) => void) {
    super();
    this.#write = write;
  }

  write(bytes: Uint8Array, done?: () => void): void {
    this.#write(bytes);
    done?.();
  }
}

const PINS_PER_PORT = 8;
/** As many as a message of an analog level can name. */
const CHANNELS_MAX = 16;
/** In an answer about capabilities. */
const END_OF_PIN = 0x7f;

/**
 * One life of a board: a transport, firmata-io and johnny-five's board on it, from the handshake to the loss of the
 * line. Ended, it leaves nothing behind in the packages: neither keeps a list of us, nor a timer.
 */
export class FirmataSession {
  readonly #packages: FirmataPackages;
  readonly #transport: Transport;
  readonly #io: FirmataIo;
  readonly #board: JohnnyBoard;
  /** By port: the bits of its inputs. */
  readonly #inputs = new Map<number, number>();
  readonly #outputs = new Set<number>();
  #isReady = false;
  #beat: { readonly pin: number; readonly channel: number } | null = null;
  #onBeat: (() => void) | null = null;

  constructor(packages: FirmataPackages, write: (bytes: Uint8Array) => void, onReady: () => void) {
    this.#packages = packages;
    this.#transport = new Transport(write);
    this.#io = new packages.Firmata(this.#transport);
    this.#io.reportVersionTimeoutId.close(); // It would ask once, by a clock of its own.
    this.#io.on("error", () => {});
    this.#board = new packages.Board({ io: this.#io, repl: false, debug: false, sigint: false });
    this.#board.on("error", () => {});
    this.#board.once("ready", () => {
      this.#isReady = true;
      onReady();
    });
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Only once there is somebody to hear the answers: `open` before that and the board never becomes ready. */
  begin(): void {
    this.#transport.emit("open");
    this.#board.timer?.close();
    this.#io.reportVersion(() => {});
    this.#io.queryFirmware(() => {});
  }

  /** Whole frames alone reach the packages, and only those they are asked for: their own parser trusts what it gets. */
  hear(frame: FirmataFrame): void {
    if (frame.kind === "analog") {
      if (frame.channel === this.#beat?.channel) this.#onBeat?.();
      return;
    }
    if (this.#isUseful(frame)) this.#transport.emit("data", encodeFirmata(frame));
  }

  #isUseful(frame: FirmataFrame): boolean {
    if (frame.kind !== "sysex" || isIntroduction(frame)) return true;
    // Pins are described once, and their analog numbers come after that, one for each.
    const pins = this.#io.pins.length;
    if (frame.command === FIRMATA.capabilityAnswer) return pins === 0 && frame.body.at(-1) === END_OF_PIN;
    return frame.command === FIRMATA.analogAnswer && pins > 0 && frame.body.length === pins;
  }

  end(): void {
    this.#io.reportVersionTimeoutId.close();
    this.#board.timer?.close();
    for (const emitter of [this.#transport, this.#io, this.#board]) emitter.removeAllListeners();
    const { cache } = this.#packages.Board;
    const at = cache.indexOf(this.#board);
    if (at >= 0) cache.splice(at, 1);
  }

  /** `D7`, `7`, `A0`; null when this board has no such pin, or it cannot do that. */
  pinOf(line: string, mode: number): number | null {
    const [, kind, number] = /^([AD]?)(\d{1,3})$/u.exec(line) ?? [];
    if (number === undefined) return null;
    const pin = kind === "A" ? this.#io.analogPins[Number(number)] : Number(number);
    return pin !== undefined && this.#io.pins[pin]?.supportedModes.includes(mode) === true ? pin : null;
  }

  /**
   * Tells the level now and then again and again, whether it has changed or not. `onBeat`: the levels of an analog pin
   * that nobody uses, told by the board's own clock. A board that has none to spare does not beat.
   */
  watch(
    pins: readonly number[],
    mode: number,
    onLevel: (pin: number, isHigh: boolean) => void,
    onBeat: () => void,
  ): void {
    for (const pin of pins) {
      this.#board.pinMode(pin, mode);
      this.#inputs.set(portOf(pin), (this.#inputs.get(portOf(pin)) ?? 0) | bitOf(pin));
    }
    for (const pin of pins) this.#board.digitalRead(pin, (level) => onLevel(pin, level === 1));
    this.#onBeat = onBeat;
    this.#beatElsewhere();
  }

  #beatElsewhere(): void {
    const isFree = (pin: number): boolean => {
      const modes = this.#io.pins[pin]?.supportedModes ?? [];
      const isInput = ((this.#inputs.get(portOf(pin)) ?? 0) & bitOf(pin)) !== 0;
      const isBus = modes.includes(FIRMATA_MODES.i2c);
      return modes.includes(FIRMATA_MODES.analog) && !isBus && !isInput && !this.#outputs.has(pin);
    };
    const channel = this.#io.analogPins.findLastIndex((pin, at) => at < CHANNELS_MAX && isFree(pin));
    const pin = this.#io.analogPins[channel];
    this.#beat = pin === undefined ? null : { pin, channel };
    if (pin !== undefined) this.#transport.write(Uint8Array.of(FIRMATA.reportAnalog | channel, 1));
  }

  write(pin: number, isHigh: boolean): void {
    this.#output(pin);
    // Eight pins are written at once. A closed contact among them, written back as high, would be pulled up.
    const port = portOf(pin);
    this.#io.ports[port] = (this.#io.ports[port] ?? 0) & ~(this.#inputs.get(port) ?? 0);
    this.#board.digitalWrite(pin, isHigh ? 1 : 0);
  }

  /** Shifts bytes into a chain of chips, highest bit first, and lets them take effect. */
  shift(pins: { readonly data: number; readonly clock: number; readonly select: number }, bytes: Uint8Array): void {
    this.write(pins.select, false);
    this.#output(pins.data);
    this.#output(pins.clock);
    for (const byte of bytes) this.#board.shiftOut(pins.data, pins.clock, byte);
    this.write(pins.select, true);
  }

  /** firmata-io's own words for this keep every board in a list of theirs. */
  setUpI2c(): void {
    this.#board.sysexCommand([FIRMATA.i2cSetUp, 0, 0]);
  }

  writeI2c(address: number, bytes: readonly number[]): void {
    this.#board.sysexCommand([FIRMATA.i2cRequest, address, 0, ...bytes]);
  }

  #output(pin: number): void {
    if (this.#outputs.has(pin)) return;
    this.#outputs.add(pin);
    this.#board.pinMode(pin, FIRMATA_MODES.output);
    if (pin === this.#beat?.pin) this.#beatElsewhere();
  }
}

const portOf = (pin: number): number => Math.trunc(pin / PINS_PER_PORT);
const bitOf = (pin: number): number => 1 << (pin % PINS_PER_PORT);

/** The sketch says its name and version: when it is asked, and by itself when it starts. */
export const isIntroduction = (frame: FirmataFrame): boolean =>
  frame.kind === "sysex" && frame.command === FIRMATA.firmware && frame.body.length >= 2 && frame.body.length % 2 === 0;

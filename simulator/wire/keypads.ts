import { bootReport, encodeKeypad, type KeypadFrame } from "../../hardware/index.ts";
import { type Clock, type DurationMs, type Level, milliseconds, type Timer } from "../../protocol/index.ts";

/** A keypad that is a keyboard: tells which keys are down whenever that changes. Key 1 is 非常不满意. */
export class KeyboardKeypad {
  readonly #say: (report: Uint8Array) => void;
  readonly #down = new Set<Level>();

  constructor(say: (report: Uint8Array) => void) {
    this.#say = say;
  }

  press(level: Level): void {
    this.#down.add(level);
    this.tell();
  }

  lift(level: Level): void {
    this.#down.delete(level);
    this.tell();
  }

  /** As it does when the system asks for its state. */
  tell(): void {
    this.#say(bootReport([...this.#down].map((level) => 0x58 + level)));
  }
}

const REPEAT_EVERY = milliseconds(100);

/** A keypad that sends a frame for a press, again and again while the key is held, and nothing when it is let go. */
export class FrameKeypad {
  readonly #clock: Clock;
  readonly #frame: KeypadFrame;
  readonly #codes: ReadonlyMap<Level, number>;
  readonly #say: (bytes: Uint8Array) => void;
  readonly #repeatEvery: DurationMs;
  readonly #down = new Map<Level, Timer>();

  constructor(options: {
    readonly clock: Clock;
    readonly frame: KeypadFrame;
    readonly codes: ReadonlyMap<Level, number>;
    readonly say: (bytes: Uint8Array) => void;
    readonly repeatEvery?: DurationMs;
  }) {
    this.#clock = options.clock;
    this.#frame = options.frame;
    this.#codes = options.codes;
    this.#say = options.say;
    this.#repeatEvery = options.repeatEvery ?? REPEAT_EVERY;
  }

  press(level: Level): void {
    if (this.#down.has(level)) return;
    const send = (): void => this.#say(encodeKeypad(this.#frame, this.#codes.get(level) ?? 0));
    this.#down.set(level, this.#clock.every(this.#repeatEvery, send));
    send();
  }

  lift(level: Level): void {
    this.#down.get(level)?.cancel();
    this.#down.delete(level);
  }

  release(): void {
    for (const level of this.#down.keys()) this.lift(level);
  }
}

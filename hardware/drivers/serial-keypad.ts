import { assert } from "../../protocol/base/assert.ts";
import type { Level } from "../../protocol/base/levels.ts";
import { type Clock, milliseconds, type Timer } from "../../protocol/base/time.ts";
import {
  decodeKeypad,
  endKeypad,
  faultOfFrame,
  KEYPAD_START,
  type KeypadFrame,
  type KeypadState,
  type KeypadWord,
} from "../codecs/keypad-frame.ts";
import type { ByteLink } from "../ports/byte-link.ts";
import type { RatingKeypad, RatingKeypadListener } from "../ports/rating-keypad.ts";
import { KeypadKeys } from "./keypad-keys.ts";
import type { KeypadFace, KeypadLamps } from "./keypad-lamps.ts";

/** A keypad tells of presses alone. A key counts as let go so long after it was last heard of. */
export const KEY_HELD = milliseconds(150);
/** Bytes of one frame follow one another more closely than this. */
export const KEYPAD_FRAME_SILENCE = milliseconds(100);

export interface SerialKeypadOptions {
  readonly link: ByteLink;
  readonly clock: Clock;
  readonly frame: KeypadFrame;
  readonly keys: ReadonlyMap<number, Level>;
  /** Default: the keypad has no lamps. */
  readonly lamps?: KeypadLamps | undefined;
}

/** A rating keypad on a serial line. Health: ok while the line is up, else a fault named by the link (LinkFault). */
export function createSerialKeypad(options: SerialKeypadOptions): RatingKeypad {
  assert(faultOfFrame(options.frame) === null, "the frame can be as described");
  return new SerialKeypad(options);
}

class SerialKeypad implements RatingKeypad {
  readonly driver = "serial-keypad";
  readonly #options: SerialKeypadOptions;
  readonly #keys = new KeypadKeys();
  readonly #held = new Map<Level, Timer>();
  #state: KeypadState = KEYPAD_START;
  #silence: Timer | null = null;
  #face: KeypadFace = "dark";

  constructor(options: SerialKeypadOptions) {
    this.#options = options;
  }

  open(listener: RatingKeypadListener): Promise<void> {
    assert(!this.#keys.isOpen, "a keypad is opened once");
    this.#keys.open(listener);
    return this.#options.link.open({
      onUp: () => {
        this.#keys.sayHealth(null);
        this.#light();
      },
      onDown: (fault) => {
        this.#forget();
        this.#keys.sayHealth(fault);
      },
      onBytes: (chunk) => this.#read(chunk),
    });
  }

  show(face: KeypadFace): void {
    this.#face = face;
    if (this.#keys.isOpen) this.#light();
  }

  async close(): Promise<void> {
    this.#keys.silence();
    this.#forget();
    await this.#options.link.close();
  }

  #light(): void {
    const { lamps, link } = this.#options;
    if (lamps !== undefined) link.write(lamps[this.#face]);
  }

  #read(chunk: Uint8Array): void {
    const { frame, clock } = this.#options;
    const [state, words] = decodeKeypad(frame, this.#state, chunk);
    this.#state = state;
    this.#silence?.cancel();
    this.#silence = state.rest.length === 0 ? null : clock.after(KEYPAD_FRAME_SILENCE, () => this.#breakOff());
    this.#take(words);
  }

  #breakOff(): void {
    this.#silence = null;
    const [state, words] = endKeypad(this.#options.frame, this.#state);
    this.#state = state;
    this.#take(words);
  }

  #take(words: readonly KeypadWord[]): void {
    const { clock, keys } = this.#options;
    for (const word of words) {
      const level = word.kind === "key" ? keys.get(word.code) : undefined;
      if (level === undefined || !this.#keys.isOpen) continue; // Not a key of ours, or closed by the listener.
      this.#held.get(level)?.cancel();
      this.#held.set(
        level,
        clock.after(KEY_HELD, () => this.#letGo(level)),
      );
      this.#keys.move(level, "pressed", clock.mono());
    }
  }

  #letGo(level: Level): void {
    this.#held.delete(level);
    this.#keys.move(level, "released", this.#options.clock.mono());
  }

  #forget(): void {
    for (const timer of this.#held.values()) timer.cancel();
    this.#held.clear();
    this.#silence?.cancel();
    this.#silence = null;
    this.#state = KEYPAD_START;
  }
}

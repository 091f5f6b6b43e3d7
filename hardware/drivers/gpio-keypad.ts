import { assert } from "../../protocol/base/assert.ts";
import type { Level } from "../../protocol/base/levels.ts";
import type { GpioLines } from "../ports/gpio-lines.ts";
import type { RatingKeypad } from "../ports/rating-keypad.ts";
import { KeypadKeys } from "./keypad-keys.ts";

export interface GpioKeypadOptions {
  readonly lines: GpioLines;
  /** The input line of each key. */
  readonly keys: ReadonlyMap<string, Level>;
  /** Output lines: lit while the keys may be pressed, and while the answer is thanked for. Default: none. */
  readonly lamps?: { readonly asking?: string | undefined; readonly thanks?: string | undefined };
}

/** Five buttons wired to a board. Health: ok while the board is there, else a LinkFault. */
export function createGpioKeypad({ lines, keys, lamps = {} }: GpioKeypadOptions): RatingKeypad {
  const pad = new KeypadKeys();
  let face: Parameters<RatingKeypad["show"]>[0] = "dark";
  const light = (): void => {
    if (lamps.asking !== undefined) lines.write(lamps.asking, face === "asking");
    if (lamps.thanks !== undefined) lines.write(lamps.thanks, face === "thanks");
  };
  return {
    driver: "gpio-keypad",
    open(listener) {
      assert(!pad.isOpen, "a keypad is opened once");
      pad.open(listener);
      return lines.open({
        onUp: () => {
          pad.sayHealth(null);
          light();
        },
        onDown: (fault) => pad.sayHealth(fault),
        onEdge: (line, { edge, at }) => {
          const level = keys.get(line);
          if (level !== undefined) pad.move(level, edge, at);
        },
      });
    },
    show(shown) {
      face = shown;
      if (pad.isOpen) light();
    },
    async close() {
      pad.silence();
      await lines.close();
    },
  };
}

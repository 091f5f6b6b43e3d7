import { assert } from "../../protocol/base/assert.ts";
import type { Clock } from "../../protocol/base/time.ts";
import { FIRMATA_MODES } from "../codecs/firmata-frames.ts";
import type { GpioLines, GpioLinesListener } from "../ports/gpio-lines.ts";
import { BoardTime } from "./board-time.ts";
import { ContactLevels } from "./contact-levels.ts";
import type { FirmataBoard, FirmataUser } from "./firmata-board.ts";
import type { FirmataSession } from "./firmata-session.ts";

export interface FirmataLinesOptions {
  readonly board: FirmataBoard;
  /** As printed on the board: `D7` or `7`, `A0`. */
  readonly inputs: readonly string[];
  /** An Arduino has resistors to pull up, and none to pull down. */
  readonly bias: "pull-up" | "disabled";
  readonly pressedLevel: "low" | "high";
  readonly clock: Clock;
}

/** Contacts and lamps wired to an Arduino. A line it does not have is the fault `no-line`. */
export function createFirmataLines({ board, inputs, bias, pressedLevel, clock }: FirmataLinesOptions): GpioLines {
  const mode = bias === "pull-up" ? FIRMATA_MODES.pullUp : FIRMATA_MODES.input;
  const levels = new ContactLevels(clock, pressedLevel);
  let session: FirmataSession | null = null;
  let user: FirmataUser | null = null;

  const begin = (listener: GpioLinesListener, live: FirmataSession): void => {
    const pins = new Map<number, string>();
    for (const line of inputs) {
      const pin = live.pinOf(line, mode);
      if (pin === null) return listener.onDown("no-line");
      pins.set(pin, line);
    }
    session = live;
    levels.forget();
    const time = new BoardTime();
    listener.onUp();
    if (user === null) return; // Closed by the listener.
    const onLevel = (pin: number, isHigh: boolean): void => {
      if (user === null || session !== live) return;
      levels.move(listener, pins.get(pin) ?? "", isHigh, (line) => time.stamp(line, clock.mono()));
    };
    live.watch([...pins.keys()], mode, onLevel, () => time.beat(clock.mono()));
  };

  return {
    name: board.name,
    open(listener) {
      assert(user === null, "lines are opened once");
      user = {
        onUp: (live) => begin(listener, live),
        onDown: (fault) => {
          session = null;
          listener.onDown(fault);
        },
      };
      return board.join(user);
    },
    write(line, lit) {
      const pin = session?.pinOf(line, FIRMATA_MODES.output) ?? null;
      if (pin !== null) session?.write(pin, lit);
    },
    async close() {
      const leaving = user;
      [user, session] = [null, null];
      if (leaving !== null) await board.leave(leaving);
    },
  };
}

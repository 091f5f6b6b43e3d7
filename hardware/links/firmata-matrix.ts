import { assert } from "../../protocol/base/assert.ts";
import { type Clock, type DurationMs, milliseconds, type Timer } from "../../protocol/base/time.ts";
import type { Bitmap } from "../codecs/bitmap.ts";
import { FIRMATA_MODES, inSevenBits } from "../codecs/firmata-frames.ts";
import { ht16k33Picture, ht16k33SetUp, max7219Row, max7219SetUp } from "../codecs/matrix-chips.ts";
import type { PixelMatrix } from "../ports/pixel-matrix.ts";
import type { FirmataBoard, FirmataUser } from "./firmata-board.ts";
import type { FirmataSession } from "./firmata-session.ts";

export type MatrixWiring =
  | {
      readonly chip: "max7219";
      /** How many of 8 x 8 dots stand in a row. */
      readonly chips: number;
      /** At which end of the row the board is wired to it. */
      readonly fedFrom: "left" | "right";
      readonly pins: { readonly data: string; readonly clock: string; readonly select: string };
    }
  /** 16 x 8 dots on the board's I2C pins. */
  | { readonly chip: "ht16k33"; readonly address: number };

const HEIGHT = 8;
/** What 16 bits take on the wire at StandardFirmata's rate: 150 bytes. */
const SHIFT_TAKES = milliseconds(26);
/** What a picture takes on the I2C bus and the way there. */
const I2C_TAKES = milliseconds(10);

/** Sends what is to be sent of a picture, and says how long the wire is busy with it. */
type Paint = (picture: Bitmap) => DurationMs;

export interface FirmataMatrixOptions {
  readonly board: FirmataBoard;
  readonly wiring: MatrixWiring;
  readonly clock: Clock;
}

/**
 * Dots lit by an Arduino. A pin it does not have is the fault `no-line`. While the wire is busy with one picture the
 * next ones wait, and of those the newest alone is drawn.
 */
export function createFirmataMatrix({ board, wiring, clock }: FirmataMatrixOptions): PixelMatrix {
  let user: FirmataUser | null = null;
  let paint: Paint | null = null;
  let waiting: Bitmap | null = null;
  let busy: Timer | null = null;

  const stop = (): void => {
    busy?.cancel();
    [paint, waiting, busy] = [null, null, null];
  };
  const draw = (picture: Bitmap): void => {
    if (paint === null) return;
    if (busy !== null) {
      waiting = picture;
      return;
    }
    busy = clock.after(paint(picture), () => {
      const next = waiting;
      [busy, waiting] = [null, null];
      if (next !== null) draw(next);
    });
  };

  return {
    width: wiring.chip === "max7219" ? wiring.chips * 8 : 16,
    height: HEIGHT,
    open(listener) {
      assert(user === null, "a matrix is opened once");
      user = {
        onUp(session) {
          paint = wiring.chip === "max7219" ? shiftPainter(session, wiring) : i2cPainter(session, wiring.address);
          if (paint === null) listener.onDown("no-line");
          else listener.onUp();
        },
        onDown(fault) {
          stop();
          listener.onDown(fault);
        },
      };
      return board.join(user);
    },
    draw,
    async close() {
      const leaving = user;
      user = null;
      stop();
      if (leaving !== null) await board.leave(leaving);
    },
  };
}

type Shifted = Extract<MatrixWiring, { chip: "max7219" }>;

/** Null: the board lacks one of the pins. */
function shiftPainter(session: FirmataSession, wiring: Shifted): Paint | null {
  const [data, clock, select] = [wiring.pins.data, wiring.pins.clock, wiring.pins.select].map((pin) =>
    session.pinOf(pin, FIRMATA_MODES.output),
  );
  if (typeof data !== "number" || typeof clock !== "number" || typeof select !== "number") return null;
  const pins = { data, clock, select };
  for (const order of max7219SetUp(wiring.chips)) session.shift(pins, order);
  const shown: string[] = [];
  return (picture) => {
    let rows = 0;
    for (let y = 0; y < HEIGHT; y += 1) {
      const row = max7219Row(picture, y, wiring.fedFrom);
      if (shown[y] === row.join()) continue;
      shown[y] = row.join();
      session.shift(pins, row);
      rows += 1;
    }
    return milliseconds(rows * wiring.chips * SHIFT_TAKES);
  };
}

function i2cPainter(session: FirmataSession, address: number): Paint {
  session.setUpI2c();
  const write = (bytes: Uint8Array): void => session.writeI2c(address, inSevenBits(bytes));
  for (const order of ht16k33SetUp()) write(order);
  return (picture) => {
    write(ht16k33Picture(picture));
    return I2C_TAKES;
  };
}

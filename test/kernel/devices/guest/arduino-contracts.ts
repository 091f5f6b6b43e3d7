import { createGpioButtons } from "../../../../hardware/drivers/gpio-buttons.ts";
import { createGpioKeypad } from "../../../../hardware/drivers/gpio-keypad.ts";
import { createMatrixNameplate } from "../../../../hardware/drivers/matrix-nameplate.ts";
import { FIRMATA_BAUD_RATE, FirmataBoard } from "../../../../hardware/links/firmata-board.ts";
import { createFirmataLines } from "../../../../hardware/links/firmata-lines.ts";
import { createFirmataMatrix, type MatrixWiring } from "../../../../hardware/links/firmata-matrix.ts";
import { createSerialLink } from "../../../../hardware/links/serial-link.ts";
import type { KeyEdge } from "../../../../hardware/ports/key-edge.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import type { Level } from "../../../../protocol/base/levels.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { Max7219Chain } from "../../../../simulator/wire/dot-chips.ts";
import { FirmataSketch } from "../../../../simulator/wire/firmata-sketch.ts";
import { buttonPanelContract } from "../../../contract/button-panel-contract.ts";
import { gpioLinesContract } from "../../../contract/gpio-lines-contract.ts";
import { nameplateContract } from "../../../contract/nameplate-contract.ts";
import { ratingKeypadContract } from "../../../contract/rating-keypad-contract.ts";
import { dotsOf } from "../../../support/fake-matrix.ts";
import { LampWatch, WATCHED } from "./lamp-watch.ts";
import { SerialGadget } from "./serial-gadget.ts";
import { atLeast, LONG, loud, passed, until } from "./time.ts";

const clock = systemClock;
const BUTTONS = { call: "D2", pause: "D3" };
const LAMPS = { call: "D4", pause: "D5" };
const BEEPER = "D8";
const FACES = { asking: "D12", thanks: "D13" };
const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
/** A line is told of no sooner than it was heard of. */
const TOLERANCE = milliseconds(60);
/** Bytes on the wire for all dots of four MAX7219. */
const WHOLE_PICTURE = 4700;
const PINS = { data: 11, clock: 13, select: 10 };
const DOTS: MatrixWiring = {
  chip: "max7219",
  chips: 4,
  fedFrom: "left",
  pins: { data: "D11", clock: "D13", select: "D10" },
};

const pinOf = (line: string): number => Number(line.slice(1));

/** An Arduino at the far end of a cable, plugged in, and the product's board on it. */
async function arduino(name: string, onOutput: (pin: number, isHigh: boolean) => void = () => {}) {
  const gadget = new SerialGadget(name);
  const sketch = new FirmataSketch({ say: (bytes) => gadget.say(bytes), onOutput });
  let heard = 0;
  const hearing = gadget.listen((bytes) => {
    heard += bytes.length;
    sketch.hear(bytes);
  });
  const link = createSerialLink({ path: gadget.path, baudRate: FIRMATA_BAUD_RATE, clock, log: loud });
  // What it says of itself when its power comes, nobody hears: it answers when it is asked.
  await gadget.plug();
  return {
    board: new FirmataBoard({ link, clock, log: loud }),
    finger: (line: string, edge: KeyEdge["edge"]) => sketch.contact(pinOf(line), edge === "pressed" ? "low" : null),
    isLit: (line: string) => sketch.isLit(pinOf(line)),
    heard(): number {
      hearing.now();
      return heard;
    },
    plug: () => gadget.plug(),
    async unplug() {
      sketch.cutPower();
      await gadget.unplug();
    },
    async release(device: { close(): Promise<void> }) {
      hearing.stop();
      await device.close();
      sketch.cutPower();
      await gadget.release();
    },
  };
}

type Arduino = Awaited<ReturnType<typeof arduino>>;

const linesOn = ({ board }: Arduino, inputs: readonly string[]) =>
  createFirmataLines({ board, inputs, bias: "pull-up", pressedLevel: "low", clock });

/** The contracts of all ports that can stand on an Arduino. */
export function arduinoContracts(name: string): void {
  contactContracts(name);
  matrixContract(name);
}

function contactContracts(name: string): void {
  gpioLinesContract(name, async () => {
    const uno = await arduino("uno-lines");
    const lines = linesOn(uno, Object.values(BUTTONS));
    return {
      ...uno,
      lines,
      inputs: [BUTTONS.call, BUTTONS.pause],
      outputs: [LAMPS.call, LAMPS.pause],
      pass: passed,
      until,
      release: () => uno.release(lines),
    };
  });

  buttonPanelContract(name, async () => {
    const uno = await arduino("uno-buttons");
    const lines = linesOn(uno, Object.values(BUTTONS));
    const panel = createGpioButtons({ lines, clock, buttons: BUTTONS, lamps: LAMPS, beeper: BEEPER });
    const watch = new LampWatch({ isLit: uno.isLit, lamps: LAMPS, beeper: BEEPER });
    return {
      ...uno,
      panel,
      finger: (button, edge) => uno.finger(BUTTONS[button], edge),
      lampOf: (button) => watch.lampOf(button),
      beeps: () => watch.beeps,
      pass: atLeast(WATCHED),
      until,
      longHold: LONG,
      tolerance: TOLERANCE,
      release() {
        watch.stop();
        return uno.release(panel);
      },
    };
  });

  ratingKeypadContract(name, async () => {
    const uno = await arduino("uno-keypad");
    const keys = new Map(LEVELS.map((level) => [`D${level + 1}`, level]));
    const keypad = createGpioKeypad({ lines: linesOn(uno, [...keys.keys()]), keys, lamps: FACES });
    return {
      ...uno,
      keypad,
      finger: (level, edge) => uno.finger(`D${level + 1}`, edge),
      face: () => (uno.isLit(FACES.asking) ? "asking" : uno.isLit(FACES.thanks) ? "thanks" : "dark"),
      pass: passed,
      until,
      longHold: LONG,
      tolerance: TOLERANCE,
      release: () => uno.release(keypad),
    };
  });
}

function matrixContract(name: string): void {
  nameplateContract(`matrix, ${name}`, async () => {
    const dots = new Max7219Chain(4, "left", PINS);
    const uno = await arduino("uno-matrix", (pin, isHigh) => dots.onPin(pin, isHigh));
    const matrix = createFirmataMatrix({ board: uno.board, wiring: DOTS, clock });
    const plate = createMatrixNameplate(matrix);
    return {
      plate,
      shows: (ticket) => dotsOf(ticket, matrix).every(([x, y, isLit]) => dots.isLit(x, y) === isLit),
      sent: () => uno.heard() / WHOLE_PICTURE,
      plug: () => uno.plug(),
      async unplug() {
        await uno.unplug();
        dots.cutPower();
      },
      pass: passed,
      until,
      longShown: LONG,
      release: () => uno.release(plate),
    };
  });
}

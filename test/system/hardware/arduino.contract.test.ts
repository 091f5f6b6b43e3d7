// Contacts and lamps of an Arduino, its Firmata bytes through a real pty and the real serialport, keep the contract of
// lines of a board. Only the board's own time is moved by hand: the line below it lives in real time.
import { FirmataBoard } from "../../../hardware/links/firmata-board.ts";
import { createFirmataLines } from "../../../hardware/links/firmata-lines.ts";
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import type { ByteLink } from "../../../hardware/ports/byte-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { assert } from "../../../protocol/base/assert.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { FirmataSketch } from "../../../simulator/wire/firmata-sketch.ts";
import { gpioLinesContract, type GpioLinesRig } from "../../contract/gpio-lines-contract.ts";
import { firmataPackages } from "../../support/firmata-bench.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { PtyDevice } from "./pty-device.ts";
import { scratchPath } from "./scratch-path.ts";
import { Witness } from "./witness.ts";

const PINS: Readonly<Record<string, number>> = { D2: 2, D3: 3, D4: 4, D5: 5 };

const STEP = 500;

/** An Uno on a pty: socat is its USB, the sketch answers what has been heard so far. */
class UnoOnPty {
  readonly sketch: FirmataSketch;
  readonly #path: string;
  readonly #witness: Witness;
  #device: PtyDevice | null = null;
  /** Bytes heard on this plug. */
  heard = 0;

  constructor(path: string, witness: Witness) {
    [this.#path, this.#witness] = [path, witness];
    this.sketch = new FirmataSketch({
      say: (bytes) => this.say(bytes),
    });
  }

  say(bytes: Uint8Array): void {
    this.#device?.say(bytes);
  }

  async plug(): Promise<void> {
    this.heard = 0;
    this.#device = await PtyDevice.plug(this.#path, () => this.#listen());
    this.sketch.boot();
  }

  async unplug(): Promise<void> {
    this.sketch.cutPower();
    await this.#device?.unplug();
    this.#device = null;
  }

  #listen(): void {
    const all = Buffer.from(this.#device?.heard() ?? "", "latin1");
    const fresh = all.subarray(this.heard);
    this.heard = all.length;
    this.sketch.hear(fresh);
    this.#witness.poke();
  }
}

/** The line as it is, and a way to wait until all that is under way on it has come through. */
function watched(serial: ByteLink, uno: UnoOnPty, witness: Witness) {
  let [isUp, written, arrived] = [false, 0, ""];
  const link: ByteLink = {
    name: serial.name,
    write(bytes) {
      written += bytes.length;
      serial.write(bytes);
    },
    close: () => serial.close(),
    open: (listener) =>
      serial.open({
        onUp: () => {
          [isUp, written, arrived] = [true, 0, ""];
          listener.onUp();
        },
        onDown: (fault) => {
          isUp = false;
          listener.onDown(fault);
        },
        onBytes: (chunk) => {
          listener.onBytes(chunk);
          arrived += Buffer.from(chunk).toString("hex");
        },
      }),
  };
  let marks = 0;
  /** What was written has been heard; then a string that the terminal has no use for follows all that was said. */
  const through = async (): Promise<void> => {
    await witness.until("all was heard", () => !isUp || uno.heard >= written);
    marks += 1;
    const mark = Buffer.from([0xf0, 0x71, marks, 0, 0xf7]);
    uno.say(mark);
    await witness.until("all came through", () => !isUp || arrived.includes(mark.toString("hex")));
  };
  return { link, through, forsake: () => void (isUp = false) };
}

gpioLinesContract("Arduino over a pty", async (): Promise<GpioLinesRig> => {
  const { path, clear } = await scratchPath("arduino");
  const witness = new Witness();
  const polling = setInterval(witness.poke, 5);
  const clock = new VirtualClock();
  const uno = new UnoOnPty(path, witness);
  await uno.plug();
  const wire = watched(createSerialLink({ path, baudRate: 57_600, clock: systemClock }), uno, witness);
  const board = new FirmataBoard({ link: wire.link, clock, load: () => Promise.resolve(firmataPackages) });
  const inputs = ["D2", "D3"] as const;
  const lines = createFirmataLines({ board, inputs, bias: "pull-up", pressedLevel: "low", clock });
  return {
    lines: {
      ...lines,
      close: () => {
        wire.forsake();
        return lines.close();
      },
    },
    inputs,
    outputs: ["D4", "D5"],
    finger: (line, edge) => uno.sketch.contact(PINS[line] ?? 0, edge === "pressed" ? "low" : null),
    isLit: (line) => uno.sketch.isLit(PINS[line] ?? 0),
    unplug: () => uno.unplug(),
    plug: () => uno.plug(),
    async pass(duration) {
      await wire.through();
      for (let passed = 0; passed < duration; passed += STEP) {
        await clock.advanceSettled(milliseconds(Math.min(STEP, duration - passed)));
        await wire.through(); // What was asked meanwhile is answered in no time at all.
      }
    },
    until: (what, holds) => witness.until(what, holds),
    async release() {
      clearInterval(polling);
      await lines.close();
      await uno.unplug();
      await clear();
      assert(clock.pending === 0, "closed lines leave no timer");
    },
  };
});

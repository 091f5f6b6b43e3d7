import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { type Clock, unreachable } from "../../protocol/index.ts";
import type { TerminalConfig } from "../../terminal/index.ts";
import { Emulation } from "../emulate/emulation.ts";
import type { EmulatorSights } from "../emulate/emulator.ts";
import { KEYS } from "../emulate/keys.ts";
import { PtyEnd } from "../emulate/pty-end.ts";
import { READERS } from "../emulate/readers.ts";
import { SIGNS } from "../emulate/signs.ts";
import { type CounterView, DARK_VIEW, type HandMessage } from "../wire/ipc.ts";

const DEVICES = { reader: READERS.rdm6300, arduino: KEYS.firmata, keypad: KEYS.keypad, sign: SIGNS.onbon } as const;
type WiredDevice = keyof typeof DEVICES;

const BUTTON_PINS = { call: "D2", pause: "D3" } as const;
const LAMP_PINS = { call: "D4", pause: "D5" } as const;
const BEEPER_PIN = 8;
/** What our keypad's firmware takes for its faces. */
const KEYPAD_FACES = ["dark", "asking", "thanks"] as const;

const pathIn = (directory: string, device: WiredDevice): string => join(directory, device);

/** How `terminal.yaml` names the devices whose wires end in `directory`. */
export const wiredDevices = (directory: string): z.input<typeof TerminalConfig>["devices"] => ({
  badgeReader: { driver: "rdm6300", path: pathIn(directory, "reader") },
  buttons: {
    driver: "firmata",
    line: { path: pathIn(directory, "arduino") },
    buttons: BUTTON_PINS,
    lamps: LAMP_PINS,
    beeper: `D${BEEPER_PIN}`,
  },
  ratingKeypad: {
    driver: "serial",
    path: pathIn(directory, "keypad"),
    lamps: { dark: [0], asking: [1], thanks: [2] },
  },
  nameplate: { driver: "onbon", card: "6K", sign: "256x64", line: { path: pathIn(directory, "sign") } },
});

/** All devices of one window at the far ends of serial lines, down to their bytes, with a visitor's hands on them. */
export class WiredCounter {
  #view: CounterView = DARK_VIEW;
  readonly #directory: string;
  readonly #onView: (view: CounterView) => void;
  readonly #emulations: Readonly<Record<WiredDevice, Emulation>>;

  /** `onView` is told of every change of what can be seen and heard. */
  constructor(directory: string, clock: Clock, onView: (view: CounterView) => void) {
    this.#directory = directory;
    this.#onView = onView;
    const emulation = (name: WiredDevice): Emulation =>
      new Emulation({
        device: DEVICES[name],
        wire: (listener) => new PtyEnd(pathIn(directory, name), listener),
        clock,
        tell: () => {},
        sights: this.#sights,
      });
    const [reader, arduino, keypad, sign] = [
      emulation("reader"),
      emulation("arduino"),
      emulation("keypad"),
      emulation("sign"),
    ];
    this.#emulations = { reader, arduino, keypad, sign };
  }

  /** Rejects with HallError where no serial lines can be made. */
  async plug(): Promise<void> {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    await Promise.all(Object.values(this.#emulations).map((emulation) => emulation.plug()));
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#emulations).map((emulation) => emulation.close()));
  }

  /** One of the cables, pulled or put back. */
  async cable(device: WiredDevice, isPlugged: boolean): Promise<void> {
    const emulation = this.#emulations[device];
    await (isPlugged ? emulation.plug() : emulation.unplug());
  }

  move(message: HandMessage): boolean {
    const { reader, arduino, keypad } = this.#emulations;
    switch (message.type) {
      case "press":
        return arduino.act(["press", BUTTON_PINS[message.button], String(message.heldForMs)]);
      case "finger":
        return arduino.act([message.edge === "pressed" ? "hold" : "release", BUTTON_PINS[message.button]]);
      case "tap":
        return reader.act(["tap", message.badge]);
      case "rate":
        return keypad.act(["key", String(message.level)]);
      case "close":
        return false;
      default:
        return unreachable(message);
    }
  }

  linkIs(link: CounterView["link"]): void {
    this.#show({ link });
  }

  readonly #sights: EmulatorSights = {
    onPin: (pin, isHigh) => {
      const lamp = isHigh ? "on" : "off";
      const { lamps, beep } = this.#view;
      if (`D${pin}` === LAMP_PINS.call) this.#show({ lamps: { ...lamps, call: lamp } });
      if (`D${pin}` === LAMP_PINS.pause) this.#show({ lamps: { ...lamps, pause: lamp } });
      if (pin === BEEPER_PIN && isHigh) this.#show({ beep: { pattern: "accepted", count: (beep?.count ?? 0) + 1 } });
    },
    onRows: (rows) => this.#show({ plate: rows.filter((row) => row !== "").map(plateLine) }),
    onLamps: (bytes) => {
      const face = KEYPAD_FACES[bytes.at(-1) ?? 0];
      if (face !== undefined) this.#show({ keypad: face });
    },
  };

  #show(change: Partial<CounterView>): void {
    this.#view = { ...this.#view, ...change };
    this.#onView(this.#view);
  }
}

/** The sign writes English behind two blanks where both fit. */
function plateLine(row: string): CounterView["plate"][number] {
  const [zh = "", en = ""] = row.split("  ");
  return { zh, en, emphasis: "normal" };
}

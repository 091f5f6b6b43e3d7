import { assert } from "../../protocol/base/assert.ts";
import { type Clock, milliseconds, type Timer } from "../../protocol/base/time.ts";
import type { ButtonLampState, ButtonName, ButtonPanel, ButtonPanelListener } from "../ports/button-panel.ts";
import type { DeviceHealth } from "../ports/device-health.ts";
import type { GpioLines } from "../ports/gpio-lines.ts";
import { LineBeeper } from "./line-beeper.ts";

export interface GpioButtonsOptions {
  readonly lines: GpioLines;
  readonly clock: Clock;
  /** The input line of each button. */
  readonly buttons: Readonly<Record<ButtonName, string>>;
  /** The output line of each button's lamp, where it has one. */
  readonly lamps?: { readonly [name in ButtonName]?: string | undefined };
  /** The output line of a beeper that sounds while it is on. */
  readonly beeper?: string | undefined;
}

const BLINK_HALF = milliseconds(250);

const NAMES: readonly ButtonName[] = ["call", "pause"];

/** The clerk's buttons wired to a board, over whatever drives its lines. Health: ok, or a LinkFault. */
export function createGpioButtons(options: GpioButtonsOptions): ButtonPanel {
  return new GpioButtons(options);
}

class GpioButtons implements ButtonPanel {
  readonly driver = "gpio-buttons";
  readonly #options: GpioButtonsOptions;
  readonly #lamps: Record<ButtonName, ButtonLampState> = { call: "off", pause: "off" };
  #listener: ButtonPanelListener | null = null;
  #isUp = false;
  #blink: { readonly timer: Timer; lit: boolean } | null = null;
  readonly #beeper: LineBeeper;

  constructor(options: GpioButtonsOptions) {
    this.#options = options;
    const { beeper, lines, clock } = options;
    this.#beeper = new LineBeeper(clock, (sounds) => {
      if (beeper !== undefined) lines.write(beeper, sounds);
    });
  }

  open(listener: ButtonPanelListener): Promise<void> {
    assert(this.#listener === null, "a panel is opened once");
    this.#listener = listener;
    return this.#options.lines.open({
      onUp: () => {
        this.#isUp = true;
        this.#keepBlinking(); // Ordered before it was opened.
        this.#say({ state: "ok" });
        for (const name of NAMES) this.#show(name);
        this.#beeper.silence();
      },
      onDown: (fault) => {
        this.#isUp = false;
        this.#beeper.silence();
        this.#say({ state: "fault", fault });
      },
      onEdge: (line, { edge, at }) => {
        const button = NAMES.find((name) => this.#options.buttons[name] === line);
        if (button !== undefined) this.#listener?.onEdge({ button, edge, at });
      },
    });
  }

  light(button: ButtonName, lamp: ButtonLampState): void {
    if (this.#lamps[button] === lamp) return;
    this.#lamps[button] = lamp;
    if (this.#listener === null) return;
    this.#keepBlinking();
    this.#show(button);
  }

  beep(pattern: Parameters<ButtonPanel["beep"]>[0]): void {
    if (this.#listener !== null && this.#isUp) this.#beeper.beep(pattern);
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#beeper.silence();
    this.#blink?.timer.cancel();
    this.#blink = null;
    await this.#options.lines.close();
  }

  #say(health: DeviceHealth): void {
    this.#listener?.onHealth(health);
  }

  /** One rhythm for both lamps: they blink together. */
  #keepBlinking(): void {
    const blinks = NAMES.some((name) => this.#lamps[name] === "blink");
    if (blinks && this.#blink === null) {
      const timer = this.#options.clock.every(BLINK_HALF, () => {
        if (this.#blink !== null) this.#blink.lit = !this.#blink.lit;
        for (const name of NAMES) if (this.#lamps[name] === "blink") this.#show(name);
      });
      this.#blink = { timer, lit: true };
    } else if (!blinks) {
      this.#blink?.timer.cancel();
      this.#blink = null;
    }
  }

  #show(button: ButtonName): void {
    const line = this.#options.lamps?.[button];
    const lamp = this.#lamps[button];
    if (line !== undefined)
      this.#options.lines.write(line, lamp === "blink" ? this.#blink?.lit === true : lamp === "on");
  }
}

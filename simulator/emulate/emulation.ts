import type { Bilingual, Clock } from "../../protocol/index.ts";
import type { EmulatedDevice, Emulator, EmulatorSights } from "./emulator.ts";
import type { WireEnd, WireEndListener } from "./wire-end.ts";

export interface EmulationParts {
  readonly device: EmulatedDevice;
  readonly wire: (listener: WireEndListener) => WireEnd;
  readonly clock: Clock;
  readonly tell: (text: Bilingual) => void;
  readonly sights?: Partial<EmulatorSights>;
}

/** A device on its wire, with a plug that can be pulled. */
export class Emulation {
  readonly #parts: EmulationParts;
  readonly #wire: WireEnd;
  readonly #emulator: Emulator;
  #isPlugged = false;

  constructor(parts: EmulationParts) {
    this.#parts = parts;
    const { device, wire, clock, tell, sights } = parts;
    this.#wire = wire({ onHeard: (bytes) => this.#emulator.hear(bytes), onBroken: () => this.#broken() });
    this.#emulator = device.make({ clock, tell, sights, say: (bytes) => this.#wire.say(bytes) });
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  async plug(): Promise<void> {
    if (this.#isPlugged) return;
    await this.#wire.plug();
    this.#isPlugged = true;
    this.#emulator.boot();
    this.#parts.tell({ zh: "已插上", en: "plugged in" });
  }

  async unplug(): Promise<void> {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    this.#emulator.cutPower();
    await this.#wire.unplug();
    this.#parts.tell({ zh: "已拔出", en: "unplugged" });
  }

  /** One typed line. False: nobody knows what it means. */
  async type(line: string): Promise<boolean> {
    const words = line.trim().split(/\s+/u).filter(Boolean);
    const [first] = words;
    if (first === undefined) return true;
    if (first === "plug") await this.plug();
    else if (first === "unplug") await this.unplug();
    else return this.act(words);
    return true;
  }

  act(words: readonly string[]): boolean {
    return this.#isPlugged && this.#emulator.act(words);
  }

  async close(): Promise<void> {
    this.#emulator.cutPower();
    await this.#wire.close();
  }

  #broken(): void {
    this.#isPlugged = false;
    this.#emulator.cutPower();
    this.#parts.tell({ zh: "线路中断：输入 plug 重新插上", en: "the wire broke: type plug" });
  }
}

import type { Bilingual, Clock } from "../../protocol/index.ts";

/** A device at the far end of a real wire, and the hands on it. */
export interface Emulator {
  /** The terminal says something to it. */
  hear(bytes: Uint8Array): void;
  /** A hand does something. False: it does not know how, or not with that. */
  act(words: readonly string[]): boolean;
  /** Power comes with the cable. */
  boot(): void;
  cutPower(): void;
}

/** What is to be seen on a device, for whoever shows it otherwise than in words. */
export interface EmulatorSights {
  onPin(pin: number, isHigh: boolean): void;
  /** The rows of a sign; none: it is dark. */
  onRows(rows: readonly string[]): void;
  /** What lights a keypad's keys. */
  onLamps(bytes: Uint8Array): void;
}

export interface EmulatorWorld {
  readonly clock: Clock;
  /** To the terminal. */
  readonly say: (bytes: Uint8Array) => void;
  /** What the device shows and hears, for the person before it. */
  readonly tell: (text: Bilingual) => void;
  readonly sights?: Partial<EmulatorSights> | undefined;
}

export interface EmulatedDevice {
  readonly summary: Bilingual;
  /** What may be typed, besides plug and unplug. */
  readonly commands: readonly string[];
  /** How a terminal's configuration names it; PATH stands for the wire. */
  readonly configuration: string;
  readonly make: (world: EmulatorWorld) => Emulator;
}

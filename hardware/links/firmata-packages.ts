import type { EventEmitter } from "node:events";

/** The wire as firmata-io wants it: `open`, then `data` events. Whatever else a port can do it does not ask for. */
export interface FirmataTransport extends EventEmitter {
  write(bytes: Uint8Array, done?: () => void): void;
}

/** A real timer of a package, which nobody but its owner clears. */
interface PackageTimer {
  close(): void;
}

/** firmata-io's board: the protocol. */
export interface FirmataIo extends EventEmitter {
  /** The state of eight pins each, as last heard or written. */
  readonly ports: number[];
  readonly pins: readonly { readonly supportedModes: readonly number[] }[];
  readonly analogPins: readonly number[];
  readonly reportVersionTimeoutId: PackageTimer;
  reportVersion(done: () => void): void;
  queryFirmware(done: () => void): void;
}

export type FirmataConstructor = new (transport: FirmataTransport) => FirmataIo;

/** johnny-five's board over it. */
export interface JohnnyBoard extends EventEmitter {
  readonly timer: PackageTimer | null;
  pinMode(pin: number, mode: number): void;
  digitalRead(pin: number, onLevel: (level: number) => void): void;
  digitalWrite(pin: number, level: number): void;
  shiftOut(dataPin: number, clockPin: number, byte: number): void;
  sysexCommand(message: readonly number[]): void;
}

export interface BoardConstructor {
  new (options: {
    readonly io: FirmataIo;
    readonly repl: boolean;
    readonly debug: boolean;
    readonly sigint: boolean;
  }): JohnnyBoard;
  /** Every board that was ever made, the package's own list. */
  readonly cache: JohnnyBoard[];
}

export interface FirmataPackages {
  readonly Firmata: FirmataConstructor;
  readonly Board: BoardConstructor;
}

/**
 * Loaded here and not at the top: a terminal without an Arduino does not pay for it. Of johnny-five its board alone:
 * all of it takes 5 MB more, and its components keep every board they ever had.
 */
export async function loadFirmataPackages(): Promise<FirmataPackages> {
  const [firmata, board] = await Promise.all([import("firmata-io"), import("johnny-five/lib/board.js")]);
  const { Firmata } = firmata.default as Pick<FirmataPackages, "Firmata">;
  return { Firmata, Board: board.default as BoardConstructor };
}

import { chmodSync, closeSync, constants, openSync, writeFileSync, writeSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PtyDevice } from "../system/hardware/pty-device.ts";

const LABEL = "bench";
/** Levels of the two buttons, let go. */
const LEVELS = "1 1";

/** The devices of a counter as emulators, below the drivers: pseudo-terminals, and the tools of libgpiod as scripts. */
export class WiredCounter {
  readonly paths: Readonly<Record<"reader" | "keypad" | "sign", string>>;
  /** To be found before the operating system's. */
  readonly tools: string;
  readonly #devices: readonly PtyDevice[];
  readonly #edges: number;

  private constructor(directory: string, devices: readonly PtyDevice[], edges: number) {
    [this.#devices, this.#edges, this.tools] = [devices, edges, directory];
    this.paths = pathsIn(directory);
  }

  /** Needs socat. */
  static async plug(directory: string): Promise<WiredCounter> {
    const fifo = join(directory, "edges");
    execFileSync("mkfifo", [fifo]);
    writeTools(directory, fifo);
    const devices = await Promise.all(Object.values(pathsIn(directory)).map((path) => PtyDevice.plug(path)));
    return new WiredCounter(directory, devices, openSync(fifo, constants.O_RDWR));
  }

  /** As gpiomon prints it. */
  edge(line: "call" | "pause", edge: "pressed" | "released"): void {
    writeSync(this.#edges, `${line === "call" ? 0 : 1} ${line} ${edge === "pressed" ? 2 : 1}\n`);
  }

  sayReader(frame: Uint8Array): void {
    this.#devices[0]?.say(frame);
  }

  async unplug(): Promise<void> {
    closeSync(this.#edges);
    await Promise.all(this.#devices.map((device) => device.unplug()));
  }

  /** Of a terminal's configuration. */
  get devices(): object {
    const { reader, keypad, sign } = this.paths;
    return {
      buttons: { driver: "gpiomon", chip: LABEL, buttons: { call: "call", pause: "pause" } },
      badgeReader: { driver: "rdm6300", path: reader },
      ratingKeypad: { driver: "serial", path: keypad },
      nameplate: { driver: "alpha", path: sign },
    };
  }
}

const pathsIn = (directory: string) => ({
  reader: join(directory, "reader"),
  keypad: join(directory, "keypad"),
  sign: join(directory, "sign"),
});

function writeTools(directory: string, fifo: string): void {
  const write = (name: string, line: string): void => {
    writeFileSync(join(directory, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(directory, name), 0o755);
  };
  write("gpiodetect", `echo "gpiochip0 [${LABEL}] (8 lines)"`);
  write("gpioget", `echo "${LEVELS}"`);
  write("gpiomon", `echo "Monitoring lines"\nexec cat ${fifo}`);
  write("gpioset", "exec cat");
}

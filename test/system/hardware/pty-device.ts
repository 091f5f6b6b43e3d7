import { type ChildProcessByStdio, spawn } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { Witness } from "./witness.ts";

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

const KEEPER_FLAGS = constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK;

/**
 * A serial device that socat makes: a pty at a stable path, its other end in the test's hands. Killed, it hangs up as a
 * device whose cable is pulled.
 */
export class PtyDevice {
  readonly path: string;
  readonly #socat: Socat;
  /** Keeps the line open while nobody else has it: socat would take a closed one for its end. */
  readonly #keeper: number;
  readonly #heard: Buffer[] = [];
  #isGone = false;

  private constructor(path: string, socat: Socat, onHeard: () => void) {
    this.path = path;
    this.#socat = socat;
    this.#keeper = openSync(path, KEEPER_FLAGS);
    socat.stdin.on("error", () => {}); // What is said to a killed device is lost, as it should be.
    socat.stdout.on("data", (chunk: Buffer) => {
      this.#heard.push(chunk);
      onHeard();
    });
  }

  /** A device that is ready: a path left behind by a killed one is taken over. */
  static async plug(path: string, onHeard: () => void = () => {}): Promise<PtyDevice> {
    const pty = `pty,raw,echo=0,link=${path}`;
    const socat = spawn("socat", ["-d", "-d", pty, "stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    const witness = new Witness();
    let notices = "";
    socat.stderr.on("data", (chunk: Buffer) => {
      notices += chunk.toString();
      witness.poke();
    });
    await witness.until("socat is ready", () => notices.includes("starting data transfer loop"));
    return new PtyDevice(path, socat, onHeard);
  }

  say(bytes: Uint8Array): void {
    if (!this.#isGone) this.#socat.stdin.write(bytes);
  }

  heard(): string {
    return Buffer.concat(this.#heard).toString("latin1");
  }

  /** What the device said that nobody took, once it ends with `last`: read by the keeper of a line nobody has open. */
  async untaken(last: string): Promise<string> {
    let taken = "";
    const buffer = Buffer.alloc(4096);
    const take = (): boolean => {
      try {
        taken += buffer.subarray(0, readSync(this.#keeper, buffer)).toString("latin1");
      } catch {
        return false; // Nothing there yet.
      }
      return taken.endsWith(last);
    };
    const witness = new Witness();
    const polling = setInterval(witness.poke, 5);
    await witness.until(`the line carries ${last}`, take).finally(() => clearInterval(polling));
    return taken;
  }

  /** The cable is pulled. */
  async unplug(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    const exit = once(this.#socat, "exit");
    this.#socat.kill("SIGKILL");
    await exit;
    closeSync(this.#keeper);
  }
}

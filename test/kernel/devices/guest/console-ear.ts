import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, readSync } from "node:fs";

const CONSOLE = "/dev/tty1";

/** What keyboards type into the machine's own console, key by key: the kernel's own driver does that. */
export class ConsoleEar {
  readonly #file = openSync(CONSOLE, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);

  constructor() {
    execFileSync("stty", ["-F", CONSOLE, "raw", "-echo"]); // For as long as somebody has it open.
    this.heard(); // What was typed before is nobody's business.
  }

  /** Since it was last asked. */
  heard(): string {
    const buffer = Buffer.alloc(4096);
    let text = "";
    try {
      for (let count = -1; count !== 0; text += buffer.toString("latin1", 0, count)) {
        count = readSync(this.#file, buffer);
      }
    } catch {
      // Nothing more is there.
    }
    return text;
  }

  close(): void {
    closeSync(this.#file);
  }
}

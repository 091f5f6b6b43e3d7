import { openSync, writeSync } from "node:fs";
import { type Fact, lineOfFact } from "../facts.ts";

/** The virtual serial port on which the host listens. A write returns when the host has the line. */
const PORT = "/dev/vport0p1";

export class FactChannel {
  readonly #file = openSync(PORT, "w");
  #count = 0;

  say(fact: Fact): void {
    this.#count += 1;
    writeSync(this.#file, lineOfFact(this.#count, fact));
  }
}

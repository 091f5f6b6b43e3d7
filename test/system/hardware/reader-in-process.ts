import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { assert } from "../../../protocol/base/assert.ts";
import { elapsed } from "../../../protocol/base/time.ts";
import { Witness } from "./witness.ts";

const Line = z.looseObject({ event: z.string() });
type Line = z.infer<typeof Line>;

/** What /proc counts CPU time in: 100 a second on every Linux. */
const TICK_MS = 10;

/** The test's view of reader-process.ts. */
export class ReaderInProcess {
  readonly lines: Line[] = [];
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #witness = new Witness();
  #exitCode: number | null = null;

  constructor(path: string, stallAt = "never") {
    const script = join(import.meta.dirname, "reader-process.ts");
    this.#process = spawn(process.execPath, [script, path, stallAt], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (text) => {
      this.lines.push(Line.parse(JSON.parse(text)));
      this.#witness.poke();
    });
    this.#process.once("exit", (code) => {
      this.#exitCode = code ?? -1;
      this.#witness.poke();
    });
  }

  /** The `count`th line of this event. */
  async nth(event: string, count = 1): Promise<Line> {
    const found = () => this.lines.filter((line) => line.event === event)[count - 1];
    await this.#witness.until(`${event} #${count} from the reader's process`, () => found() !== undefined);
    const line = found();
    assert(line !== undefined, "it was just there");
    return line;
  }

  count(event: string): number {
    return this.lines.filter((line) => line.event === event).length;
  }

  /** Ends the stall. */
  resume(): void {
    this.#process.stdin.write("x");
  }

  /** CPU time used from now to the end of `until`, as a share of one processor. */
  async cpuShare(until: Promise<unknown>): Promise<number> {
    const [usedBefore, before] = [this.#cpuMs(), systemClock.mono()];
    await until;
    return (this.#cpuMs() - usedBefore) / elapsed(before, systemClock.mono());
  }

  /** Asks it to close; resolves with its exit code once it has ended by itself. */
  async close(): Promise<number> {
    this.#process.stdin.end();
    this.#process.kill("SIGTERM");
    await this.#witness.until("the reader's process has ended by itself", () => this.#exitCode !== null);
    return this.#exitCode ?? -1;
  }

  async kill(): Promise<void> {
    if (this.#exitCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
  }

  #cpuMs(): number {
    const fields = readFileSync(`/proc/${this.#process.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS; // User and system time, proc(5) fields 14 and 15.
  }
}

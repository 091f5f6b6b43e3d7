import type { RunningTool, ToolEnd, ToolListener, Tools } from "../../../hardware/links/tools.ts";

/** libgpiod's four tools over a chip in memory, and strict: a line that is held is busy, an unknown one refused. */
export class FakeGpiod implements Tools {
  /** Null: the tools are not installed. */
  fault: string | null = null;
  plugged = true;
  /** As kernels before 6.6: a monitor is not told when its chip goes. */
  deaf = false;
  /** True: gpiomon starts, and is slow to take its lines. */
  slow = false;
  #unplugged = 0;
  /** Tools that run. */
  readonly running = new Set<object>();
  readonly outputs = new Map<string, boolean>();
  onOutput: (line: string, lit: boolean) => void = () => {};
  readonly #levels: Map<string, boolean>;
  readonly #held = new Map<string, object>();
  readonly #monitors = new Set<{ listener: ToolListener; lines: readonly string[]; end: (end: ToolEnd) => void }>();
  /** Monitors that are slow, by what they do at last. */
  readonly #waiting = new Map<ToolListener, { watch: () => void; fail: (stderr: string) => void }>();

  constructor(inputs: readonly string[]) {
    this.#levels = new Map(inputs.map((input) => [input, true])); // Pulled up.
  }

  level(line: string, isHigh: boolean): void {
    if (this.#levels.get(line) === isHigh) return;
    this.#levels.set(line, isHigh);
    const offset = [...this.#levels.keys()].indexOf(line);
    for (const { listener, lines } of this.#monitors) {
      if (lines.includes(line)) listener.onLine(`${offset} ${line} ${isHigh ? 1 : 2}`);
    }
  }

  /** Slow monitors take their lines, or meet that reason why not. */
  decide(stderr: string | null = null): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { watch, fail } of waiting) {
      if (stderr === null) watch();
      else fail(stderr);
    }
  }

  unplug(): void {
    this.plugged = false;
    this.#unplugged += 1;
    if (this.deaf) return;
    for (const monitor of this.#monitors) monitor.end({ code: 1, missing: false, stderr: "No such device" });
  }

  chipAt(name: string): string | null {
    return this.plugged && name === "gpiochip4" ? `chip ${this.#unplugged}` : null;
  }

  start(command: string, args: readonly string[], listener: ToolListener): RunningTool {
    const tool = {};
    this.running.add(tool);
    let over = false;
    const end = (how: ToolEnd): void => {
      if (over) return;
      over = true;
      this.running.delete(tool);
      for (const [line, holder] of this.#held) if (holder === tool) this.#held.delete(line);
      for (const monitor of this.#monitors) if (monitor.listener === listener) this.#monitors.delete(monitor);
      this.#waiting.delete(listener);
      listener.onEnd(how);
    };
    const fail = (stderr: string, missing = false): void =>
      void Promise.resolve().then(() => end({ code: 1, missing, stderr }));
    if (this.fault !== null) fail(this.fault, this.fault === "");
    else if (!this.plugged && command !== "gpiodetect") fail("cannot find chip");
    else this.#run(command, args, tool, listener, end, fail);
    return {
      kill: async () => {
        await Promise.resolve();
        end({ code: null, missing: false, stderr: "" });
      },
    };
  }

  #run(
    command: string,
    args: readonly string[],
    tool: object,
    listener: ToolListener,
    end: (how: ToolEnd) => void,
    fail: (stderr: string) => void,
  ): void {
    const done = (): void => void Promise.resolve().then(() => end({ code: 0, missing: false, stderr: "" }));
    if (command === "gpiodetect") {
      if (this.plugged) listener.onLine("gpiochip4 [test-chip] (54 lines)");
      return done();
    }
    if (args[0] !== "-c" || args[1] !== "gpiochip4") return fail("cannot find chip");
    const lines = command === "gpioset" ? args.slice(2) : args.filter((arg) => this.#levels.has(arg));
    const names = lines.map((line) => line.split("=")[0] ?? "");
    if (names.some((name) => this.#held.has(name))) return fail("unable to request lines: Device or resource busy");
    if (command === "gpioget") {
      listener.onLine(names.map((name) => (this.#levels.get(name) === true ? "1" : "0")).join(" "));
      return done();
    }
    for (const name of names) this.#held.set(name, tool);
    if (command === "gpiomon") {
      const watch = (): void => {
        if (!this.running.has(tool)) return;
        this.#monitors.add({ listener, lines: names, end });
        if (args.includes("--banner")) listener.onLine(`Monitoring lines ${names.join(", ")}...`);
      };
      if (this.slow) this.#waiting.set(listener, { watch, fail });
      else void Promise.resolve().then(watch);
    }
    for (const line of command === "gpioset" ? lines : []) {
      const [name = "", value] = line.split("=");
      this.outputs.set(name, value === "1");
      this.onOutput(name, value === "1");
    }
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../hardware/system/system-clock.ts";
import { elapsed, HallError } from "../../protocol/index.ts";

const HALLWARD = fileURLToPath(new URL("../../hallward.ts", import.meta.url));

/** Nobody stays behind, however the bench ends. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A process as it runs in a hall, and how long it took from its start to its word that it works. */
export class ProductProcess {
  readonly child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #ready: Promise<number>;

  /** `isReady`: of a line it wrote to standard output, or of a message over its channel. */
  constructor(file: string, args: readonly string[], isReady: (said: unknown) => boolean) {
    const begun = systemClock.mono();
    this.child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    running.add(this.child);
    this.#ended = new Promise((resolve) => this.child.once("exit", () => resolve()));
    void this.#ended.then(() => running.delete(this.child));
    this.#ready = new Promise((resolve, reject) => {
      const take = (said: unknown): void => {
        if (isReady(said)) resolve(elapsed(begun, systemClock.mono()));
      };
      this.child.on("message", take);
      this.child.stdout?.setEncoding("utf8").on("data", (text: string) => text.split("\n").forEach(take));
      void this.#ended.then(() => reject(new HallError("BENCH_FAILED", `${args.join(" ")} ended too early`)));
    });
    this.#ready.catch(() => {}); // Whoever asks is told.
  }

  /** `hallward ARGS`. */
  static hallward(args: readonly string[], isReady: (said: unknown) => boolean): ProductProcess {
    return new ProductProcess(HALLWARD, args, isReady);
  }

  static controller(file: string): ProductProcess {
    return ProductProcess.hallward(["controller", "--config", file], (said) => typeof said === "object");
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Milliseconds from its start. */
  ready(): Promise<number> {
    return this.#ready;
  }

  async end(signal: "SIGTERM" | "SIGKILL" = "SIGKILL"): Promise<void> {
    this.child.kill(signal);
    await this.#ended;
  }
}

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { HallError, messageOf } from "../../protocol/index.ts";

// A bench measures processes, not functions: whoever makes load stands in a process of his own, and takes his orders
// over its channel.

const Question = z.object({ id: z.int(), order: z.string(), argument: z.unknown().optional() });
const Answer = z.object({ id: z.int(), value: z.unknown().optional(), failed: z.string().optional() });

/** What a worker can be asked: one argument in, one value out, both JSON. */
export type Orders = Readonly<Record<string, (argument: never) => unknown>>;

/** In the worker's own process. */
export function serveOrders(orders: Orders): void {
  process.on("message", (raw) => {
    const { id, order, argument } = Question.parse(raw);
    void answer(orders, order, argument).then((said) => process.send?.({ id, ...said }));
  });
  process.on("disconnect", () => process.exit(0));
}

async function answer(orders: Orders, order: string, argument: unknown): Promise<object> {
  try {
    const carryOut = orders[order];
    if (carryOut === undefined) throw new HallError("USAGE", `this worker has no order ${order}`);
    return { value: await carryOut(argument as never) };
  } catch (thrown) {
    return { failed: thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown) };
  }
}

/** A worker's process, seen from the bench. `O` is the type of what it serves. */
export class Worker<O extends Orders> {
  readonly child: ChildProcess;
  readonly #open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ended: Promise<void>;
  #last = 0;

  constructor(file: string, args: readonly string[] = [], execArgv: readonly string[] = []) {
    const path = fileURLToPath(new URL(`workers/${file}`, import.meta.url));
    this.child = fork(path, [...args], { execArgv: [...execArgv], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.child.on("message", (raw) => this.#take(raw));
    this.#ended = new Promise((resolve) => this.child.once("exit", () => resolve()));
    void this.#ended.then(() => this.#fail(file));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  ask<K extends keyof O & string>(order: K, argument: Parameters<O[K]>[0]): Promise<Awaited<ReturnType<O[K]>>> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: (value) => resolve(value as Awaited<ReturnType<O[K]>>), reject });
      this.child.send({ id, order, argument });
    });
  }

  /** Ends it: SIGTERM for a clean end, SIGKILL as a power cut does. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    this.#open.clear();
    this.child.kill(signal);
    await this.#ended;
  }

  #take(raw: unknown): void {
    const { id, value, failed } = Answer.parse(raw);
    const waiting = this.#open.get(id);
    this.#open.delete(id);
    if (failed === undefined) waiting?.resolve(value);
    else waiting?.reject(new HallError("BENCH_FAILED", failed));
  }

  #fail(file: string): void {
    for (const waiting of this.#open.values()) waiting.reject(new HallError("BENCH_FAILED", `${file} ended too early`));
    this.#open.clear();
  }
}

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Row } from "./report.ts";
import type { CallersOrders } from "./workers/callers-worker.ts";
import type { ControllerOrders } from "./workers/controller-worker.ts";
import type { WriterOrders } from "./workers/writer-worker.ts";
import { enrolTerminals, hallOf, type HallFiles, type HallWish, writeHall, zoneAtNoon } from "./bench-hall.ts";
import { type Orders, Worker } from "./worker.ts";

/** What every measurement is given. */
export interface Bench {
  /** Few samples: shows that everything works, and measures little. */
  readonly quick: boolean;
  /** Raw figures of this run, which later rows are held against. */
  readonly raw: RawFigures;
  directory(name: string): string;
  worker<O extends Orders>(file: string, args?: readonly string[], execArgv?: readonly string[]): Worker<O>;
  say(line: string): void;
}

/** Milliseconds, medians; NaN until measured. */
export interface RawFigures {
  plainRoundTrip: number;
  tlsRoundTrip: number;
  commit: number;
}

/** One measurement: some rows of the table. */
export interface Measurement {
  readonly name: string;
  measure(bench: Bench): Promise<readonly Row[]>;
}

/** A bench whose files and processes are gone when `close` has resolved. */
export class RunningBench implements Bench {
  readonly quick: boolean;
  readonly raw: RawFigures = { plainRoundTrip: Number.NaN, tlsRoundTrip: Number.NaN, commit: Number.NaN };
  readonly #root: string;
  #workers: Pick<Worker<Orders>, "end">[] = [];

  constructor(quick: boolean, where: string = tmpdir()) {
    this.quick = quick;
    this.#root = mkdtempSync(join(where, "hallward-bench-"));
    process.once("exit", () => rmSync(this.#root, { recursive: true, force: true }));
  }

  directory(name: string): string {
    const directory = join(this.#root, name);
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  worker<O extends Orders>(file: string, args: readonly string[] = [], execArgv: readonly string[] = []): Worker<O> {
    const worker = new Worker<O>(file, args, execArgv);
    this.#workers.push(worker);
    return worker;
  }

  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  /** After each measurement: nobody works beside the next one. */
  async endWorkers(): Promise<void> {
    const workers = this.#workers;
    this.#workers = [];
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
  }

  async close(): Promise<void> {
    await this.endWorkers();
    rmSync(this.#root, { recursive: true, force: true });
  }
}

export interface RunningHall {
  readonly files: HallFiles;
  readonly controller: Worker<ControllerOrders>;
  readonly ports: { readonly httpPort: number; readonly mqttPort: number; readonly readyAfterMs: number };
}

/** Writes a hall with everybody on duty and `tickets` waiting, and starts its controller in a process of its own. */
export async function startHall(
  bench: Bench,
  name: string,
  wish: Omit<HallWish, "zone"> & { readonly tickets: number; readonly enrolled?: number },
): Promise<RunningHall> {
  const directory = bench.directory(name);
  const files = writeHall(directory, hallOf({ ...wish, zone: zoneAtNoon() }));
  await enrolTerminals(files, wish.enrolled ?? wish.counters);
  const writer = bench.worker<WriterOrders>("writer-worker.ts");
  await writer.ask("openHall", { directory, hall: files.hall, tickets: wish.tickets });
  await writer.end();
  const controller = bench.worker<ControllerOrders>("controller-worker.ts", [files.controllerFile]);
  const ports = await controller.ask("ports", undefined);
  return { files, controller, ports };
}

export async function connectCallers(
  bench: Bench,
  hall: RunningHall,
  from: number,
  count: number,
): Promise<Worker<CallersOrders>> {
  const callers = bench.worker<CallersOrders>("callers-worker.ts");
  const { directory } = hall.files;
  await callers.ask("connect", { directory, port: hall.ports.mqttPort, from, count });
  return callers;
}

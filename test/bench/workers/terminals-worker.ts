import { systemClock } from "../../../hardware/system/system-clock.ts";
import { type DurationMs, elapsed, later, milliseconds } from "../../../protocol/index.ts";
import { passed } from "../passed.ts";
import { PressedTerminal } from "../pressed-terminal.ts";
import { serveOrders } from "../worker.ts";

let terminals: PressedTerminal[] = [];
let latencies: number[] = [];
let pressing = false;
let errors = 0;

/** One press after the other, on one terminal after the other, `every` apart. */
async function pressOn(every: DurationMs): Promise<void> {
  for (let n = 0, due = systemClock.mono(); pressing; n += 1) {
    const terminal = terminals[n % terminals.length];
    due = later(due, every);
    void terminal?.press().then(
      (latency) => latency !== null && latencies.push(latency),
      () => (errors += 1),
    );
    await passed(milliseconds(Math.max(0, elapsed(systemClock.mono(), due))));
  }
}

const orders = {
  async start({ directory, port, from, count }: { directory: string; port: number; from: number; count: number }) {
    for (let n = from; n < from + count; n += 1) terminals.push(await PressedTerminal.start(directory, n, port));
    await Promise.all(terminals.map((terminal) => terminal.connected()));
  },
  press({ everyMs }: { everyMs: number }): void {
    pressing = true;
    void pressOn(milliseconds(everyMs));
  },
  /** What was measured since the last time. */
  taken() {
    const taken = { latencies, errors };
    latencies = [];
    errors = 0;
    return taken;
  },
  rest(): void {
    pressing = false;
  },
  connected: () => terminals.filter((terminal) => terminal.isConnected).length,
  /** Wall clock of when the last one was connected. */
  async allConnected(): Promise<{ atMs: readonly number[] }> {
    return { atMs: await Promise.all(terminals.map((terminal) => terminal.connected())) };
  },
  async close(): Promise<void> {
    await Promise.all(terminals.map((terminal) => terminal.close()));
    terminals = [];
  },
};
export type TerminalsOrders = typeof orders;
serveOrders(orders);

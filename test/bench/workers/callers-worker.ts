import { systemClock } from "../../../hardware/system/system-clock.ts";
import { elapsed, milliseconds } from "../../../protocol/index.ts";
import { Caller } from "../caller.ts";
import { passed } from "../passed.ts";
import { serveOrders } from "../worker.ts";

/** The broker lets in so many handshakes a second and no more; a caller, unlike a terminal, does not come again. */
const CONNECT_EVERY = milliseconds(10);

const callers: Caller[] = [];

interface CallersWork {
  readonly active: number;
  readonly forMs: number;
  /** At most so many, all together. */
  readonly calls?: number;
  /** Each call followed by start and finish; or nobody comes, and each press is a call. Default: visits. */
  readonly manner?: "visits" | "no-shows";
}

const orders = {
  async connect({ directory, port, from, count }: { directory: string; port: number; from: number; count: number }) {
    for (let n = from; n < from + count; n += 1) {
      const caller = new Caller(n);
      await caller.connect(directory, n, port);
      callers.push(caller);
      await passed(CONNECT_EVERY);
    }
  },
  /** The first `active` callers call as fast as they are answered, for a time or until so many calls are made. */
  async work({ active, forMs, calls, manner = "visits" }: CallersWork) {
    const begun = systemClock.mono();
    const latencies: number[] = [];
    let left = calls ?? Number.POSITIVE_INFINITY;
    const work = async (caller: Caller): Promise<void> => {
      while (elapsed(begun, systemClock.mono()) < forMs && left > 0) {
        left -= 1;
        latencies.push(await (manner === "visits" ? caller.call() : caller.passOver()));
      }
    };
    await Promise.all(callers.slice(0, active).map(work));
    return { latencies, tookMs: elapsed(begun, systemClock.mono()) };
  },
  close(): void {
    for (const caller of callers) caller.close();
  },
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
export type CallersOrders = typeof orders;
serveOrders(orders);

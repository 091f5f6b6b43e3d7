import { type Measurement, startHall } from "../bench.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { KiosksOrders } from "../workers/kiosks-worker.ts";
import { doublesRow } from "./doubles.ts";

const CALLERS = [1, 8, 16] as const;

/** Tickets as a kiosk takes them: HTTP with an idempotency key, answered after the commit. */
export const tickets: Measurement = {
  name: "tickets",
  async measure(bench) {
    const hall = await startHall(bench, "tickets", { counters: 8, tickets: 0, enrolled: 0 });
    const port = hall.ports.httpPort;
    const kiosks = bench.worker<KiosksOrders>("kiosks-worker.ts");
    const rows: Row[] = [];
    for (const callers of CALLERS) {
      await kiosks.ask("work", { port, callers, forMs: bench.quick ? 100 : 1_000 });
      const { latencies, tookMs } = await kiosks.ask("work", { port, callers, forMs: bench.quick ? 400 : 4_000 });
      const samples = new Samples(latencies);
      const who = `${callers} caller${callers === 1 ? "" : "s"}`;
      const perSecond = (samples.count / tookMs) * 1_000;
      const baseline = { name: "ms commit", value: bench.raw.commit };
      rows.push(
        { name: `tickets over HTTP, ${who}`, measured: perSecond, unit: "per s", samples: samples.count },
        { name: `ticket, p50, ${who}`, measured: samples.median, unit: "ms", baseline, samples: samples.count },
        { name: `ticket, p99, ${who}`, measured: samples.p99, unit: "ms", samples: samples.count },
      );
    }
    await hall.controller.end();
    return [...rows, doublesRow(hall.files.directory, "double numbers among these tickets")];
  },
};

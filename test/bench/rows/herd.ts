import type { Measurement } from "../bench.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { freePorts } from "../../support/free-ports.ts";
import { ProductProcess } from "../product-process.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import { enrolTerminals, hallOf, writeHall, zoneAtNoon } from "../bench-hall.ts";
import type { Worker } from "../worker.ts";
import type { TerminalsOrders } from "../workers/terminals-worker.ts";

const CONNECTED = 300;
const PROCESSES = 3;

/** The controller, and with it the broker, is killed and started again: how long until every terminal has it back. */
export const herd: Measurement = {
  name: "herd",
  async measure(bench) {
    const count = bench.quick ? 60 : CONNECTED;
    const [http, mqtt] = await freePorts(2);
    const directory = bench.directory("herd");
    const files = writeHall(directory, hallOf({ counters: count, zone: zoneAtNoon() }), { http, mqtt });
    await enrolTerminals(files, count);
    const first = ProductProcess.controller(files.controllerFile);
    await first.ready();
    const workers: Worker<TerminalsOrders>[] = [];
    for (let n = 0; n < PROCESSES; n += 1) {
      const worker = bench.worker<TerminalsOrders>("terminals-worker.ts");
      const each = count / PROCESSES;
      await worker.ask("start", { directory, port: mqtt, from: 1 + n * each, count: each });
      workers.push(worker);
    }
    const rows: Row[] = [];
    let running = first;
    const rounds = bench.quick ? 1 : 3;
    const last = new Samples();
    const median = new Samples();
    for (let round = 0; round < rounds; round += 1) {
      await running.end("SIGKILL");
      running = ProductProcess.controller(files.controllerFile);
      await running.ready();
      const readyAt = systemClock.now();
      const back = await Promise.all(workers.map((worker) => worker.ask("allConnected", undefined)));
      const at = new Samples(back.flatMap(({ atMs }) => atMs));
      last.add((at.percentile(100) - readyAt) / 1_000);
      median.add((at.median - readyAt) / 1_000);
    }
    await running.end("SIGKILL");
    const mark = { of: "measured", bound: "at-most", value: 10 } as const;
    const note = "from the controller's being ready, worst of all rounds";
    rows.push(
      {
        name: `${count} terminals back after kill -9, the last`,
        measured: last.percentile(100),
        unit: "s",
        mark,
        samples: rounds,
        note,
      },
      {
        name: `${count} terminals back after kill -9, half of them`,
        measured: median.percentile(100),
        unit: "s",
        samples: rounds,
        note,
      },
    );
    return rows;
  },
};

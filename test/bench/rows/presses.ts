import { milliseconds, seconds } from "../../../protocol/index.ts";
import { type Bench, type Measurement, type RunningHall, startHall } from "../bench.ts";
import { passed } from "../passed.ts";
import { timed } from "../timed.ts";
import { leastPress } from "./raw.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { Worker } from "../worker.ts";
import type { TerminalsOrders } from "../workers/terminals-worker.ts";

const PRESSED = 24;
const CONNECTED = 300;
/** Of all those connected together: each of them every six seconds. */
const BACKGROUND_PRESSES_PER_SECOND = 50;
const BACKGROUND_PROCESSES = 3;
/** Presses on the measured terminals, a second: one at a time, and for each of them seldom enough for its dead time. */
const PRESSES_PER_SECOND = 14;

/** From the settled call key to the ticket on the nameplate: journal, network, decision and both fsyncs. */
export const presses: Measurement = {
  name: "presses",
  async measure(bench) {
    const connected = bench.quick ? 60 : CONNECTED;
    const hall = await startHall(bench, "presses", { counters: connected, tickets: bench.quick ? 800 : 6_000 });
    const measured = await terminalsOf(bench, hall, 1, PRESSED);
    await pressFor(bench, measured, seconds(bench.quick ? 1 : 4));
    const alone = await pressFor(bench, measured, seconds(bench.quick ? 4 : 45));
    const least = await leastPresses(bench);
    const background = await startBackground(bench, hall, connected - PRESSED);
    await pressFor(bench, measured, seconds(bench.quick ? 1 : 5));
    const amongAll = await pressFor(bench, measured, seconds(bench.quick ? 4 : 60));
    const others = new Samples();
    let unanswered = alone.errors + amongAll.errors;
    for (const worker of background) {
      const { latencies, errors } = await worker.ask("taken", undefined);
      others.addAll(latencies);
      unanswered += errors;
    }
    return rowsOf({ least, alone: alone.samples, amongAll: amongAll.samples, connected, others, unanswered });
  },
};

async function terminalsOf(
  bench: Bench,
  { files: { directory }, ports }: RunningHall,
  from: number,
  count: number,
): Promise<Worker<TerminalsOrders>> {
  const worker = bench.worker<TerminalsOrders>("terminals-worker.ts");
  await worker.ask("start", { directory, port: ports.mqttPort, from, count });
  return worker;
}

async function startBackground(bench: Bench, hall: RunningHall, count: number): Promise<Worker<TerminalsOrders>[]> {
  const each = Math.ceil(count / BACKGROUND_PROCESSES);
  const workers: Worker<TerminalsOrders>[] = [];
  for (let from = PRESSED + 1; from <= PRESSED + count; from += each) {
    workers.push(await terminalsOf(bench, hall, from, Math.min(each, PRESSED + count + 1 - from)));
  }
  const everyMs = (1_000 / BACKGROUND_PRESSES_PER_SECOND) * workers.length * (CONNECTED / (count + PRESSED));
  for (const worker of workers) await worker.ask("press", { everyMs });
  return workers;
}

/** Commit, round trip and commit in the rhythm of the presses: a machine that rested between them answers later. */
async function leastPresses(bench: Bench): Promise<Samples> {
  const press = await leastPress(bench);
  const samples = new Samples();
  for (let n = 0; n < (bench.quick ? 30 : 300); n += 1) {
    await passed(milliseconds(1_000 / PRESSES_PER_SECOND));
    samples.add(await timed(press));
  }
  return samples;
}

async function pressFor(bench: Bench, worker: Worker<TerminalsOrders>, forMs: number) {
  await worker.ask("taken", undefined);
  await worker.ask("press", { everyMs: 1_000 / PRESSES_PER_SECOND });
  await passed(milliseconds(forMs));
  await worker.ask("rest", undefined);
  await passed(milliseconds(bench.quick ? 200 : 500));
  const { latencies, errors } = await worker.ask("taken", undefined);
  return { samples: new Samples(latencies), errors };
}

interface Pressed {
  readonly least: Samples;
  readonly alone: Samples;
  readonly amongAll: Samples;
  readonly connected: number;
  readonly others: Samples;
  readonly unanswered: number;
}

function rowsOf({ least, alone, amongAll, connected, others, unanswered }: Pressed): Row[] {
  const baseline = { name: "ms TLS round trip + two commits", value: least.median };
  const among = `${connected} connected, ${BACKGROUND_PRESSES_PER_SECOND} presses/s beside`;
  const twice = { of: "ratio", bound: "at-most", value: 2 } as const;
  const under20 = { of: "measured", bound: "at-most", value: 20 } as const;
  const ms = "ms" as const;
  const press = "press to new face";
  const count = alone.count;
  const crowd = amongAll.count;
  return [
    { name: "commit, TLS round trip, commit, p50, as often", measured: least.median, unit: ms, samples: least.count },
    { name: `${press}, p50, alone`, measured: alone.median, unit: ms, baseline, mark: twice, samples: count },
    { name: `${press}, p99, alone`, measured: alone.p99, unit: ms, samples: count },
    { name: `${press}, p50, ${among}`, measured: amongAll.median, unit: ms, baseline, samples: crowd },
    { name: `${press}, p99, ${among}`, measured: amongAll.p99, unit: ms, mark: under20, samples: crowd },
    { name: `${press}, p99, those beside`, measured: others.p99, unit: ms, samples: others.count },
    { name: "presses without an answer within 3 s", measured: unanswered, unit: "count", samples: count + crowd },
  ];
}

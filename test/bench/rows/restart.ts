import { hallOf, writeHall } from "../bench-hall.ts";
import type { Bench, Measurement } from "../bench.ts";
import { ProductProcess } from "../product-process.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { WriterOrders } from "../workers/writer-worker.ts";

const EVENTS = 1_000_000;
const EVENTS_QUICK = 20_000;
const COUNTERS = 40;
const SESSIONS = [
  { from: "08:00", to: "12:00" },
  { from: "14:30", to: "17:30" },
];

/** From the start of the process to its word that it serves, on the log of a month of busy days. */
export const restart: Measurement = {
  name: "restart",
  async measure(bench) {
    const directory = bench.directory("restart");
    const files = writeHall(directory, hallOf({ counters: COUNTERS, zone: "Asia/Shanghai", sessions: SESSIONS }));
    const wish = { directory, hall: files.hall, events: bench.quick ? EVENTS_QUICK : EVENTS };
    const writer = bench.worker<WriterOrders>("writer-worker.ts");
    const { events, snapshot } = await writer.ask("writeDays", wish);
    await startOnce(files.controllerFile); // Makes keys and certificates, once.
    const withSnapshot = await starts(files.controllerFile, bench.quick ? 1 : 3);
    await writer.ask("dropSnapshots", { directory });
    const without = await starts(files.controllerFile, 1);
    return rowsOf(bench, { events, behind: events - snapshot, withSnapshot, without });
  },
};

async function starts(file: string, count: number): Promise<Samples> {
  const samples = new Samples();
  for (let n = 0; n < count; n += 1) samples.add(await startOnce(file));
  return samples;
}

/** Killed and not closed: a clean end would leave a snapshot behind. */
async function startOnce(file: string): Promise<number> {
  const controller = ProductProcess.controller(file);
  const tookMs = await controller.ready();
  await controller.end("SIGKILL");
  return tookMs;
}

interface Started {
  readonly events: number;
  readonly behind: number;
  readonly withSnapshot: Samples;
  readonly without: Samples;
}

function rowsOf(_bench: Bench, { events, behind, withSnapshot, without }: Started): Row[] {
  const within = (value: number) => ({ of: "measured", bound: "at-most", value }) as const;
  const note = `${events} events, ${behind} of them after the snapshot`;
  return [
    {
      name: "start to ready, with a snapshot",
      measured: withSnapshot.median / 1_000,
      unit: "s",
      mark: within(3),
      samples: withSnapshot.count,
      note,
    },
    {
      name: "start to ready, without one",
      measured: without.median / 1_000,
      unit: "s",
      mark: within(30),
      samples: without.count,
      note: `${events} events`,
    },
  ];
}

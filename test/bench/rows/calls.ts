import { type Bench, connectCallers, type Measurement, type RunningHall, startHall } from "../bench.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import { doublesRow } from "./doubles.ts";

const CALLERS = [1, 8, 200] as const;
const CALLERS_QUICK = [1, 8, 20] as const;
/** More than anybody gets through in the time, or the rate would be that of an empty hall. */
const TICKETS = 48_000;
const TICKETS_QUICK = 12_000;

/** Durable calls: each one is acknowledged after its fsync and shown with its ticket. */
export const calls: Measurement = {
  name: "calls",
  async measure(bench) {
    const counts = bench.quick ? CALLERS_QUICK : CALLERS;
    const most = counts[2];
    const tickets = bench.quick ? TICKETS_QUICK : TICKETS;
    const visits = await startHall(bench, "calls", { counters: counts[0] + counts[1] + most, tickets });
    const rows = await underCallers(bench, visits, counts, { manner: "visits", tickets });
    const rules = { noShowAfterMs: 0, announcementSlotMs: 0 };
    const noShows = await startHall(bench, "no-shows", { counters: most, tickets, rules });
    rows.push(...(await underCallers(bench, noShows, [most], { manner: "no-shows", tickets })));
    return [
      ...rows,
      doublesRow(visits.files.directory, "double calls and double numbers, by the log"),
      doublesRow(noShows.files.directory, "double calls and double numbers, by the log of no-shows"),
    ];
  },
};

type Manner = "visits" | "no-shows";

async function underCallers(
  bench: Bench,
  hall: RunningHall,
  counts: readonly number[],
  { manner, tickets }: { readonly manner: Manner; readonly tickets: number },
): Promise<Row[]> {
  const rows: Row[] = [];
  let from = 1;
  // A caller whose queues are empty is silent until the broker closes it. One alone draws from two queues of eight;
  // several draw from all alike, within a factor of two.
  let left = tickets;
  const bound = (count: number): number => Math.floor(left / (count === 1 ? 16 : 2));
  for (const count of counts) {
    const callers = await connectCallers(bench, hall, from, count);
    from += count;
    const warmUp = { active: count, forMs: bench.quick ? 200 : 1_000, manner, calls: bound(count) };
    left -= (await callers.ask("work", warmUp)).latencies.length;
    const forMs = bench.quick ? 500 : 5_000;
    const { latencies, tookMs } = await callers.ask("work", { active: count, forMs, manner, calls: bound(count) });
    left -= latencies.length;
    rows.push(...rowsOf(bench, count, manner, new Samples(latencies), (latencies.length / tookMs) * 1_000));
    await callers.ask("close", undefined);
    await callers.end();
  }
  await hall.controller.end();
  return rows;
}

/** What stands behind each call. */
const WORK: { readonly [M in Manner]: string } = {
  visits: "each with start and finish of its visit",
  "no-shows": "one press each, no-show and next, times of the rules 0",
};

function rowsOf({ raw }: Bench, callers: number, manner: Manner, latencies: Samples, perSecond: number): Row[] {
  const who = `${callers} caller${callers === 1 ? "" : "s"}`;
  const samples = latencies.count;
  const baseline = { name: "ms TLS round trip + commit", value: raw.tlsRoundTrip + raw.commit };
  const rate: Row = { name: `durable calls, ${who}`, measured: perSecond, unit: "per s", samples, note: WORK[manner] };
  const p99: Row = { name: `call, p99, ${who}`, measured: latencies.p99, unit: "ms", samples };
  return [
    callers === 200 ? { ...rate, mark: { of: "measured", bound: "at-least", value: 4_000 } } : rate,
    { name: `call, p50, ${who}`, measured: latencies.median, unit: "ms", baseline, samples },
    callers === 8 ? { ...p99, mark: { of: "measured", bound: "at-most", value: 10 } } : p99,
  ];
}

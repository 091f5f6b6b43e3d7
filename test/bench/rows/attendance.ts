import type { Measurement } from "../bench.ts";
import type { LedgerYear } from "../ledger-year.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { LedgerOrders } from "../workers/ledger-worker.ts";

const YEAR: LedgerYear = { people: 300, days: 250 };
const YEAR_QUICK: LedgerYear = { people: 10, days: 10 };
const COLD_MAX_S = 2;
const AGAIN_MAX_MS = 5;

/** Attendance of a year from the hall's log, by a process that has just started, and one tap more. */
export const attendance: Measurement = {
  name: "attendance",
  async measure(bench) {
    const directory = bench.directory("attendance");
    const year = bench.quick ? YEAR_QUICK : YEAR;
    const writer = bench.worker<LedgerOrders>("ledger-worker.ts");
    const events = await writer.ask("write", { directory, year });
    await writer.end();
    const [cold, read, again] = [new Samples(), new Samples(), new Samples()];
    for (let run = 0; run < (bench.quick ? 1 : 3); run += 1) {
      const worker = bench.worker<LedgerOrders>("ledger-worker.ts");
      const pace = await worker.ask("derive", { directory, year });
      await worker.end();
      cold.add(pace.coldMs);
      read.add(pace.readMs);
      for (const took of pace.againMs) again.add(took);
    }
    const what = `${year.people} people x ${year.days} days`;
    return [
      {
        name: `attendance of ${what}, from the log`,
        measured: cold.median / 1_000,
        unit: "s",
        baseline: { name: "reading and parsing the same log", value: read.median / 1_000 },
        mark: { of: "measured", bound: "at-most", value: COLD_MAX_S },
        samples: cold.count,
        note: `${events} events, a process that has just started`,
      },
      ...[
        ["p50", again.median],
        ["p99", again.p99],
      ].map(
        ([part, measured]): Row => ({
          name: `attendance after one tap more, ${part}`,
          measured: Number(measured),
          unit: "ms",
          mark: { of: "measured", bound: "at-most", value: AGAIN_MAX_MS },
          samples: again.count,
        }),
      ),
    ];
  },
};

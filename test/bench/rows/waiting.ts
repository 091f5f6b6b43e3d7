import { connectCallers, type Bench, type Measurement, startHall } from "../bench.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { KiosksOrders } from "../workers/kiosks-worker.ts";

const FEW = 10;
const MANY = 10_000;
/** Calls between two turns of the other hall, so that both see the same noise. */
const BLOCK = 8;

/** What a call costs with few and with many waiting. Both halls live at once and take turns. */
export const waiting: Measurement = {
  name: "waiting",
  async measure(bench) {
    const few = await openHall(bench, FEW);
    const many = await openHall(bench, bench.quick ? MANY / 5 : MANY);
    const rounds = bench.quick ? 10 : 120;
    for (let round = 0; round < rounds; round += 1) {
      const isWarm = round >= rounds / 10;
      await takeTurn(few, isWarm);
      await takeTurn(many, isWarm);
    }
    const cpu = (hall: typeof few) => hall.cpuMs / hall.samples.count;
    const ratio = { of: "ratio", bound: "at-most", value: 1.2 } as const;
    const count = many.samples.count;
    const baseline = { name: `ms, ${FEW} waiting`, value: few.samples.median };
    const cpuBaseline = { name: `ms, ${FEW} waiting`, value: cpu(few) };
    return [
      {
        name: `call, p50, ${MANY} waiting`,
        measured: many.samples.median,
        unit: "ms",
        baseline,
        mark: ratio,
        samples: count,
      },
      {
        name: `processor time of a call, ${MANY} waiting`,
        measured: cpu(many),
        unit: "ms",
        baseline: cpuBaseline,
        samples: count,
      },
    ] satisfies Row[];
  },
};

/** A ticket may be called at once here: with ten waiting, and as many called as come, none would be old enough. */
async function openHall(bench: Bench, tickets: number) {
  const hall = await startHall(bench, `waiting-${tickets}`, {
    counters: 8,
    tickets,
    enrolled: 1,
    rules: { callableAfterMs: 0 },
  });
  const callers = await connectCallers(bench, hall, 1, 1);
  const kiosks = bench.worker<KiosksOrders>("kiosks-worker.ts");
  return { hall, callers, kiosks, samples: new Samples(), cpuMs: 0 };
}

async function takeTurn(at: Awaited<ReturnType<typeof openHall>>, counts: boolean): Promise<void> {
  // The window serves two queues of eight: so many tickets that as many stand in its own as it calls.
  await at.kiosks.ask("issue", { port: at.hall.ports.httpPort, count: BLOCK * 4, callers: 1 });
  const before = await at.hall.controller.ask("cpuMs", undefined);
  const { latencies } = await at.callers.ask("work", { active: 1, forMs: 10_000, calls: BLOCK });
  const after = await at.hall.controller.ask("cpuMs", undefined);
  if (!counts) return;
  at.samples.addAll(latencies);
  at.cpuMs += after - before;
}

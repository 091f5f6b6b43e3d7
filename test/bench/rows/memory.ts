import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { seconds, topics } from "../../../protocol/index.ts";
import { IDENTITY_FILES } from "../../../terminal/adapters/identity-files.ts";
import { BENCH_HALL, type HallFiles, terminalDirectory, terminalName } from "../bench-hall.ts";
import { type Bench, type Measurement, startHall } from "../bench.ts";
import { type Memory, memoryOf } from "../memory-of.ts";
import { passed } from "../passed.ts";
import { ProductProcess } from "../product-process.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import type { ControllerOrders } from "../workers/controller-worker.ts";
import type { TerminalsOrders } from "../workers/terminals-worker.ts";
import type { Worker } from "../worker.ts";

const BARE = fileURLToPath(new URL("../bare-client.mjs", import.meta.url));
const CONNECTED = 300;
/** What a process needs to come to rest after its start. */
const REST = seconds(3);

/** Memory of controller and terminal, and the terminal's start, against a bare Node process with an MQTT client. */
export const memory: Measurement = {
  name: "memory",
  async measure(bench) {
    const connected = bench.quick ? 60 : CONNECTED;
    const hall = await startHall(bench, "memory", { counters: connected + 2, tickets: 100 });
    const rounds = bench.quick ? 1 : 5;
    const bare = await measured(bench, rounds, () => bareClient(hall.files, hall.ports.mqttPort));
    const terminal = await measured(bench, rounds, () => terminalProcess(hall.files, hall.ports.mqttPort));
    const idle = await hall.controller.ask("memory", undefined);
    const busy = await withTerminals(bench, hall.files, hall.ports.mqttPort, connected, hall.controller);
    return [
      ...terminalRows(bare, terminal),
      ...controllerRows(idle, "nobody connected"),
      ...controllerRows(busy, `${connected} connected`),
    ];
  },
};

interface Measured {
  readonly rss: Samples;
  readonly pss: Samples;
  readonly readyMs: Samples;
}

async function measured(bench: Bench, rounds: number, start: () => ProductProcess): Promise<Measured> {
  const found: Measured = { rss: new Samples(), pss: new Samples(), readyMs: new Samples() };
  for (let round = 0; round < rounds; round += 1) {
    const running = start();
    found.readyMs.add(await running.ready());
    await passed(bench.quick ? seconds(1) : REST);
    const { rss, pss } = memoryOf(running.pid);
    found.rss.add(rss);
    if (pss !== null) found.pss.add(pss);
    await running.end("SIGKILL");
  }
  return found;
}

export function bareClient({ directory }: HallFiles, port: number): ProductProcess {
  const own = terminalDirectory(directory, 1);
  const { key, certificate, authority } = IDENTITY_FILES;
  const files = [key, certificate, authority].map((file) => join(own, file));
  const args = [String(port), terminalName(1), ...files, topics.terminal(BENCH_HALL, terminalName(1), "desired")];
  return new ProductProcess(BARE, args, (said) => typeof said === "object");
}

/** `hallward terminal`, until it says that the controller has taken its birth. */
function terminalProcess({ directory }: HallFiles, mqttPort: number): ProductProcess {
  const own = terminalDirectory(directory, 2);
  const file = join(own, "terminal.yaml");
  const controller = { host: "127.0.0.1", mqttPort };
  writeFileSync(file, stringify({ hall: BENCH_HALL, terminal: terminalName(2), controller, directory: "." }));
  const isReady = (said: unknown): boolean => typeof said === "string" && said.includes('"link.up"');
  return ProductProcess.hallward(["terminal", "--config", file], isReady);
}

async function withTerminals(
  bench: Bench,
  { directory }: HallFiles,
  port: number,
  connected: number,
  controller: Worker<ControllerOrders>,
): Promise<Memory> {
  const worker = bench.worker<TerminalsOrders>("terminals-worker.ts");
  await worker.ask("start", { directory, port, from: 3, count: connected });
  await passed(bench.quick ? seconds(1) : REST);
  return controller.ask("memory", undefined);
}

function terminalRows(bare: Measured, terminal: Measured): Row[] {
  const mark = { of: "ratio", bound: "at-most", value: 1.6 } as const;
  const samples = terminal.rss.count;
  const rss = { name: "MB, bare Node and MQTT client", value: bare.rss.median };
  const rows: Row[] = [
    { name: "terminal, memory (RSS)", measured: terminal.rss.median, unit: "MB", baseline: rss, mark, samples },
  ];
  if (bare.pss.count > 0 && terminal.pss.count > 0) {
    const pss = { name: "MB, bare Node and MQTT client", value: bare.pss.median };
    rows.push({
      name: "terminal, memory (PSS)",
      measured: terminal.pss.median,
      unit: "MB",
      baseline: pss,
      samples,
      note: "hangs on how many other Node processes share the program",
    });
  }
  const ready = { name: "ms, bare Node and MQTT client", value: bare.readyMs.median };
  const measuredMs = terminal.readyMs.median;
  return [...rows, { name: "terminal, start to ready", measured: measuredMs, unit: "ms", baseline: ready, samples }];
}

const controllerRows = ({ rss, pss }: Memory, who: string): Row[] => [
  { name: `controller, memory (RSS), ${who}`, measured: rss, unit: "MB", samples: 1 },
  ...(pss === null
    ? []
    : [{ name: `controller, memory (PSS), ${who}`, measured: pss, unit: "MB", samples: 1 } as const]),
];

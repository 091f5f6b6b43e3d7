import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { type DurationMs, elapsed, seconds } from "../../../protocol/index.ts";
import {
  type CanonicalBadge,
  createGpiodLines,
  createGpioButtons,
  createRdm6300Reader,
  createSerialLink,
  encodeRdm6300,
  RDM6300_BAUD_RATE,
} from "../../../hardware/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { BENCH_HALL, terminalDirectory, terminalName } from "../bench-hall.ts";
import { type Bench, type Measurement, type RunningHall, startHall } from "../bench.ts";
import { memoryOf } from "../memory-of.ts";
import { passed } from "../passed.ts";
import { ProductProcess } from "../product-process.ts";
import type { Row } from "../report.ts";
import { Samples } from "../statistics.ts";
import { WiredCounter } from "../wired-counter.ts";
import type { PluggingOrders } from "../workers/plugging-worker.ts";
import { bareClient } from "./memory.ts";

const REST = seconds(3);
const FEW_MS = 2;

/** What drivers and links cost: from a device's bytes to the core, and while nothing happens. */
export const wires: Measurement = {
  name: "wires",
  async measure(bench) {
    const directory = bench.directory("wires");
    const counter = await WiredCounter.plug(directory);
    const path = process.env["PATH"] ?? "";
    process.env["PATH"] = `${counter.tools}${delimiter}${path}`;
    try {
      const samples = bench.quick ? 20 : 1000;
      const latencies = [await keyEdges(counter, samples), await serialFrames(counter, samples)];
      return [...latencies, ...(await idle(bench, counter)), ...(await plugging(bench))];
    } finally {
      process.env["PATH"] = path;
      await counter.unplug();
    }
  },
};

/** Each is waited for before the next is sent: what is measured is a way, not a queue. */
async function oneByOne(count: number, send: (index: number) => void, next: () => Promise<void>): Promise<Samples> {
  const found = new Samples();
  for (let index = 0; index < count; index += 1) {
    const heard = next();
    const begun = systemClock.mono();
    send(index);
    await heard;
    found.add(elapsed(begun, systemClock.mono()));
  }
  return found;
}

/** Resolves the promise of the moment whenever `tell` is called. */
function turns() {
  let resolve = (): void => {};
  const next = (): Promise<void> => new Promise((taken) => (resolve = taken));
  return { next, tell: () => resolve() };
}

async function keyEdges(counter: WiredCounter, count: number): Promise<Row> {
  const wiring = { chip: "bench", inputs: ["call", "pause"], bias: "pull-up", debounceMs: 0 } as const;
  const lines = createGpiodLines({ wiring, pressedLevel: "low", clock: systemClock });
  const panel = createGpioButtons({ lines, clock: systemClock, buttons: { call: "call", pause: "pause" } });
  const { next, tell } = turns();
  const up = next();
  let sent: "pressed" | "released" = "released";
  await panel.open({
    onEdge: ({ edge }) => edge === sent && tell(),
    onHealth: ({ state }) => state === "ok" && tell(),
  });
  await up;
  const send = (index: number): void => {
    sent = index % 2 === 0 ? "pressed" : "released";
    counter.edge("call", sent);
  };
  const samples = await oneByOne(count, send, next);
  await panel.close();
  return latency("key edge from gpiomon to the core, p50, beside 10 ms of debounce", samples);
}

async function serialFrames(counter: WiredCounter, count: number): Promise<Row> {
  const { reader: path } = counter.paths;
  const link = createSerialLink({ path, baudRate: RDM6300_BAUD_RATE, clock: systemClock });
  const reader = createRdm6300Reader({ link, clock: systemClock });
  const { next, tell } = turns();
  const up = next();
  await reader.open({ onBadge: tell, onBadFrame: () => {}, onHealth: ({ state }) => state === "ok" && tell() });
  await up;
  // Another card each time: one that rests is read once.
  const badgeOf = (index: number) => (index + 1).toString(16).toUpperCase().padStart(8, "0") as CanonicalBadge;
  const samples = await oneByOne(count, (index) => counter.sayReader(encodeRdm6300(badgeOf(index))), next);
  await reader.close();
  return latency("badge frame over a pseudo-terminal to the core, p50", samples);
}

const latency = (name: string, samples: Samples): Row => ({
  name,
  measured: samples.median,
  unit: "ms",
  mark: { of: "measured", bound: "at-most", value: FEW_MS },
  samples: samples.count,
  note: `p99 ${samples.p99.toFixed(2)} ms`,
});

async function idle(bench: Bench, counter: WiredCounter): Promise<Row[]> {
  const hall = await startHall(bench, "wires-hall", { counters: 2, tickets: 1 });
  const bare = await restingMemory(bench, bareClient(hall.files, hall.ports.mqttPort));
  const terminal = wiredTerminal(hall, counter);
  await terminal.ready();
  await passed(bench.quick ? seconds(1) : REST);
  const length = bench.quick ? seconds(2) : seconds(30);
  const before = processorTime(terminal.pid);
  await passed(length);
  const busy = (100 * (processorTime(terminal.pid) - before)) / length;
  const { rss } = memoryOf(terminal.pid);
  await terminal.end("SIGTERM");
  return [
    {
      name: "terminal with four wired devices, idle, of one core",
      measured: busy,
      unit: "%",
      mark: { of: "measured", bound: "at-most", value: 1 },
      samples: 1,
    },
    {
      name: "terminal with four wired devices, memory (RSS)",
      measured: rss,
      unit: "MB",
      baseline: { name: "MB, bare Node and MQTT client", value: bare },
      mark: { of: "ratio", bound: "at-most", value: 1.6 },
      samples: 1,
    },
  ];
}

async function restingMemory(bench: Bench, running: ProductProcess): Promise<number> {
  await running.ready();
  await passed(bench.quick ? seconds(1) : REST);
  const { rss } = memoryOf(running.pid);
  await running.end("SIGKILL");
  return rss;
}

function wiredTerminal({ files, ports }: RunningHall, { devices }: WiredCounter): ProductProcess {
  const file = join(terminalDirectory(files.directory, 2), "wired.yaml");
  const controller = { host: "127.0.0.1", mqttPort: ports.mqttPort };
  writeFileSync(file, stringify({ hall: BENCH_HALL, terminal: terminalName(2), controller, directory: ".", devices }));
  const isReady = (said: unknown): boolean => typeof said === "string" && said.includes('"link.up"');
  return ProductProcess.hallward(["terminal", "--config", file], isReady);
}

const TICK = 10;

/** Milliseconds, the kernel's too; of the process, not of its children. */
function processorTime(pid: number): DurationMs {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * TICK) as DurationMs;
}

async function plugging(bench: Bench): Promise<Row[]> {
  const worker = bench.worker<PluggingOrders>("plugging-worker.ts", [], ["--expose-gc"]);
  const { rounds, timers, handles, grownMB } = await worker.ask("day", { hours: bench.quick ? 1 : 24 });
  const none = { of: "measured", bound: "at-most", value: 0 } as const;
  const name = "24 h of virtual plug and unplug";
  return [
    {
      name: `${name}: handles and timers left`,
      measured: timers + handles,
      unit: "count",
      mark: none,
      samples: rounds,
    },
    {
      name: `${name}: heap grown since the first hour`,
      measured: grownMB,
      unit: "MB",
      mark: { of: "measured", bound: "at-most", value: 1 },
      samples: rounds,
    },
  ];
}

import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { dirname, resolve } from "node:path";
import { ControllerConfiguration, startController } from "../../../controller/index.ts";
import { TRAFFIC_LIMITS } from "../../../controller/adapters/broker/broker-limits.ts";
import { loadConfig } from "../../../hardware/system/config-file.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { silentLog } from "../../../protocol/index.ts";
import { memoryOf } from "../memory-of.ts";
import { serveOrders } from "../worker.ts";

// The product's own controller, whole, in a process of its own. Only the rate limit of single clients is off, because
// one caller of the bench works like many clerks.

const file = process.argv[2] ?? "";
const loaded = loadConfig(ControllerConfiguration, file);
const config = { ...loaded, directory: resolve(dirname(file), loaded.directory) };
const UNBOUNDED = { perSecond: 1e9, burst: 1e9, debt: 1e9 };
const traffic = { ...TRAFFIC_LIMITS, publishes: UNBOUNDED, controls: UNBOUNDED };
const onFatal = (error: Error): never => {
  process.stderr.write(`controller: ${error.message}\n`);
  process.exit(1);
};
const begun = systemClock.mono();
const controller = await startController({
  config,
  clock: systemClock,
  random: systemRandom,
  log: silentLog,
  onFatal,
  traffic,
});
const { httpPort, mqttPort } = controller;
const readyAfterMs = systemClock.mono() - begun;
process.once("SIGTERM", () => void controller.close().then(() => process.exit(0)));

const session = new Session();

const orders = {
  /** Where the time goes from here on, until `stopProfile`. */
  async startProfile(): Promise<void> {
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
  },
  async stopProfile({ file: target }: { file: string }): Promise<void> {
    const { profile } = await session.post("Profiler.stop");
    writeFileSync(target, JSON.stringify(profile));
    session.disconnect();
  },
  ports: () => ({ httpPort, mqttPort, readyAfterMs }),
  memory: () => memoryOf(process.pid),
  cpuMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
export type ControllerOrders = typeof orders;
serveOrders(orders);

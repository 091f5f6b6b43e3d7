import { resolve } from "node:path";
import { elapsed } from "../../protocol/index.ts";
import { type DemoOptions, panelPort } from "./demo-options.ts";
import type { DemoWorld } from "./demo-world.ts";
import { openAccounts } from "./demo-accounts.ts";
import { claimDirectory } from "./directory-claim.ts";
import { type BeforeItOpens, writeHallFiles } from "./hall-files.ts";
import { type DemoHall, planHall } from "./hall-plan.ts";
import { assertPortsFree } from "./ports-free.ts";
import { RunningDemo } from "./running-demo.ts";
import { farewell, welcome } from "./words.ts";

/** A whole hall in processes, until it is stopped. Resolves with the exit code. */
export async function runDemo(given: DemoOptions, world: DemoWorld): Promise<number> {
  const startedAt = world.clock.mono();
  const options = { ...given, data: resolve(given.data) };
  await assertPortsFree([
    { port: options.port, what: "HTTP of the controller", option: "--port" },
    { port: panelPort(options), what: "HTTP of the panel, one above --port", option: "--port" },
    { port: options.mqttPort, what: "MQTT of the controller", option: "--mqtt-port" },
  ]);
  await claimDirectory(options.data);
  const plan = planHall(options.counters);
  await writeHallFiles(plan, options, world.clock, withPast(plan, options, world));
  const accounts = await openAccounts(plan, options.data, world.random);
  const hall = new RunningDemo(plan, options, world);
  const ended: Promise<number> = Promise.race([hall.refused, world.stopped.then(() => 0)]);
  try {
    await hall.open();
    const stillWanted = await Promise.race([hall.up().then(() => true), ended.then(() => false)]);
    if (stillWanted) {
      world.say(welcome(plan, options, accounts, elapsed(startedAt, world.clock.mono())));
      if (!options.quiet) hall.admitPeople();
    }
    await ended;
  } finally {
    await hall.close();
  }
  const code = await ended;
  if (code === 0) world.say(farewell(options));
  return code;
}

/** Loaded only for a hall that nobody has opened yet: it is the controller's own program. */
const withPast =
  (plan: DemoHall, { history, seed }: DemoOptions, { clock, log }: DemoWorld): BeforeItOpens =>
  async (configuration) => {
    if (history !== true) return configuration;
    const { writePast } = await import("./past/write-past.ts");
    const past = await writePast(configuration, { plan, clock, seed });
    for (const refusal of past.refused) log.warn("past.refused", { refusal });
    return past.configuration;
  };

import { Command } from "commander";
import type { CounterDevices } from "../../hardware/index.ts";
import { type Bilingual, type Clock, HallError } from "../../protocol/index.ts";
import { createBadgeDigest } from "../adapters/badge-digest.ts";
import type { TerminalConfig } from "../config.ts";
import { diagnose, isWell } from "./diagnose.ts";
import { gatherFacts } from "./gather.ts";
import type { Machine } from "./machine.ts";
import { probeDevices } from "./probe-devices.ts";
import { reportJson, reportText } from "./report-text.ts";
import { paintTestFaces } from "./test-faces.ts";
import { watchDevices } from "./watch-devices.ts";

/** What the doctor works with. */
export interface DoctorWorld {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly inColour: boolean;
  readonly say: (text: string) => void;
  /** Something is to be mended: the process ends with 1. */
  readonly fail: () => void;
  /** Throws HallError for a configuration that is refused. */
  readonly readConfig: (file: string) => TerminalConfig;
  readonly devicesOf: (config: TerminalConfig, file: string) => CounterDevices;
  /** The hall's key, or, on a terminal that has not joined, one of this run alone. */
  readonly badgeKeyOf: (config: TerminalConfig) => Uint8Array;
  /** Resolves when the person at the keyboard has seen enough. */
  readonly stopped: () => Promise<void>;
}

interface DoctorOptions {
  readonly config?: string;
  readonly probe: boolean;
  readonly watch: boolean;
  readonly json: boolean;
}

/** `hallward doctor`. */
export function createDoctorCommand(world: DoctorWorld): Command {
  const command = new Command("doctor")
    .description("Say what is plugged in, what would take it, and what is to be mended before it works.")
    .option("--config <file>", "a terminal's configuration, to check too")
    .option("--probe", "open the configured devices too and hear whether they answer; stop the terminal first", false)
    .option("--watch", "show every press, tap and key of the configured devices as it happens", false)
    .option("--json", "for programs: one JSON document; with --watch one a line", false)
    .action((options: DoctorOptions) => (options.watch ? watch(world, options) : examine(world, options)));
  command.enablePositionalOptions(); // Its --config is not ours.
  command
    .command("nameplate")
    .description("Paint test patterns on the configured nameplate.")
    .requiredOption("--config <file>", "the terminal's configuration")
    .action(({ config }: { readonly config: string }) => paint(world, config));
  return command;
}

async function examine(world: DoctorWorld, { config: file, json, probe }: DoctorOptions): Promise<void> {
  if (probe && file === undefined)
    throw new HallError("USAGE", "doctor --probe needs --config FILE: it says which devices");
  const asked = file === undefined ? null : { file, read: () => world.readConfig(file) };
  const facts = await gatherFacts(world.machine, asked);
  const canProbe = probe && file !== undefined && facts.configuration.state === "read";
  const answers = canProbe ? await probeDevices(world.devicesOf(world.readConfig(file), file), world.clock) : [];
  const findings = diagnose(facts, answers);
  world.say(json ? reportJson(findings) : reportText(findings, world.inColour));
  if (!isWell(findings)) world.fail();
}

async function watch(world: DoctorWorld, { config: file, json }: DoctorOptions): Promise<void> {
  if (file === undefined) throw new HallError("USAGE", "doctor --watch needs --config FILE: it says which devices");
  const config = world.readConfig(file);
  const devices = world.devicesOf(config, file);
  if ([devices.buttons, devices.badgeReader, devices.ratingKeypad].every(({ driver }) => driver === "absent")) {
    throw new HallError("USAGE", `${file} names no device to watch`);
  }
  const watching = await watchDevices(devices, createBadgeDigest(world.badgeKeyOf(config)), ({ text, ...seen }) =>
    world.say(json ? `${JSON.stringify({ ...seen, ...text })}\n` : bothWays(text)),
  );
  if (!json) world.say(bothWays({ zh: "按键、刷卡、评价即时显示，Ctrl-C 结束", en: "press, tap, rate; Ctrl-C ends" }));
  await world.stopped();
  await watching.close();
}

async function paint(world: DoctorWorld, file: string): Promise<void> {
  const { nameplate } = world.devicesOf(world.readConfig(file), file);
  if (nameplate.driver === "absent") throw new HallError("USAGE", `${file} has no nameplate`);
  await paintTestFaces(nameplate, world.clock, (text) => world.say(bothWays(text)), world.stopped());
}

const bothWays = ({ zh, en }: Bilingual): string => `${zh} · ${en}\n`;

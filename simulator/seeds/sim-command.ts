import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { type Clock, milliseconds, type Random } from "../../protocol/index.ts";
import { dayCommand } from "../day/day-command.ts";
import { ATTENDANCE_CHOICES, type AttendanceChoice } from "../attendance-plan.ts";
import type { FaultChoice } from "../faults.ts";
import { parseFaults, parseSeeds, type SeedRange } from "./sim-options.ts";
import type { SeedPlay } from "./seed-play.ts";
import type { SimWorld } from "./sim-run.ts";

const COUNTERS_MAX = 100;
const MINUTES_MAX = 1_440;
const JOBS_MAX = 256;
const HOURS_MAX = 1_000;
const HOUR_MS = 3_600_000;

interface PlayOptions {
  readonly counters?: number;
  readonly minutes?: number;
  readonly faults: FaultChoice;
  readonly attendance: AttendanceChoice;
  readonly canary?: boolean;
  readonly jobs: number;
}

interface SimOptions extends PlayOptions {
  readonly seeds?: SeedRange;
  readonly trace: boolean;
  readonly json?: string;
}

interface SoakOptions extends PlayOptions {
  readonly hours: number;
  readonly keepGoing: boolean;
  readonly results: string;
}

/** The real clock and the real chance: for rates, and for where a soak begins. Nothing of a seed hangs on them. */
export interface Machine {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * `hallward sim`: whole halls in virtual time, each from a seed. `hallward sim soak`: the same for hours. `hallward sim
 * day`: one day without faults.
 */
export function seedsCommand(machine: Machine): Command {
  const command = new Command("sim")
    .enablePositionalOptions()
    .description("Play whole halls in virtual time, with faults drawn from seeds, and judge them.")
    .addOption(new Option("--seeds <from..to>", "which seeds; one alone is played again").argParser(parseSeeds))
    .option("--trace", "print every happening and log line, in this process", false)
    .option("--json <file>", "write what came of it there, too");
  withPlayOptions(command).action(async (options: SimOptions) => {
    if (options.seeds === undefined) return command.error("error: --seeds FROM..TO is needed");
    const { closing, runSim } = await import("./sim-run.ts");
    const { seeds, trace, json = null, jobs, faults } = options;
    const tally = await runSim(
      { ...seeds, play: playOf(options), jobs, trace, json, stopAtFirst: false },
      worldOn(machine),
    );
    const isSwarm = faults === "swarm" && options.attendance !== "none";
    for (const line of closing(tally, isSwarm)) say(line);
    process.exitCode = tally.exitCode(isSwarm);
  });
  return command.addCommand(soakCommand(machine)).addCommand(dayCommand());
}

function soakCommand(machine: Machine): Command {
  const command = new Command("soak")
    .description("Play fresh seeds for hours; sums stay in the results file.")
    .addOption(numberOption("--hours <n>", "how long", HOURS_MAX).default(1))
    .option("--keep-going", "do not stop at the first failure", false)
    .option("--results <file>", "one line a batch", "soak-results.jsonl");
  return withPlayOptions(command).action(async (options: SoakOptions) => {
    const { soak } = await import("./soak.ts");
    const { jobs, keepGoing, results } = options;
    const order = { forMs: milliseconds(options.hours * HOUR_MS), play: playOf(options), jobs, keepGoing, results };
    process.exitCode = await soak(order, { ...worldOn(machine), random: machine.random });
  });
}

const withPlayOptions = (command: Command): Command =>
  command
    .addOption(numberOption("--counters <n>", "windows; drawn by default, 1 to 8", COUNTERS_MAX))
    .addOption(numberOption("--minutes <n>", "virtual minutes with faults; 60 by default", MINUTES_MAX))
    .addOption(
      new Option("--faults <list>", "swarm, none, or families parted by commas (-name: all but it)")
        .default("swarm")
        .argParser(parseFaults),
    )
    .addOption(
      new Option("--attendance <how>", "halls that keep attendance: drawn by the seed, all (kept), or none")
        .choices(ATTENDANCE_CHOICES)
        .default("drawn"),
    )
    .addOption(numberOption("--jobs <n>", "processes that play", JOBS_MAX).default(availableParallelism()))
    .option("--canary", "fail one seed in a hundred on purpose", false);

const playOf = ({ counters, minutes, faults, attendance, canary = false }: PlayOptions): SeedPlay => ({
  faults,
  attendance,
  canary,
  ...(counters !== undefined && { counters }),
  ...(minutes !== undefined && { minutes }),
});

function numberOption(flags: string, description: string, most: number): Option {
  return new Option(flags, description).argParser((text: string) => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from 1 to ${most} is needed.`);
  });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const worldOn = ({ clock }: Machine): SimWorld => ({ clock, say, complain, commit: commitOf() });

/** The tree's commit, `+` when it has been changed since; "unknown" outside a repository. */
function commitOf(): string {
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      cwd: import.meta.dirname,
    }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return `${git("rev-parse", "--short=12", "HEAD")}${changed ? "+" : ""}`;
  } catch {
    return "unknown";
  }
}

import { Command, InvalidArgumentError, Option } from "commander";
import { SIM_COUNTERS_MAX } from "../world-plan.ts";

/** A day's number series have four digits. */
const CITIZENS_MAX = 20_000;
const SEED_MAX = 2 ** 32 - 1;
const WIDTH_DEFAULT = 80;
const WIDTH_LEAST = 76;
const WIDTH_MOST = 160;

interface DayFlags {
  readonly counters: number;
  readonly citizens: number;
  readonly seed: number;
  readonly json: boolean;
}

/** `hallward sim day`. What plays it is loaded only when it runs. */
export function dayCommand(): Command {
  return new Command("day")
    .description("Play one whole working day without faults, and say how it went.")
    .addOption(numberOption("--counters <n>", "windows", 100, 1, SIM_COUNTERS_MAX))
    .addOption(numberOption("--citizens <n>", "people who come", 5_000, 0, CITIZENS_MAX))
    .addOption(numberOption("--seed <n>", "the same seed, the same day", 7, 0, SEED_MAX))
    .option("--json", "the same figures for a program", false)
    .action(async ({ json, ...options }: DayFlags) => {
      const { playDay } = await import("./play-day.ts");
      const { dayFigures } = await import("./day-figures.ts");
      const figures = dayFigures(playDay(options));
      if (json) return say(JSON.stringify(figures, null, 2));
      const { dayReport } = await import("./day-report.ts");
      say(dayReport(figures, terminalWidth()));
    });
}

/** As the terminal has it, within what the report can use; a pipe is read in a window of the usual width. */
function terminalWidth(): number {
  const { columns } = process.stdout;
  const width = columns ?? Number(process.env["COLUMNS"] ?? WIDTH_DEFAULT);
  return Number.isFinite(width) ? Math.min(WIDTH_MOST, Math.max(WIDTH_LEAST, width)) : WIDTH_DEFAULT;
}

function numberOption(flags: string, description: string, preset: number, least: number, most: number): Option {
  return new Option(flags, description).default(preset).argParser((text: string) => {
    const value = Number(text);
    if (/^[0-9]+$/u.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
  });
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

import { type Command, InvalidArgumentError } from "commander";
import { timeOf } from "../core/attendance/hall-time.ts";
import { daysOf } from "../core/office/periods-named.ts";
import { type Demand, DemandTally, QUARTER_S } from "../projections/demand.ts";
import { answering, reading } from "./log-reading.ts";

interface DemandFlags {
  readonly data: string;
  readonly period: { readonly from: number; readonly to: number };
}

/** `hallward attendance demand`: how many came when, beside how many windows served then (HRS-27). */
export function addDemandCommand(attendance: Command): void {
  attendance
    .command("demand")
    .description("print tickets and open windows by quarter-hour of the day (CSV), to set the hours by")
    .requiredOption("--data <dir>", "the hall's data directory")
    .requiredOption("--period <period>", "2026-03 or 2026-W10", parsePeriod)
    .action((flags: DemandFlags) => answering(() => printDemand(flags)));
}

function parsePeriod(text: string): DemandFlags["period"] {
  const span = daysOf(text);
  if (span === null) throw new InvalidArgumentError("a month (2026-03) or a week (2026-W10)");
  return span;
}

async function printDemand({ data, period }: DemandFlags): Promise<void> {
  await reading(data, async (reader) => {
    const { readEvent } = await import("../engine/upcast.ts");
    const tally = new DemandTally(period);
    for (const stored of reader.read(1, reader.head().seq)) tally.note(readEvent(stored));
    process.stdout.write(demandText(tally.read()));
  });
}

const rounded = (figure: number): string => figure.toFixed(2).replace(/\.?0+$/u, "");

/** A head, and one line a quarter of an hour: what a spreadsheet reads. */
export function demandText({ days, lines }: Demand): string {
  const body = lines.map(({ fromS, tickets, windows }) => {
    const clock = (second: number): string => timeOf(second).slice(0, 5);
    const perDay = days === 0 ? 0 : tickets / days;
    return [`${clock(fromS)}-${clock(fromS + QUARTER_S)}`, days, tickets, rounded(perDay), rounded(windows)].join(",");
  });
  return `${["时段,天数,取号,日均取号,日均开放窗口", ...body].join("\n")}\n`;
}

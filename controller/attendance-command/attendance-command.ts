import { readFileSync } from "node:fs";
import { Command } from "commander";
import { HallError, messageOf } from "../../protocol/index.ts";
import { readProfile } from "../adapters/policies/policy-files.ts";
import { AttendanceBook } from "../core/attendance/attendance-book.ts";
import { readAttendanceInput } from "../core/attendance/read-input.ts";
import { explainedSheetOf, sheetOf } from "../core/attendance/sheet.ts";
import { ignoredSettings } from "../core/policy/ignored-settings.ts";
import { resolvePolicy } from "../core/policy/resolve-policy.ts";
import type { ControllerConfiguration } from "../config.ts";
import { addDemandCommand } from "./demand-command.ts";
import { addSheetCommands } from "./sheet-command.ts";

/** The input does not fit. */
export const EXIT_REFUSED = 2;

/**
 * `hallward attendance`: what taps come to under a regulation, without a hall; and a hall's calendar and sheets.
 * `configFrom`: the configuration in a file, its directory made absolute.
 */
export function attendanceCommand(configFrom: (file: string) => Pick<ControllerConfiguration, "directory">): Command {
  const attendance = new Command("attendance").description("derive attendance from taps, by a regulation");
  attendance
    .command("derive")
    .description("print the verdicts as JSON: exit 0, or 2 with one line that says what does not fit")
    .argument("<file>", "taps, roster, leave and policy, JSON")
    .option("--explain", "with the taps behind every verdict")
    .action((file: string, { explain }: { readonly explain?: true }) =>
      refusing(() => process.stdout.write(written(deriveFile(file, explain === true)))),
    );
  attendance
    .command("import-calendar")
    .description("keep a year's holidays and worked week-ends for a hall; they hold from its controller's next start")
    .argument("<file>", "a year in the shape of the public holiday-cn data, JSON")
    .requiredOption("--config <file>", "the controller's configuration, YAML")
    .action(async (file: string, { config }: { readonly config: string }) =>
      importing(() => importCalendar(file, configFrom(config).directory)),
    );
  addSheetCommands(attendance);
  addDemandCommand(attendance);
  return attendance;
}

/** Prints what the year brings; the whole calendar is looked at before anything of it is kept. */
async function importCalendar(file: string, directory: string): Promise<void> {
  const { readHolidayFile, keepCalendar, readCalendars, calendarContradictions } = await import(
    "../adapters/policies/calendar-files.ts"
  );
  const { year, days } = readHolidayFile(file);
  const others = readCalendars(directory).filter(({ date }) => !date.startsWith(String(year)));
  const [contradiction] = calendarContradictions([...others, ...days]);
  if (contradiction !== undefined) throw new HallError("CALENDAR_CONTRADICTS", `${file}: ${contradiction}`);
  keepCalendar(directory, year, days);
  const off = days.filter((day) => day.off).length;
  process.stdout.write(`${year}: ${off} days off, ${days.length - off} worked for them\n`);
}

async function importing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    refuse(thrown);
  }
}

type Sheet = Readonly<Record<string, readonly unknown[]>>;

/** One line per session, person, case and step: a year is read by people and by `grep`, too. */
function written(sheet: Sheet): string {
  const parts = Object.entries(sheet).map(([name, lines]) => {
    const body = lines.map((line) => `\n    ${JSON.stringify(line)}`).join(",");
    return `  ${JSON.stringify(name)}: [${body}${lines.length === 0 ? "" : "\n  "}]`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}

/** Throws HallError for what cannot be read or does not fit. */
function deriveFile(file: string, explain: boolean): Sheet {
  const request = readAttendanceInput(readJson(file));
  if (!request.ok) throw refusal(request.error);
  const { policy: asked, settings, calendar, facts } = request.value;
  const policy = resolvePolicy({ builtIn: readProfile, policy: asked, settings });
  if (!policy.ok) {
    const [first] = policy.error;
    throw first === undefined ? new HallError("POLICY_MALFORMED", file) : refusal(first);
  }
  for (const note of ignoredSettings(policy.value)) process.stderr.write(`${note}\n`);
  const book = new AttendanceBook({ policy: policy.value, calendar, facts });
  return explain ? explainedSheetOf(policy.value, book) : sheetOf(policy.value, book);
}

interface Fault {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly rules?: readonly string[];
}

function refusal({ code, path, message, rules = [] }: Fault): HallError {
  const why = rules.length === 0 ? "" : ` (${rules.join(", ")})`;
  return new HallError(code, `${path === "" ? "the file" : path}: ${message}${why}`, { path });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/u, "")) as unknown;
  } catch (thrown) {
    throw new HallError("INPUT_UNREADABLE", `${file}: ${messageOf(thrown)}`, { file }, thrown);
  }
}

/** What does not fit is one line on stderr. */
function refusing(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    refuse(thrown);
  }
}

function refuse(thrown: unknown): void {
  if (!(thrown instanceof HallError)) throw thrown;
  process.stderr.write(`${thrown.code} ${thrown.message}\n`.replace(/\s*\n\s*(?=.)/gu, " "));
  process.exitCode = EXIT_REFUSED;
}

import { readFileSync, writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError, Option } from "commander";
import { HallError, messageOf } from "../../protocol/index.ts";
import { openLogReader, type SqliteLogReader } from "../adapters/store/sqlite-log-reader.ts";
import { parsePublicKey } from "../adapters/authority/public-key.ts";
import { readLogKey } from "../adapters/authority/log-seal.ts";

/** What was to be found equal is not. */
export const EXIT_DIFFERS = 3;

interface ExportFlags {
  readonly data: string;
  readonly unit: string;
  readonly period: string;
  readonly person?: string;
  readonly format: "xlsx" | "pdf" | "csv" | "json";
  readonly at?: number;
  readonly out: string;
}

interface VerifyFlags {
  readonly data?: string;
  readonly alone?: true;
  readonly key?: string;
}

/** `hallward attendance export` and `verify`. */
export function addSheetCommands(attendance: Command): void {
  attendance
    .command("export")
    .description("write a week's or month's sheet from a hall's log, also while its controller runs")
    .requiredOption("--data <dir>", "the hall's data directory")
    .requiredOption("--period <period>", "2026-03 or 2026-W10")
    .option("--unit <unit>", "a unit's id, or all", "all")
    .option("--person <id>", "one person's period, with all it takes to check it without the log (JSON)")
    .addOption(new Option("--format <format>", "how").choices(["xlsx", "pdf", "csv", "json"]).default("xlsx"))
    .option("--at <position>", "as the log stood at this position", parsePosition)
    .requiredOption("--out <file>", "where to")
    .action((flags: ExportFlags) => answering(() => exportSheet(flags)));
  attendance
    .command("verify")
    .description("derive an exported sheet again: exit 0 when it is equal, 3 with the first difference")
    .argument("<file>", "as it was exported: xlsx, pdf, csv or json")
    .option("--data <dir>", "the hall's data directory")
    .option("--alone", "one person's export, checked by itself: signatures, records, verdicts")
    .option("--key <key>", "the hall's public key as you know it: 64 hex digits, or a PEM file")
    .action((file: string, flags: VerifyFlags) => answering(() => verifyFile(file, flags)));
}

function parsePosition(text: string): number {
  if (/^[1-9][0-9]{0,14}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number from 1");
}

async function exportSheet({ data, unit, period, person, format, at, out }: ExportFlags): Promise<void> {
  await reading(data, async (reader) => {
    const position = at ?? null;
    if (person !== undefined) {
      const { exportPerson } = await import("../exports/person-export.ts");
      const text = exportPerson(reader, { person, period, position }, readLogKey(data));
      writeFileSync(out, text, { mode: 0o600 });
      process.stdout.write(`${out}: ${person} ${period}, ${text.length} bytes\n`);
      return;
    }
    const { deriveSheet } = await import("../exports/sheet-document.ts");
    const { renderSheet } = await import("../exports/verify-sheet.ts");
    const sheet = deriveSheet(reader, { unit, period, position });
    writeFileSync(out, await renderSheet(sheet, format), { mode: 0o600 });
    const { rows, digest } = sheet;
    process.stdout.write(
      `${out}: ${unit} ${period}, ${rows.length} people, position ${sheet.position}, digest ${digest}\n`,
    );
  });
}

async function verifyFile(file: string, { data, alone, key }: VerifyFlags): Promise<void> {
  const bytes = readBytes(file);
  if (alone === true) {
    const { verifyPersonExport } = await import("../exports/person-verdict.ts");
    return tell(verifyPersonExport(bytes.toString("utf8"), key === undefined ? null : keyGiven(key)));
  }
  if (data === undefined)
    throw new HallError("USAGE", "--data names the hall whose log it is to be derived from; or --alone");
  await reading(data, async (reader) => {
    const { verifySheet } = await import("../exports/verify-sheet.ts");
    tell(await verifySheet(bytes, reader));
  });
}

function tell({ equal, line }: { readonly equal: boolean; readonly line: string }): void {
  process.stdout.write(`${line}\n`);
  if (!equal) process.exitCode = EXIT_DIFFERS;
}

function keyGiven(text: string): string {
  const key = parsePublicKey(text) ?? parsePublicKey(readBytes(text).toString("utf8"));
  if (key !== null) return key;
  throw new HallError("KEY_UNUSABLE", `${text} is no Ed25519 public key, neither hex nor a PEM file`);
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new HallError("INPUT_UNREADABLE", `${file}: ${messageOf(thrown)}`, { file }, thrown);
  }
}

async function reading(data: string, work: (reader: SqliteLogReader) => Promise<void>): Promise<void> {
  const reader = openLogReader(data);
  try {
    await work(reader);
  } finally {
    reader.close();
  }
}

const EXIT_REFUSED = 2;

/** What cannot be done is one line on stderr. */
async function answering(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    process.stderr.write(`${thrown.code} ${thrown.message}\n`.replace(/\s*\n\s*(?=.)/gu, " "));
    process.exitCode = EXIT_REFUSED;
  }
}

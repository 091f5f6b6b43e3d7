import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { HallError, messageOf } from "../../protocol/index.ts";
import { parsePublicKey } from "../adapters/authority/public-key.ts";
import { readLogKey } from "../adapters/authority/log-seal.ts";
import { answering, reading } from "./log-reading.ts";

/** What was to be found equal is not. */
export const EXIT_DIFFERS = 3;

const FORMATS = ["xlsx", "pdf", "csv", "json"] as const;
type Format = (typeof FORMATS)[number];

interface ExportFlags {
  readonly data: string;
  readonly unit: string;
  readonly period: string;
  readonly person?: string;
  readonly format?: Format;
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
    .addOption(new Option("--format <format>", "how; else as the file's name ends").choices(FORMATS))
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
      writeOut(data, out, text);
      process.stdout.write(`${out}: ${person} ${period}, ${text.length} bytes\n`);
      return;
    }
    const { deriveSheet } = await import("../exports/sheet-document.ts");
    const { renderSheet } = await import("../exports/verify-sheet.ts");
    const drawn = format ?? formatNamed(out);
    const sheet = deriveSheet(reader, { unit, period, position });
    writeOut(data, out, await renderSheet(sheet, drawn));
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

function formatNamed(out: string): Format {
  const named = FORMATS.find((format) => out.toLowerCase().endsWith(`.${format}`));
  if (named !== undefined) return named;
  throw new HallError("USAGE", `the name ${out} says no format: end it in .${FORMATS.join(", .")}, or use --format`);
}

function writeOut(data: string, out: string, content: string | Buffer): void {
  try {
    const folder = realpathSync(dirname(resolve(out)));
    if (!relative(realpathSync(data), folder).startsWith(".."))
      throw new HallError("FILE_FOREIGN", `${out} lies in the hall's own directory: name another place`, { out });
    writeFileSync(out, content, { mode: 0o600 });
  } catch (thrown) {
    if (thrown instanceof HallError) throw thrown;
    throw new HallError("FILE_UNWRITABLE", `cannot write ${out}, ${messageOf(thrown)}`, { out }, thrown);
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw new HallError("INPUT_UNREADABLE", `${file}: ${messageOf(thrown)}`, { file }, thrown);
  }
}

import { Command, InvalidArgumentError } from "commander";
import { HallError } from "../../protocol/index.ts";
import { readFileSync } from "node:fs";
import { readLogKey, readLogSeal } from "../adapters/authority/log-seal.ts";
import { parsePublicKey, publicKeyPem } from "../adapters/authority/public-key.ts";
import { openLogReader, type SqliteLogReader } from "../adapters/store/sqlite-log-reader.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { exportLog, showLog } from "./show-log.ts";
import { broken, verifyLog } from "./verify-log.ts";

/** The log is not what was written. Every other failure has the exit code of its kind. */
export const EXIT_BROKEN = 3;

interface DataOption {
  readonly data: string;
}

interface VerifyOptions extends DataOption {
  readonly key?: string;
}

interface ShowOptions extends DataOption {
  readonly from: number;
  readonly to: number;
  readonly type?: string;
}

/** `hallward log verify|show|export`: reads the log of a hall, also while its controller runs, and changes nothing. */
export function logCommand(): Command {
  const log = new Command("log").description("look into the log of a hall, and check it");
  withData(log.command("verify"))
    .description("check every record's place in the chain, and the signatures: exit 0, or 3 with the first bad seq")
    .option(
      "--key <key>",
      "the hall's public key as you know it: 64 hex digits, or a PEM file; default: the directory's",
    )
    .action(({ data, key }: VerifyOptions) =>
      reading(data, (reader) => verify(reader, data, key === undefined ? null : keyGiven(key)), process.stdout),
    );
  withData(log.command("key"))
    .description("print the public key that signs the days, to be kept where the log is not")
    .option("--pem", "as PEM, for other tools")
    .action(({ data, pem }: DataOption & { readonly pem?: true }) => printKey(data, pem === true));
  withData(log.command("show"))
    .description("one line per event")
    .option("--from <seq>", "first event", parseSeq, 1)
    .option("--to <seq>", "last event", parseSeq, Number.MAX_SAFE_INTEGER)
    .option("--type <type>", "only events of this type, such as ticket.called")
    .action((options: ShowOptions) => reading(options.data, (reader) => print(showLog(reader, options))));
  withData(log.command("export"))
    .description("one JSON object per event, with previousHash and hash, so that anybody can check the chain")
    .action(({ data }: DataOption) => reading(data, (reader) => print(exportLog(reader))));
  return log;
}

const withData = (command: Command): Command =>
  command.requiredOption("--data <dir>", "the hall's data directory, where hall.db is");

function parseSeq(text: string): number {
  if (/^[1-9][0-9]{0,14}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number from 1");
}

/** A key that was handed over, or lies in a file. */
function keyGiven(text: string): string {
  const key = parsePublicKey(text) ?? parsePublicKey(fileText(text));
  if (key !== null) return key;
  throw new HallError("KEY_UNUSABLE", `${text} is no Ed25519 public key, neither hex nor a PEM file`);
}

function fileText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function printKey(dataDir: string, pem: boolean): void {
  const key = readLogKey(dataDir);
  if (key !== null) return void process.stdout.write(pem ? publicKeyPem(key) : `${key}\n`);
  process.stderr.write(`KEY_MISSING: ${dataDir} holds no key of a log\n`);
  process.exitCode = exitCodeOf({ code: "DATA_MISSING" });
}

function verify(reader: SqliteLogReader, dataDir: string, key: string | null): void {
  const verdict = verifyLog(reader, readLogSeal(dataDir), key ?? readLogKey(dataDir));
  process.stdout.write(`${verdict.line}\n`);
  if (!verdict.sound) process.exitCode = EXIT_BROKEN;
}

function print(lines: Iterable<string>): void {
  process.stdout.on("error", () => process.exit()); // Whoever read has had enough: `| head`.
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Runs `work` on the log. What is wrong is said in one line; what is wrong with the log itself, to `verdicts`. */
function reading(
  dataDir: string,
  work: (reader: SqliteLogReader) => void,
  verdicts: NodeJS.WritableStream = process.stderr,
): void {
  let reader: SqliteLogReader | null = null;
  try {
    reader = openLogReader(dataDir);
    work(reader);
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    const isVerdict = thrown.code === "LOG_UNREADABLE" || thrown.code === "DATA_DAMAGED";
    (isVerdict ? verdicts : process.stderr).write(`${complaintAbout(thrown)}\n`);
    process.exitCode = isVerdict ? EXIT_BROKEN : exitCodeOf(thrown);
  } finally {
    reader?.close();
  }
}

function complaintAbout({ code, message, context }: HallError): string {
  return code === "LOG_UNREADABLE" ? broken(Number(context["seq"] ?? 1), message).line : `${code}: ${message}`;
}

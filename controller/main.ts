import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { loadConfig } from "../hardware/system/config-file.ts";
import { createPinoLog } from "../hardware/system/pino-log.ts";
import { machineBoot } from "../hardware/system/machine-boot.ts";
import { systemClock } from "../hardware/system/system-clock.ts";
import { systemRandom } from "../hardware/system/system-random.ts";
import { createSystemdSupervisor } from "../hardware/system/systemd-supervisor.ts";
import { HallError, messageOf, milliseconds, TerminalId } from "../protocol/index.ts";
import { hallNotes } from "./adapters/policies/hall-policy.ts";
import { type ControllerConfiguration, ControllerConfiguration as Schema } from "./config.ts";
import type { RunningController } from "./controller.ts";
import { enrolmentUrl } from "./enrolment-url.ts";
import { exitCodeOf, lineOf } from "./exit-codes.ts";
import { VERSION } from "./version.ts";

/** `hallward controller`. Each command loads what it needs when it runs. */
export const controllerCommand = (): Command =>
  new Command("controller")
    .description("run the controller of a hall")
    .requiredOption("--config <file>", "its configuration, YAML")
    .action(async ({ config }: { readonly config: string }) => speaking(() => runController(config)));

/** `hallward enrol`. The ticket is printed as JSON, for the terminal's `enrolment.json`. */
export const enrolCommand = (): Command =>
  new Command("enrol")
    .description("write the one-time ticket with which a terminal joins the hall")
    .argument("<terminal>", "id of the terminal")
    .requiredOption("--config <file>", "the controller's configuration, YAML")
    .action(async (terminal: string, { config }: { readonly config: string }) =>
      speaking(() => printTicket(terminal, config)),
    );

interface MosquittoFlags {
  readonly config: string;
  readonly directory: string;
  readonly user: string;
}

/** `hallward broker mosquitto`. */
export function brokerCommand(): Command {
  const broker = new Command("broker").description("prepare a broker outside the controller");
  broker
    .command("mosquitto")
    .description("write configuration, topic rules and certificates with which Mosquitto serves the hall")
    .requiredOption("--config <file>", "the controller's configuration, YAML, with externalBroker in it")
    .requiredOption("--directory <dir>", "where Mosquitto's files are to lie")
    .option("--user <name>", "whom Mosquitto becomes when it is started as root", "mosquitto")
    .action(async (flags: MosquittoFlags) => speaking(() => printMosquitto(flags)));
  return broker;
}

const world = {
  clock: systemClock,
  random: systemRandom,
  configFrom: (file: string) => configFrom(file),
  speaking: (work: () => Promise<void>) => speaking(work),
  say: (line: string) => void process.stdout.write(`${line}\n`),
};

export const backupCommand = async (): Promise<Command> =>
  (await import("./backup-command/backup-command.ts")).backupCommandOf(world);

export const restoreCommand = async (): Promise<Command> =>
  (await import("./backup-command/backup-command.ts")).restoreCommandOf(world);

export const accountCommand = async (): Promise<Command> =>
  (await import("./account-command/account-command.ts")).accountCommandOf(world);

export const logCommand = async (): Promise<Command> => (await import("./log-command/log-command.ts")).logCommand();
export const attendanceCommand = async (): Promise<Command> =>
  (await import("./attendance-command/attendance-command.ts")).attendanceCommand(configFrom);
export const policyCommand = async (): Promise<Command> =>
  (await import("./policy-command/policy-command.ts")).policyCommand();

/** Signs of life that fit into the patience of whoever supervises it: one may be lost. */
const SIGNS_PER_PATIENCE = 3;

/** Runs until SIGTERM or SIGINT. Rejects with a HallError when it cannot start. */
export async function runController(configFile: string): Promise<void> {
  const config = configFrom(configFile);
  const log = createPinoLog({ base: { program: "controller", hall: config.hall.hall }, level: config.logLevel });
  process.on("uncaughtException", (thrown) => {
    log.error("controller.failed", { reason: messageOf(thrown), stack: thrown.stack });
    endWith(new HallError("INTERNAL", messageOf(thrown)));
  });
  for (const { code, path, rules } of hallNotes(config.hall))
    log.warn("policy.setting", { code, path, rules: rules.join(" ") });
  const supervisor = createSystemdSupervisor();
  if (supervisor.patience !== null) {
    systemClock.every(milliseconds(supervisor.patience / SIGNS_PER_PATIENCE), () => supervisor.alive());
  }
  let trace: Awaited<ReturnType<typeof tracesOf>> = null;
  let controller: RunningController | null = null;
  onLeave(async () => {
    supervisor.stopping();
    await controller?.close(); // Null while it starts: nothing was promised to anybody yet.
    await trace?.close();
    log.info("controller.closed");
  });
  trace = await tracesOf(config);
  const { startController } = await import("./controller.ts");
  const ports = { clock: systemClock, boot: machineBoot(), random: systemRandom };
  controller = await startController({ config, ...ports, log, onFatal: endWith, ...(trace && { trace }) });
  const { httpPort, mqttPort, firstAccountUrl } = controller;
  if (firstAccountUrl !== null) process.stderr.write(firstAccountWords(firstAccountUrl));
  log.info("controller.ready", { httpPort, mqttPort, pid: process.pid });
  supervisor.ready();
  process.send?.({ type: "ready", httpPort, mqttPort });
}

/** On the console alone: whoever reads it may make the account, once. */
const firstAccountWords = (url: string): string =>
  `还没有账号，请用一次性链接建立第一个账号 No account yet: make the first one here, once:\n  ${url}\n`;

/** Its packages are loaded only where somebody asked for traces. */
async function tracesOf({ traces, hall: { hall } }: ControllerConfiguration) {
  if (traces === undefined) return null;
  const { createOtlpTrace } = await import("../hardware/system/otlp-trace.ts");
  return createOtlpTrace({ ...traces, service: "hallward-controller", instance: hall, version: VERSION });
}

/** Runs `close` once when the process is asked to leave, and ends it. */
function onLeave(close: () => Promise<void>): void {
  let closing = false;
  const leave = async (): Promise<void> => {
    if (closing) process.exit(1); // Asked twice: somebody is in a hurry.
    closing = true;
    await close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void leave());
}

async function printTicket(terminal: string, configFile: string): Promise<void> {
  const { directory, http, hall, names } = configFrom(configFile);
  const counter = hall.counters.find((entry) => entry.terminal === terminal);
  if (counter === undefined) {
    const known = hall.counters.map((entry) => entry.terminal).join(", ");
    throw new HallError("TERMINAL_UNKNOWN", `No counter of ${configFile} has terminal "${terminal}", only: ${known}.`);
  }
  const { createEnrolmentTicket } = await import("./adapters/authority/authority.ts");
  const where = { directory, hall: hall.hall, clock: systemClock };
  const url = enrolmentUrl(http, names);
  const ticket = await createEnrolmentTicket(where, TerminalId.parse(terminal), url);
  process.stdout.write(`${JSON.stringify(ticket, null, 2)}\n`);
}

async function printMosquitto({ config: configFile, directory, user }: MosquittoFlags): Promise<void> {
  const config = configFrom(configFile);
  const { writeMosquitto } = await import("./broker-command/write-mosquitto.ts");
  process.stdout.write(await writeMosquitto({ config, configFile, directory, user, clock: systemClock }));
}

function configFrom(file: string): ControllerConfiguration {
  const config = loadConfig(Schema, file);
  return { ...config, directory: resolve(dirname(file), config.directory) };
}

/** Whatever these commands write holds keys or people's days: it is for this user alone, wherever it lies. */
const OWNER_ALONE = 0o077;

/** What goes wrong in the open is one line on stderr, and the exit code that belongs to it. */
async function speaking(work: () => Promise<void>): Promise<void> {
  process.umask(OWNER_ALONE);
  try {
    await work();
  } catch (thrown) {
    if (!(thrown instanceof HallError)) throw thrown;
    endWith(thrown);
  }
}

function endWith(error: HallError): never {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exit(exitCodeOf(error));
}

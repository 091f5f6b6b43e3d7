import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { loadConfig } from "../hardware/system/config-file.ts";
import { createPinoLog } from "../hardware/system/pino-log.ts";
import { systemClock } from "../hardware/system/system-clock.ts";
import { systemRandom } from "../hardware/system/system-random.ts";
import { HallError, messageOf, TerminalId } from "../protocol/index.ts";
import { type ControllerConfiguration, ControllerConfiguration as Schema } from "./config.ts";
import type { RunningController } from "./controller.ts";
import { enrolmentUrl } from "./enrolment-url.ts";
import { exitCodeOf, lineOf } from "./exit-codes.ts";

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

export const logCommand = async (): Promise<Command> => (await import("./log-command/log-command.ts")).logCommand();

/** Runs until SIGTERM or SIGINT. Rejects with a HallError when it cannot start. */
export async function runController(configFile: string): Promise<void> {
  const config = configFrom(configFile);
  const log = createPinoLog({ base: { program: "controller", hall: config.hall.hall } });
  process.on("uncaughtException", (thrown) => {
    log.error("controller.failed", { reason: messageOf(thrown), stack: thrown.stack });
    endWith(new HallError("INTERNAL", messageOf(thrown)));
  });
  let controller: RunningController | null = null;
  onLeave(async () => {
    await controller?.close(); // Null while it starts: nothing was promised to anybody yet.
    log.info("controller.closed");
  });
  const { startController } = await import("./controller.ts");
  const ports = { clock: systemClock, random: systemRandom };
  controller = await startController({ config, ...ports, log, onFatal: endWith });
  const { httpPort, mqttPort } = controller;
  log.info("controller.ready", { httpPort, mqttPort, pid: process.pid });
  process.send?.({ type: "ready", httpPort, mqttPort });
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

function configFrom(file: string): ControllerConfiguration {
  const config = loadConfig(Schema, file);
  return { ...config, directory: resolve(dirname(file), config.directory) };
}

/** What goes wrong in the open is one line on stderr, and the exit code that belongs to it. */
async function speaking(work: () => Promise<void>): Promise<void> {
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

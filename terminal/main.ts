import { dirname } from "node:path";
import { Command } from "commander";
import type { CounterDevices } from "../hardware/index.ts";
import { loadConfig } from "../hardware/system/config-file.ts";
import { drawBytes } from "../hardware/system/draw-bytes.ts";
import { createPinoLog } from "../hardware/system/pino-log.ts";
import { systemClock } from "../hardware/system/system-clock.ts";
import { mindOutput, outputUnread } from "../hardware/system/standard-output.ts";
import { systemRandom } from "../hardware/system/system-random.ts";
import { createSystemdSupervisor } from "../hardware/system/systemd-supervisor.ts";
import { HallError, type Log, messageOf, silentLog } from "../protocol/index.ts";
import { BADGE_KEY_BYTES, readBadgeKey } from "./adapters/identity.ts";
import type { TerminalConfig } from "./config.ts";
import { FIRMWARE } from "./firmware.ts";
import { pickBadgeReader } from "./wiring/pick-badge-reader.ts";
import { pickButtonPanel } from "./wiring/pick-button-panel.ts";
import { SharedBoards } from "./wiring/pick-lines.ts";
import { pickNameplate } from "./wiring/pick-nameplate.ts";
import { pickRatingKeypad } from "./wiring/pick-rating-keypad.ts";
import { LifeWatch } from "./shell/life-watch.ts";
import { readTerminalConfig } from "./read-config.ts";
import { startTerminal } from "./terminal.ts";

export { mindOutput };

const EXIT_CRASHED = 70;

/** `hallward terminal`. */
export const terminalCommand = (): Command =>
  new Command("terminal")
    .description("Run the terminal of one counter.")
    .requiredOption("--config <file>", "the terminal's configuration")
    .action(({ config }: { readonly config: string }) => runTerminal(config));

/**
 * Runs one counter terminal until SIGTERM or SIGINT. Says nothing but log lines on standard output. Throws HallError
 * for what an operator can mend.
 */
export async function runTerminal(configFile: string): Promise<void> {
  const config = readTerminalConfig(loadConfig, configFile);
  const log = createPinoLog({ base: { program: "terminal", terminal: config.terminal }, level: config.logLevel });
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  process.once("uncaughtException", (thrown) => {
    // Half-done work is worse than none: the journal has what was promised, and the supervisor starts us again.
    sayCrash(log, thrown);
    process.exit(EXIT_CRASHED);
  });
  const life = new LifeWatch(createSystemdSupervisor(), systemClock, log);
  const trace = await tracesOf(config);
  const world = { clock: systemClock, random: systemRandom, log, signal: stop.signal, trace };
  try {
    const terminal = await startTerminal({ config, devices: devicesOf(config, log, dirname(configFile)), ...world });
    life.ready(() => terminal.vitals());
    await stopped;
    await terminal.close();
  } catch (thrown) {
    if (!isStopped(thrown)) throw thrown;
  } finally {
    life.stop();
    await trace?.close();
  }
}

/** `hallward doctor`. What it looks with is loaded only when it is asked for. */
export async function doctorCommand(): Promise<Command> {
  const { createDoctorCommand } = await import("./doctor/doctor-command.ts");
  const { thisMachine } = await import("./adapters/this-machine.ts");
  return createDoctorCommand({
    machine: thisMachine(systemClock),
    clock: systemClock,
    inColour: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined,
    say: (text) => void process.stdout.write(text),
    fail: () => void (process.exitCode = 1),
    readConfig: (file) => readTerminalConfig(loadConfig, file),
    devicesOf: (config, file) => devicesOf(config, silentLog, dirname(file)),
    badgeKeyOf: ({ directory }) => readBadgeKey(directory) ?? drawBytes(BADGE_KEY_BYTES),
    stopped: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve());
        void outputUnread().then(resolve);
      }),
  });
}

/** Its packages are loaded only where somebody asked for traces: memory is short on a small board. */
async function tracesOf({ traces, terminal }: TerminalConfig) {
  if (traces === undefined) return undefined;
  const { createOtlpTrace } = await import("../hardware/system/otlp-trace.ts");
  return createOtlpTrace({ ...traces, service: "hallward-terminal", instance: terminal, version: FIRMWARE });
}

/** Told to stop while it waited for its enrolment: that is no failure. */
const isStopped = (thrown: unknown): boolean => thrown instanceof HallError && thrown.code === "ENROLMENT_STOPPED";

function devicesOf({ devices }: TerminalConfig, log: Log, beside: string): CounterDevices {
  const world = { clock: systemClock, log, boards: new SharedBoards({ clock: systemClock, log }) };
  return {
    badgeReader: pickBadgeReader(devices.badgeReader, { ...world, beside, draw: drawBytes }),
    buttons: pickButtonPanel(devices.buttons, world),
    ratingKeypad: pickRatingKeypad(devices.ratingKeypad, world),
    nameplate: pickNameplate(devices.nameplate, { ...world, write: (text) => void process.stderr.write(text) }),
  };
}

/** One line for what an operator can mend; the stack too for what only we can. */
function sayCrash(log: Log, thrown: unknown): void {
  const reason = messageOf(thrown);
  if (thrown instanceof HallError) log.error("terminal.failed", { ...thrown.context, code: thrown.code, reason });
  else log.error("terminal.crashed", { code: "BUG", reason, stack: stackOf(thrown) });
}

const stackOf = (thrown: unknown): string => (thrown instanceof Error ? (thrown.stack ?? "") : "");

import { Command, InvalidArgumentError, Option } from "commander";
import { loadConfig } from "../hardware/system/config-file.ts";
import { createPinoLog } from "../hardware/system/pino-log.ts";
import { systemClock } from "../hardware/system/system-clock.ts";
import { outputUnread } from "../hardware/system/standard-output.ts";
import { systemRandom } from "../hardware/system/system-random.ts";
import { HallError } from "../protocol/index.ts";
import { consoleLog } from "./demo/console-log.ts";
import { COUNTERS_MAX, type DemoOptions, PORT_MAX, SEED_MAX } from "./demo/demo-options.ts";
import type { DemoWorld } from "./demo/demo-world.ts";

/** `hallward demo`. What runs it is loaded only when it runs: `--help` and a wrong option answer at once. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("Run a demonstration hall: a controller, terminals with virtual devices, people.")
    .addOption(numberOption("--counters <n>", "windows, each with its terminal process", 6, 1, COUNTERS_MAX))
    .addOption(
      numberOption("--port <port>", "HTTP of the controller; the panel takes the next one", 8080, 1, PORT_MAX - 1),
    )
    .addOption(numberOption("--mqtt-port <port>", "MQTT of the controller", 8883, 1, PORT_MAX))
    .option("--data <dir>", "where the hall lives, and is continued from", "./data")
    .option("--quiet", "no people: you press yourself, on the panel", false)
    .addOption(numberOption("--seed <n>", "the people's chance: the same seed, the same habits", 1, 0, SEED_MAX))
    .option("--reader <path>", "a real RDM6300 badge reader, on this serial path, for counter 1")
    .option("--wires", "counter 1 over emulated wires: Firmata, badge frames, an LED card (needs socat)", false)
    .option("--no-history", "a hall that opens for the first time, without a fortnight behind it")
    .action(async ({ reader, ...options }: Omit<DemoOptions, "reader"> & { readonly reader?: string }) => {
      const { runDemo } = await import("./demo/demo.ts");
      const world: DemoWorld = {
        clock: systemClock,
        random: systemRandom,
        log: consoleLog,
        say,
        complain,
        stopped: interrupted(),
      };
      process.exitCode = await runDemo({ ...options, reader: reader ?? null }, world);
    });
}

/** `hallward sim`: whole halls in virtual time. */
export async function simCommand(): Promise<Command> {
  const { seedsCommand } = await import("./seeds/sim-command.ts");
  return seedsCommand({ clock: systemClock, random: systemRandom });
}

/** `hallward emulate`. */
export async function emulateCommand(): Promise<Command> {
  const { createEmulateCommand } = await import("./emulate/emulate-command.ts");
  return createEmulateCommand(() => ({ clock: systemClock, say, input: process.stdin, stopped: interrupted() }));
}

/** `hallward virtual-terminal`: started by the demonstration, one process per counter. */
export function virtualTerminalCommand(): Command {
  return new Command("virtual-terminal")
    .description("Run a terminal with virtual devices, moved over the channel to its parent process.")
    .requiredOption("--config <file>", "the terminal's configuration")
    .option("--reader <path>", "a real RDM6300 badge reader on this serial path")
    .action(async ({ config, reader }: { readonly config: string; readonly reader?: string }) => {
      const { runVirtualTerminal } = await import("./terminal-process.ts");
      const { TerminalConfig } = await import("../terminal/index.ts");
      const terminal = loadConfig(TerminalConfig, config);
      const log = createPinoLog({ base: { terminal: terminal.terminal }, level: "warn" });
      const world = { clock: systemClock, random: systemRandom, log };
      await runVirtualTerminal({ config: terminal, reader: reader ?? null, ...world });
    });
}

/**
 * `hallward config check FILE`: `FILE: ok (controller)`, or every fault on a line of its own and exit code 78. What is
 * no fault and yet worth knowing is a line on stderr.
 */
export function configCommand(): Command {
  const command = new Command("config").description("Check configuration files.");
  const check = command.command("check").argument("<file>", "a controller's or a terminal's configuration");
  check.description("Say what is wrong with a configuration file, if anything.").action(async (file: string) => {
    const { CONFIGURATIONS, notesOn, programOf } = await import("./config-check.ts");
    const program = programOf(file) ?? "controller";
    try {
      const config = loadConfig(CONFIGURATIONS[program], file);
      for (const note of notesOn(config)) complain(note);
      say(`${file}: ok (${program})`);
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      complain(thrown.message);
      process.exitCode = EXIT_CONFIGURATION;
    }
  });
  return command;
}

const EXIT_CONFIGURATION = 78;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves at the first Ctrl-C, when the system asks for the end, or when nobody reads what is said. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    void outputUnread().then(resolve);
  });
}

function numberOption(flags: string, description: string, preset: number, least: number, most: number): Option {
  return new Option(flags, description).default(preset).argParser((text: string) => {
    const value = Number(text);
    if (/^[0-9]+$/u.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
  });
}

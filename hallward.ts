#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import type { Command, CommanderError } from "commander";
import { mindOutput } from "./hardware/system/standard-output.ts";
import type { HallError } from "./protocol/index.ts";

// The `hallward` command. Each subcommand is loaded only when it is asked for: a terminal must be up in 1.5 s, and a
// demonstration starts eight of these at once.

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  demo: {
    summary: "run a demonstration hall: a controller, terminals with virtual devices, people",
    load: async () => (await import("./simulator/main.ts")).demoCommand(),
  },
  controller: {
    summary: "run the controller of a hall",
    load: async () => (await import("./controller/main.ts")).controllerCommand(),
  },
  terminal: {
    summary: "run the terminal of one counter",
    load: async () => (await import("./terminal/main.ts")).terminalCommand(),
  },
  log: {
    summary: "verify, show or export the hall's event log",
    load: async () => await (await import("./controller/main.ts")).logCommand(),
  },
  backup: {
    summary: "copy the hall's log and keys, while its controller runs",
    load: async () => await (await import("./controller/main.ts")).backupCommand(),
  },
  restore: {
    summary: "put a backup in place of the hall's data",
    load: async () => await (await import("./controller/main.ts")).restoreCommand(),
  },
  account: {
    summary: "say who may sign in, and as what",
    load: async () => await (await import("./controller/main.ts")).accountCommand(),
  },
  attendance: {
    summary: "derive attendance from taps, by a regulation",
    load: async () => await (await import("./controller/main.ts")).attendanceCommand(),
  },
  policy: {
    summary: "list, show or check the regulations a hall can live under",
    load: async () => await (await import("./controller/main.ts")).policyCommand(),
  },
  enrol: {
    summary: "write the one-time ticket with which a terminal joins the hall",
    load: async () => (await import("./controller/main.ts")).enrolCommand(),
  },
  broker: {
    summary: "prepare a broker outside the controller: Mosquitto",
    load: async () => (await import("./controller/main.ts")).brokerCommand(),
  },
  doctor: {
    summary: "say what is plugged in, what would take it, and what is to be mended",
    load: async () => await (await import("./terminal/main.ts")).doctorCommand(),
  },
  emulate: {
    summary: "be a device of a counter, on a serial line or a port",
    load: async () => await (await import("./simulator/main.ts")).emulateCommand(),
  },
  sim: {
    summary: "play whole halls in virtual time, with faults drawn from seeds",
    load: async () => await (await import("./simulator/main.ts")).simCommand(),
  },
  config: {
    summary: "check a configuration file",
    load: async () => (await import("./simulator/main.ts")).configCommand(),
  },
};

/** Started by the demonstration, not by people. */
const HIDDEN: Readonly<Record<string, Entry>> = {
  "virtual-terminal": {
    summary: "run a terminal with virtual devices",
    load: async () => (await import("./simulator/main.ts")).virtualTerminalCommand(),
  },
};

const EXIT_USAGE = 64;
const EXIT_SOFTWARE = 70;

async function main(args: readonly string[]): Promise<void> {
  enableCompileCache(fileURLToPath(new URL("node_modules/.cache/hallward", import.meta.url)));
  const { Command: Program } = await import("commander");
  const program = new Program("hallward");
  program.description("Runs a public service hall: counter terminals and the controller they report to.");
  program.version("0.1.0").enablePositionalOptions(); // A subcommand may have options of the same name as its parent.
  const asked = args[0] ?? "";
  for (const [name, entry] of Object.entries({ ...COMMANDS, ...HIDDEN })) {
    const command = asked === name ? await entry.load() : new Program(name).description(entry.summary);
    program.addCommand(command, { hidden: name in HIDDEN });
  }
  speakPlainly(program);
  await program.parseAsync(args, { from: "user" });
}

/** Faults of usage come as one line, with the nearest right word, and do not end the process by themselves. */
function speakPlainly(command: Command): void {
  command.exitOverride();
  command.configureOutput({
    outputError: (text, write) => write(`USAGE: ${oneLine(text.replace(/^error: /u, ""))}\n`),
  });
  for (const child of command.commands) speakPlainly(child);
}

const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();

/** The exit code for what was thrown; says why on stderr, unless commander has. */
async function report(thrown: unknown): Promise<number> {
  if (isCommanderError(thrown)) return thrown.exitCode === 0 ? 0 : EXIT_USAGE;
  if (isHallError(thrown)) {
    const { exitCodeOf, lineOf } = await import("./controller/index.ts");
    process.stderr.write(`${oneLine(lineOf(thrown))}\n`);
    return exitCodeOf(thrown);
  }
  process.stderr.write(`BUG: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  return EXIT_SOFTWARE;
}

// By name and shape: the classes themselves would have to be loaded for it.
const isHallError = (thrown: unknown): thrown is HallError => thrown instanceof Error && thrown.name === "HallError";
const isCommanderError = (thrown: unknown): thrown is CommanderError =>
  thrown instanceof Error && thrown.name === "CommanderError" && "exitCode" in thrown;

mindOutput();
try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const code = await report(thrown);
  if (code !== 0) process.exit(code); // Whatever had been opened by then must not keep it here.
}

import { Command, CommanderError } from "commander";
import { HallError } from "../protocol/index.ts";
import { EXIT_INTERNAL, EXIT_USAGE, exitCodeOf } from "./exit-codes.ts";
import { doctorCommand, mindOutput, terminalCommand } from "./main.ts";

// What runs on a counter's box: the terminal and its doctor, and nothing of the controller or the simulator.
// `npm run firmware` makes a bundle of it.

function report(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : EXIT_USAGE;
  if (thrown instanceof HallError) {
    process.stderr.write(`${thrown.code}: ${thrown.message.replace(/\s+/gu, " ")}\n`);
    return exitCodeOf(thrown);
  }
  process.stderr.write(`BUG: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
  return EXIT_INTERNAL;
}

async function main(args: readonly string[]): Promise<void> {
  const program = new Command("hallward").description("What runs on the box of one counter.");
  program.addCommand(terminalCommand().exitOverride());
  // Loaded only when it is asked for: memory is short on a small board.
  if (args[0] !== "terminal") program.addCommand((await doctorCommand()).exitOverride());
  await program.exitOverride().parseAsync(args, { from: "user" });
}

mindOutput();
try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const code = report(thrown);
  if (code !== 0) process.exit(code); // Whatever had been opened by then must not keep it here.
}

import { parseArgs } from "node:util";
import { HallError, messageOf } from "../../protocol/index.ts";

export interface BenchOptions {
  readonly quick: boolean;
  /** Measurements to take; empty for all. */
  readonly only: readonly string[];
  /** Where the table goes as JSON. */
  readonly json: string;
}

const DEFAULT_JSON = ".build/bench.json";

/** `npm run bench -- [--quick] [--only NAME]... [--json FILE]`. Throws HallError USAGE. */
export function optionsFrom(args: readonly string[], names: readonly string[]): BenchOptions {
  const { quick = false, only = [], json = DEFAULT_JSON } = parsed(args);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new HallError("USAGE", `--only ${unknown} is none of: ${names.join(", ")}`);
  return { quick, only, json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean" },
        only: { type: "string", multiple: true },
        json: { type: "string" },
      },
    }).values;
  } catch (thrown) {
    throw new HallError("USAGE", messageOf(thrown), {}, thrown);
  }
}

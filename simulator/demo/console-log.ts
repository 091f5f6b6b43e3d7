import type { Log, LogFields } from "../../protocol/index.ts";

const print = (event: string, fields: LogFields = {}): void => {
  const told = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  process.stderr.write(`  ${[event, ...told].join(" ")}\n`);
};

/** What the person at the keyboard should know; what went as it should is not worth a line there. */
export const consoleLog: Log = { debug: () => {}, info: () => {}, warn: print, error: print };

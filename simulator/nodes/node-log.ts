import type { Log, LogFields } from "../../protocol/index.ts";

/** Told of every line of every node. */
export type OnLine = (node: string, level: keyof Log, event: string, fields: LogFields) => void;

const nothing = (): void => {};

/** A node's log: warnings and errors go to the world, the rest only when somebody listens to all of it. */
export function nodeLog(node: string, onLine: OnLine, verbose: boolean): Log {
  const line =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}): void =>
      onLine(node, level, event, fields);
  const quiet = verbose ? line : (): (() => void) => nothing;
  return { debug: quiet("debug"), info: quiet("info"), warn: line("warn"), error: line("error") };
}

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { ControllerConfiguration, hallNotes, noteLine } from "../controller/index.ts";
import { TerminalConfig } from "../terminal/index.ts";

// Stands here because only the simulator knows both programs.

export const CONFIGURATIONS = { controller: ControllerConfiguration, terminal: TerminalConfig } as const;
export type Program = keyof typeof CONFIGURATIONS;

/** What is no fault in a configuration and yet worth knowing: a line each, with its place. */
export const notesOn = (config: ControllerConfiguration | TerminalConfig): readonly string[] =>
  "hall" in config && typeof config.hall === "object" ? hallNotes(config.hall).map((note) => noteLine(note)) : [];

/** Whose file this is, by the keys at its top; null when it is neither's, or cannot be read. */
export function programOf(file: string): Program | null {
  const keys = topKeys(file);
  const [best, next] = (Object.keys(CONFIGURATIONS) as Program[])
    .map((program) => ({ program, known: keys.filter((key) => key in CONFIGURATIONS[program].shape).length }))
    .toSorted((a, b) => b.known - a.known);
  return best === undefined || best.known === (next?.known ?? 0) ? null : best.program;
}

function topKeys(file: string): string[] {
  try {
    const value: unknown = parse(readFileSync(file, "utf8"), { logLevel: "silent" });
    return typeof value === "object" && value !== null ? Object.keys(value) : [];
  } catch {
    return []; // Why it cannot be read is said by whoever loads it.
  }
}

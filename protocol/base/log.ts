import { z } from "zod";

/** What is said: this and whatever weighs more. */
export const LogLevel = z.enum(["debug", "info", "warn", "error"]);
export type LogLevel = z.infer<typeof LogLevel>;

/** Flat fields of a log line. No personal data, no secrets, no prose with values glued in. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log: an event name in the past tense or a state, and flat fields. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Says nothing: for tests and tools. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

import pino from "pino";
import type { Log, LogFields, LogLevel } from "../../protocol/base/log.ts";

export interface PinoLogOptions {
  /** Fields on every line: which program, which terminal. */
  readonly base?: LogFields;
  readonly level?: LogLevel;
  /** File descriptor: 1 standard output, 2 standard error. Default 1. */
  readonly descriptor?: 1 | 2;
}

/**
 * The log as JSON lines: `{"level":"info","time":"2026-03-02T01:00:00.000Z","event":"link.up","attempt":1}`. Written
 * before the call returns: the line before a crash is the one that is looked for.
 */
export function createPinoLog({ base = {}, level = "info", descriptor = 1 }: PinoLogOptions = {}): Log {
  const logger = pino(
    {
      level,
      base,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: descriptor, sync: true }),
  );
  return {
    debug: (event, fields) => logger.debug({ event, ...fields }),
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  };
}

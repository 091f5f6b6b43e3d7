import { dirname, resolve } from "node:path";
import { z } from "zod";
import { BOARD_NAMES } from "../hardware/index.ts";
import { HallId, LogLevel, TerminalId, TracesConfiguration } from "../protocol/index.ts";
import { Devices } from "./wiring/device-configs.ts";

/** `terminal --config FILE`, YAML. Unknown keys are refused. */
export const TerminalConfig = z.strictObject({
  hall: HallId,
  terminal: TerminalId,
  /** A desk or meeting-room reader takes badges alone: the controller has no window for it. */
  role: z.enum(["counter", "desk", "meeting-room"]).default("counter"),
  controller: z.strictObject({
    /** As the controller's certificate names it: a host name, or an address. */
    host: z.string().min(1).max(253),
    mqttPort: z.int().min(1).max(65_535).default(8883),
  }),
  /** Journal and identity lie here; made if it is not there. Relative to the file. */
  directory: z.string().min(1),
  /** A board whose wiring is known: hardware/boards. */
  board: z.enum(BOARD_NAMES).optional(),
  /** A file with `devices` of its own, which stand in place of the board's. Relative to this one. */
  wiring: z.string().min(1).max(4096).optional(),
  /** These stand in place of both. */
  devices: Devices.prefault({}),
  logLevel: LogLevel.default("info"),
  /** Where the time of each input went is told there. Default: nowhere. */
  traces: TracesConfiguration.optional(),
});
export type TerminalConfig = z.output<typeof TerminalConfig>;

/** `config` as `configFile` means it: its directory is relative to the file, wherever the process was started. */
export const besideFile = (config: TerminalConfig, configFile: string): TerminalConfig => ({
  ...config,
  directory: resolve(dirname(configFile), config.directory),
});

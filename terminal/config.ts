import { dirname, resolve } from "node:path";
import { z } from "zod";
import { HallId, LogLevel, TerminalId, TracesConfiguration } from "../protocol/index.ts";
import { BadgeReaderConfig } from "./badge-reader-config.ts";
import { ButtonPanelConfig } from "./button-panel-config.ts";
import { NameplateConfig } from "./nameplate-config.ts";
import { RatingKeypadConfig } from "./rating-keypad-config.ts";

const ABSENT = { driver: "absent" } as const;

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
  devices: z
    .strictObject({
      badgeReader: BadgeReaderConfig.default(ABSENT),
      buttons: ButtonPanelConfig.default(ABSENT),
      ratingKeypad: RatingKeypadConfig.default(ABSENT),
      nameplate: NameplateConfig.default(ABSENT),
    })
    .refine(({ badgeReader, ratingKeypad }) => agreeOnUsb([badgeReader, ratingKeypad]), {
      message: "one process reaches its USB input devices in one way: say the same `through` for all",
    })
    .prefault({}),
  logLevel: LogLevel.default("info"),
  /** Where the time of each input went is told there. Default: nowhere. */
  traces: TracesConfiguration.optional(),
});
export type TerminalConfig = z.output<typeof TerminalConfig>;

function agreeOnUsb(devices: readonly object[]): boolean {
  const ways = devices.flatMap((device) => ("through" in device ? [device.through] : []));
  return new Set(ways).size <= 1;
}

/** `config` as `configFile` means it: its directory is relative to the file, wherever the process was started. */
export const besideFile = (config: TerminalConfig, configFile: string): TerminalConfig => ({
  ...config,
  directory: resolve(dirname(configFile), config.directory),
});

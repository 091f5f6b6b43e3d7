import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type BoardChip, boardFacts, boardFile } from "../hardware/index.ts";
import { besideFile, TerminalConfig } from "./config.ts";
import { type Devices, StatedDevices } from "./wiring/device-configs.ts";
import { wiringFaults } from "./wiring/wiring-faults.ts";

/** Reads a YAML file by a schema. Throws HallError `CONFIG_REFUSED` with file, line, path and reason of each fault. */
type Load = <S extends z.ZodType>(schema: S, path: string) => z.output<S>;

const BoardFile = z.strictObject({ ...boardFacts, devices: StatedDevices });
const WiringFile = z.strictObject({ devices: StatedDevices });
/** A terminal's configuration, for what it says of devices alone. */
const StatedInConfig = z.looseObject({ devices: StatedDevices.optional() });

interface Source {
  readonly file: string;
  readonly schema: z.ZodType;
  readonly stated: StatedDevices;
}

/**
 * A terminal's configuration with all that stands at its counter: as its board is wired, unless the wiring file says
 * otherwise of a device, unless the configuration itself does. Throws HallError `CONFIG_REFUSED`.
 */
export function readTerminalConfig(load: Load, file: string): TerminalConfig {
  const config = besideFile(load(TerminalConfig, file), file);
  if (config.board === undefined && config.wiring === undefined) return config;
  const boardPath = config.board && fileURLToPath(boardFile(config.board));
  const board = boardPath === undefined ? null : load(BoardFile, boardPath);
  const wiringPath = config.wiring && resolve(dirname(file), config.wiring);
  const sources: Source[] = [{ file, schema: StatedInConfig, stated: load(StatedInConfig, file).devices ?? {} }];
  if (wiringPath !== undefined) {
    sources.unshift({ file: wiringPath, schema: WiringFile, stated: load(WiringFile, wiringPath).devices });
  }
  if (board !== null && boardPath !== undefined) {
    sources.unshift({ file: boardPath, schema: BoardFile, stated: board.devices });
  }
  return { ...config, devices: placedOn(board?.chips ?? [], merged(load, sources, board?.chips ?? [])) };
}

const NAMES = ["badgeReader", "buttons", "ratingKeypad", "nameplate"] as const;

function merged(load: Load, sources: readonly Source[], chips: readonly BoardChip[]): Devices {
  const sourceOf = (device: PropertyKey | undefined): Source | undefined =>
    sources.findLast(({ stated }) => NAMES.some((name) => name === device && stated[name] !== undefined));
  const absent = { driver: "absent" } as const;
  const devices: Devices = {
    badgeReader: sourceOf("badgeReader")?.stated.badgeReader ?? absent,
    buttons: sourceOf("buttons")?.stated.buttons ?? absent,
    ratingKeypad: sourceOf("ratingKeypad")?.stated.ratingKeypad ?? absent,
    nameplate: sourceOf("nameplate")?.stated.nameplate ?? absent,
  };
  const faults = wiringFaults(devices, chips);
  const [worst] = faults;
  const guilty = sourceOf(worst?.path[0]);
  if (guilty === undefined) return devices;
  // Read once more with what is wrong with it, so that each fault is told with its line.
  load(
    guilty.schema.superRefine((_, context) => {
      for (const { path, reason } of faults) {
        if (sourceOf(path[0]) === guilty)
          context.addIssue({ code: "custom", path: ["devices", ...path], message: reason });
      }
    }),
    guilty.file,
  );
  return devices;
}

/** Lines by offset: what a kernel calls them changes from release to release, and sysfs has no names for them. */
function placedOn(chips: readonly BoardChip[], devices: Devices): Devices {
  const { buttons, ratingKeypad } = devices;
  const offsetsOf = (chip: string): Readonly<Record<string, number>> =>
    chips.find(({ label }) => label === chip)?.lines ?? {};
  return {
    ...devices,
    buttons: isOnChip(buttons)
      ? {
          ...buttons,
          buttons: offsets(buttons.buttons, offsetsOf(buttons.chip)),
          lamps: buttons.lamps && offsets(buttons.lamps, offsetsOf(buttons.chip)),
          beeper: buttons.beeper && offsetOf(buttons.beeper, offsetsOf(buttons.chip)),
        }
      : buttons,
    ratingKeypad: isOnChip(ratingKeypad)
      ? {
          ...ratingKeypad,
          keys: offsets(ratingKeypad.keys, offsetsOf(ratingKeypad.chip)),
          lamps: ratingKeypad.lamps && offsets(ratingKeypad.lamps, offsetsOf(ratingKeypad.chip)),
        }
      : ratingKeypad,
  };
}

const isOnChip = <C extends { readonly driver: string }>(
  config: C,
): config is Extract<C, { readonly driver: "gpiomon" | "onoff" }> =>
  config.driver === "gpiomon" || config.driver === "onoff";

const offsetOf = (line: string, known: Readonly<Record<string, number>>): string => String(known[line] ?? line);

function offsets<L extends object>(lines: L, known: Readonly<Record<string, number>>): L {
  const placed = Object.entries(lines).map(([use, line]) => [use, offsetOf(String(line), known)]);
  return (Array.isArray(lines) ? placed.map(([, line]) => line) : Object.fromEntries(placed)) as L;
}

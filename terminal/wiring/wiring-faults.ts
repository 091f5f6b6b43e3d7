import { type BoardChip, nearestWord } from "../../hardware/index.ts";
import type { BadgeReaderConfig } from "./badge-reader-config.ts";
import type { ButtonPanelConfig } from "./button-panel-config.ts";
import type { LineConfig } from "./line-config.ts";
import type { NameplateConfig } from "./nameplate-config.ts";
import type { RatingKeypadConfig } from "./rating-keypad-config.ts";

export interface WiredDevices {
  readonly badgeReader?: BadgeReaderConfig | undefined;
  readonly buttons?: ButtonPanelConfig | undefined;
  readonly ratingKeypad?: RatingKeypadConfig | undefined;
  readonly nameplate?: NameplateConfig | undefined;
}

const DEVICE_NAMES = ["badgeReader", "buttons", "ratingKeypad", "nameplate"] as const;

/** `reason` begins with the fault's stable word. */
export interface WiringFault {
  /** From the device on. */
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/**
 * Why devices cannot be wired so: chip-unknown, line-unknown (for the chips of a board that are known), line-taken,
 * port-taken, usb-mixed. Without `chips` only what the devices say of each other is judged.
 */
export function wiringFaults(devices: WiredDevices, chips: readonly BoardChip[]): readonly WiringFault[] {
  const uses = DEVICE_NAMES.flatMap((device) => linesOf(devices[device], [device]));
  return [
    ...uses.flatMap((use) => unknownIn(use, chips)),
    ...takenTwice(
      uses.map((use) => ({ ...use, key: `${use.board} ${numberOf(use, chips)}`, what: `line ${use.line}` })),
      "line-taken",
    ),
    ...portsTakenTwice(devices),
    ...usbMixed(devices),
  ];
}

/** A line of a board, and where it stands in the configuration. */
interface LineUse {
  /** The chip, or the line to the Arduino. */
  readonly board: string;
  readonly chip: string | null;
  readonly line: string;
  readonly offsets: Readonly<Record<string, number>>;
  readonly path: readonly (string | number)[];
}

type AnyDevice = WiredDevices[keyof WiredDevices];

function linesOf(config: AnyDevice, path: readonly (string | number)[]): readonly LineUse[] {
  if (config === undefined) return [];
  if (config.driver === "matrix") {
    return config.dots.chip === "max7219"
      ? named(config.dots.pins, [...path, "dots", "pins"], arduinoOf(config.line))
      : [];
  }
  if (config.driver !== "gpiomon" && config.driver !== "onoff" && config.driver !== "firmata") return [];
  const board =
    config.driver === "firmata"
      ? arduinoOf(config.line)
      : { board: config.chip, chip: config.chip, offsets: config.driver === "onoff" ? (config.offsets ?? {}) : {} };
  const lamps = named(config.lamps ?? {}, [...path, "lamps"], board);
  if ("keys" in config) return [...listed(config.keys, [...path, "keys"], board), ...lamps];
  const beeper = named({ beeper: config.beeper }, path, board);
  return [...named(config.buttons, [...path, "buttons"], board), ...lamps, ...beeper];
}

type Board = Pick<LineUse, "board" | "chip" | "offsets">;

type Path = readonly (string | number)[];

const named = (lines: Readonly<Record<string, string | undefined>>, path: Path, board: Board): readonly LineUse[] =>
  Object.entries(lines).flatMap(([use, line]) =>
    line === undefined ? [] : [{ ...board, line, path: [...path, use] }],
  );

const listed = (lines: readonly string[], path: Path, board: Board): readonly LineUse[] =>
  lines.map((line, at) => ({ ...board, line, path: [...path, at] }));

const nameOf = (line: LineConfig): string => ("path" in line ? line.path : `${line.host}:${line.port}`);
const arduinoOf = (line: LineConfig): Board => ({ board: nameOf(line), chip: null, offsets: {} });

function unknownIn({ chip, line, offsets, path }: LineUse, chips: readonly BoardChip[]): readonly WiringFault[] {
  if (chip === null || chips.length === 0) return [];
  const known = chips.find(({ label }) => label === chip);
  if (known === undefined) {
    const labels = chips.map(({ label }) => label).join(", ");
    const meant = suggestion(
      chip,
      chips.map(({ label }) => label),
    );
    return [{ path: [...path.slice(0, 1), "chip"], reason: `chip-unknown: the board has ${labels}${meant}` }];
  }
  if (line in offsets || line in known.lines || Object.values(known.lines).includes(Number(line))) return [];
  const meant = suggestion(line, Object.keys(known.lines));
  return [{ path, reason: `line-unknown: the board leads out no line ${line} of ${chip}${meant}` }];
}

function suggestion(word: string, right: readonly string[]): string {
  const nearest = nearestWord(word, right);
  return nearest === null ? "" : `, did you mean "${nearest}"?`;
}

/** Two names of one line are the same line. */
function numberOf({ chip, line, offsets }: LineUse, chips: readonly BoardChip[]): string {
  const known = chips.find(({ label }) => label === chip)?.lines ?? {};
  return chip === null ? line.replace(/^D/u, "") : String(offsets[line] ?? known[line] ?? line);
}

interface Use {
  readonly key: string;
  readonly what: string;
  readonly path: readonly (string | number)[];
}

/** The second use is the fault; the first is named. */
function takenTwice(uses: readonly Use[], word: string): readonly WiringFault[] {
  const first = new Map<string, Use>();
  return uses.flatMap((use) => {
    const taken = first.get(use.key);
    if (taken !== undefined)
      return [{ path: use.path, reason: `${word}: ${use.what} is ${taken.path.join(".")} already` }];
    first.set(use.key, use);
    return [];
  });
}

/** A port has one reader. An Arduino alone is shared, by those who say the same rate. */
function portsTakenTwice(devices: WiredDevices): readonly WiringFault[] {
  const ports = DEVICE_NAMES.flatMap((device) => {
    const config = devices[device];
    const line = config === undefined ? null : lineOf(config);
    if (config === undefined || line === null) return [];
    const isArduino = config.driver === "firmata" || config.driver === "matrix";
    const sharing = isArduino ? `Arduino ${"path" in line ? line.baudRate : ""}` : device;
    return [{ device, name: nameOf(line), sharing, path: [device, "line" in config ? "line" : "path"] }];
  });
  return ports.flatMap(({ name, sharing, path }, at) => {
    const other = ports.slice(0, at).find((earlier) => earlier.name === name && earlier.sharing !== sharing);
    return other === undefined ? [] : [{ path, reason: `port-taken: ${name} is ${other.path.join(".")} already` }];
  });
}

function lineOf(config: NonNullable<AnyDevice>): LineConfig | null {
  if ("line" in config) return config.line;
  return "path" in config ? { path: config.path, baudRate: config.baudRate ?? 0 } : null;
}

/** One process reaches its USB input devices in one way. */
function usbMixed(devices: WiredDevices): readonly WiringFault[] {
  const ways = DEVICE_NAMES.flatMap((device) => {
    const config = devices[device];
    return config !== undefined && "through" in config ? [{ device, through: config.through }] : [];
  });
  const [first, ...others] = ways;
  const said = `${first?.device}.through says ${first?.through}`;
  return others
    .filter(({ through }) => through !== first?.through)
    .map(({ device }) => ({
      path: [device, "through"],
      reason: `usb-mixed: one process reaches USB input devices in one way, and ${said}`,
    }));
}

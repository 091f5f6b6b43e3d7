import {
  createFirmataLines,
  createGpiodLines,
  createOnoffLines,
  FirmataBoard,
  type GpioLines,
} from "../../hardware/index.ts";
import { unreachable } from "../../protocol/index.ts";
import type { LineConfig } from "./line-config.ts";
import { type DeviceWorld, pickLine } from "./pick-line.ts";
import type { WiredConfig } from "./wired-config.ts";

/** Arduinos by the line they are on: what is wired to the same one shares it. */
export class SharedBoards {
  readonly #world: DeviceWorld;
  readonly #boards = new Map<string, FirmataBoard>();

  constructor(world: DeviceWorld) {
    this.#world = world;
  }

  at(line: LineConfig): FirmataBoard {
    const key = "path" in line ? line.path : `${line.host}:${line.port}`;
    const { clock, log } = this.#world;
    const board = this.#boards.get(key) ?? new FirmataBoard({ link: pickLine(line, this.#world), clock, log });
    this.#boards.set(key, board);
    return board;
  }
}

/** `boards`: one for all devices of a terminal. Default: a board for each device. */
export interface WiredWorld extends DeviceWorld {
  readonly boards?: SharedBoards | undefined;
}

/** The lines a device's configuration names. */
export function pickLines(
  config: WiredConfig,
  { inputs, outputs }: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  world: WiredWorld,
): GpioLines {
  const { clock, log } = world;
  switch (config.driver) {
    case "gpiomon": {
      const { chip, bias, pressed, debounceMs } = config;
      return createGpiodLines({ wiring: { chip, inputs, bias, debounceMs }, pressedLevel: pressed, clock, log });
    }
    case "onoff": {
      const { chip, pressed, offsets = {} } = config;
      const wiring = { chip, inputs, outputs, offsets: new Map(Object.entries(offsets)) };
      return createOnoffLines({ wiring, pressedLevel: pressed, clock, log });
    }
    case "firmata": {
      const board = (world.boards ?? new SharedBoards(world)).at(config.line);
      return createFirmataLines({ board, inputs, bias: config.bias, pressedLevel: config.pressed, clock });
    }
    default:
      return unreachable(config);
  }
}

import {
  createAbsentNameplate,
  createAlphaNameplate,
  createBxFontPainter,
  createBxPicturePainter,
  createFirmataMatrix,
  createMatrixNameplate,
  createSignNameplate,
  createTextNameplate,
  createUnifontFile,
  type Nameplate,
  SIGN_LAYOUTS,
  type SignPainter,
} from "../../hardware/index.ts";
import { unreachable } from "../../protocol/index.ts";
import type { NameplateConfig } from "./nameplate-config.ts";
import { pickLine } from "./pick-line.ts";
import { SharedBoards, type WiredWorld } from "./pick-lines.ts";

type OnbonConfig = Extract<NameplateConfig, { driver: "onbon" }>;

export interface NameplateWorld extends WiredWorld {
  /** Takes the lines of the bench's plate. */
  readonly write: (text: string) => void;
}

export function pickNameplate(config: NameplateConfig, { clock, log, write, boards }: NameplateWorld): Nameplate {
  switch (config.driver) {
    case "onbon": {
      const link = pickLine(config.line, { clock, log });
      return createSignNameplate({ link, clock, layout: SIGN_LAYOUTS[config.sign], painter: painterOf(config) });
    }
    case "alpha": {
      const { columns, rows, ...line } = config;
      return createAlphaNameplate({ link: pickLine(line, { clock, log }), clock, columns, rows });
    }
    case "matrix": {
      const board = (boards ?? new SharedBoards({ clock, log })).at(config.line);
      return createMatrixNameplate(createFirmataMatrix({ board, wiring: config.dots, clock }));
    }
    case "text":
      return createTextNameplate({ write });
    case "absent":
      return createAbsentNameplate();
    default:
      return unreachable(config);
  }
}

function painterOf({ card, sign, colours, font }: OnbonConfig): SignPainter {
  const layout = SIGN_LAYOUTS[sign];
  if (card === "6E") return createBxPicturePainter({ layout, glyphs: createUnifontFile(font) });
  return createBxFontPainter({ layout, generation: card === "5K" ? 5 : 6, colours });
}

import { encodeBxEnvelope } from "../codecs/bx-envelope.ts";
import { type BxGeneration, type BxTextArea, screenPower, updateAreas } from "../codecs/bx-font-commands.ts";
import { encodeBxFrame, toAnyCard } from "../codecs/bx-frames.ts";
import { encodeGb2312, isGb2312 } from "../codecs/gb2312.ts";
import type { PlateLack, PlateLine } from "../ports/nameplate.ts";
import { BxAnswers } from "./bx-answers.ts";
import { rowsOf, type SignLayout } from "./sign-layouts.ts";
import type { SignPainter } from "./sign-painter.ts";
import type { SignPage, SignRow } from "./sign-pages.ts";
import { SIGN_STALE_AFTER } from "./sign-times.ts";

const ROW_HEIGHT = 16;
/** The card's inline escapes for the colour of what follows. */
const COLOUR_OF: Readonly<Record<PlateLine["emphasis"], string>> = { normal: "\\C2", strong: "\\C3", warning: "\\C1" };

export interface BxFontPainterOptions {
  readonly layout: SignLayout;
  readonly generation: BxGeneration;
  /** 1: one colour of diodes. 3: red, green and both together. */
  readonly colours: 1 | 3;
}

/** A BX font card (5K, 6K): one dynamic area a row, in GB 2312, which goes blank when it is not renewed. */
export function createBxFontPainter({ layout, generation, colours }: BxFontPainterOptions): SignPainter {
  const answers = new BxAnswers("font");
  const wrap = (content: Uint8Array): Uint8Array => encodeBxEnvelope(encodeBxFrame("font", toAnyCard(content)));
  const areaOf = (row: SignRow | undefined, id: number): BxTextArea => ({
    id,
    x: 0,
    y: id * ROW_HEIGHT,
    width: layout.width,
    height: ROW_HEIGHT,
    run: { kind: "until-stale", seconds: SIGN_STALE_AFTER / 1000 },
    display: "static",
    text: textOf(row, colours),
  });
  return {
    driver: "onbon-font",
    colours,
    greeting: wrap(screenPower(true)),
    prepare() {},
    paint(page) {
      const areas = Array.from({ length: rowsOf(layout) }, (_, row) => areaOf(page[row], row));
      return wrap(updateAreas(areas, generation));
    },
    lacks: (pages) => lacksOf(pages, colours),
    fault: () => null,
    answersIn: (chunk) => answers.in(chunk),
    reset: () => answers.reset(),
  };
}

/** A blank where there is no row: an area without text keeps what it shows. */
function textOf(row: SignRow | undefined, colours: number): Uint8Array {
  if (row === undefined || row.text === "") return encodeGb2312(" ").bytes;
  const words = row.text.replaceAll("\\", "＼"); // One backslash would begin an escape of the card's own.
  return encodeGb2312(colours > 1 ? COLOUR_OF[row.emphasis] + words : words).bytes;
}

function lacksOf(pages: readonly SignPage[], colours: number): ReadonlySet<PlateLack> {
  const lacks = new Set<PlateLack>();
  for (const { text, emphasis } of pages.flat()) {
    if (!Array.from(text).every(isGb2312)) lacks.add("glyph");
    if (colours === 1 && emphasis !== "normal") lacks.add("colour");
  }
  return lacks;
}

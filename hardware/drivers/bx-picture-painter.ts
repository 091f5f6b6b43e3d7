import { Bitmap } from "../codecs/bitmap.ts";
import { encodeBxEnvelope } from "../codecs/bx-envelope.ts";
import { encodeBxFrame, toAnyCard } from "../codecs/bx-frames.ts";
import { pictureScreenPower, showPicture } from "../codecs/bx-picture-commands.ts";
import type { GlyphSource } from "../ports/glyph-source.ts";
import type { PlateLack } from "../ports/nameplate.ts";
import { BxAnswers } from "./bx-answers.ts";
import { GlyphCase } from "./glyph-case.ts";
import type { SignLayout } from "./sign-layouts.ts";
import type { SignPainter } from "./sign-painter.ts";
import type { SignPage } from "./sign-pages.ts";
import { SIGN_STALE_AFTER } from "./sign-times.ts";

const ROW_HEIGHT = 16;

export interface BxPicturePainterOptions {
  readonly layout: SignLayout;
  readonly glyphs: GlyphSource;
}

/**
 * A BX picture card (6E, 6Q): the whole page as dots, drawn with the operating system's font, so that names outside
 * GB 2312 stand like any other. One dynamic area, which goes blank when it is not renewed.
 */
export function createBxPicturePainter({ layout, glyphs }: BxPicturePainterOptions): SignPainter {
  const answers = new BxAnswers("picture");
  const letters = new GlyphCase(glyphs);
  const wrap = (content: Uint8Array): Uint8Array => encodeBxEnvelope(encodeBxFrame("picture", toAnyCard(content)));
  return {
    driver: "onbon-picture",
    colours: 1,
    greeting: wrap(pictureScreenPower(true)),
    prepare: (pages, onReady) => letters.fetch(charactersOf(pages), onReady),
    paint(page) {
      const run = { kind: "until-stale", seconds: SIGN_STALE_AFTER / 1000 } as const;
      return wrap(showPicture({ id: 0, x: 0, y: 0, run, picture: pictureOf(page, layout, letters) }));
    },
    lacks(pages) {
      const lacks = new Set<PlateLack>();
      if (pages.flat().some(({ emphasis }) => emphasis !== "normal")) lacks.add("colour");
      if (letters.lacks(charactersOf(pages))) lacks.add("glyph");
      return lacks;
    },
    fault: () => letters.fault,
    answersIn: (chunk) => answers.in(chunk),
    reset: () => answers.reset(),
  };
}

const charactersOf = (pages: readonly SignPage[]): ReadonlySet<string> =>
  new Set(pages.flat().flatMap(({ text }) => Array.from(text)));

function pictureOf(page: SignPage, { width, height }: SignLayout, letters: GlyphCase): Bitmap {
  const picture = new Bitmap(width, height);
  for (const [row, { text }] of page.entries()) {
    let left = 0;
    for (const character of text) {
      const glyph = letters.glyphOf(character);
      picture.draw(glyph, left, row * ROW_HEIGHT);
      left += glyph.width;
    }
  }
  return picture;
}

import { assert } from "../../protocol/base/assert.ts";
import { seconds } from "../../protocol/base/time.ts";
import { Bitmap } from "../codecs/bitmap.ts";
import { digitsIn, drawSmallDigits, isSmallDigit } from "../codecs/small-digits.ts";
import type { Nameplate, PlateFace, PlateLack } from "../ports/nameplate.ts";
import type { PixelMatrix } from "../ports/pixel-matrix.ts";
import { plateReport } from "./plate-report.ts";
import { PlateVoice } from "./plate-voice.ts";

/**
 * A few digits on a dot matrix: the called ticket, or else the window's number. Health: ok while the board is there,
 * else a LinkFault.
 */
export function createMatrixNameplate(matrix: PixelMatrix): Nameplate {
  const voice = new PlateVoice();
  let face: PlateFace = { lines: [] };
  let isUp = false;

  const draw = (): void => {
    const { text, cannot } = digitsOf(face, digitsIn(matrix.width));
    const { width, height } = matrix;
    const layout = { width, height: 16, english: "never", held: 0, pageFor: seconds(0) } as const;
    voice.sayReport({ ...plateReport(layout, 1, cannot), columns: digitsIn(width) });
    if (!isUp) return;
    const picture = new Bitmap(width, height);
    drawSmallDigits(picture, text);
    matrix.draw(picture);
  };

  return {
    driver: "matrix",
    open(listener) {
      assert(!voice.isOpen, "a sign is opened once");
      voice.open(listener);
      draw();
      return matrix.open({
        onUp: () => {
          isUp = true;
          voice.sayHealth(null);
          draw();
        },
        onDown: (fault) => {
          isUp = false;
          voice.sayHealth(fault);
        },
      });
    },
    show(shown) {
      face = shown;
      if (voice.isOpen) draw();
    },
    async close() {
      voice.silence();
      isUp = false;
      await matrix.close();
    },
  };
}

const TICKET = /^[A-Z]{0,2}-?\d{1,4}(?= |$)/u;
const WINDOW = /^[0-9A-Z-]{1,6}(?=号窗口)/u;

function digitsOf(face: PlateFace, room: number): { readonly text: string; readonly cannot: ReadonlySet<PlateLack> } {
  const called = face.lines.filter(({ emphasis }) => emphasis === "strong").map(({ zh }) => TICKET.exec(zh)?.[0] ?? "");
  const ticket = called.find((text) => text !== "") ?? "";
  const shown = ticket === "" ? (WINDOW.exec(face.lines[0]?.zh ?? "")?.[0] ?? "") : ticket;
  const cannot = new Set<PlateLack>(["chinese", "english", "rows", "blank-when-silent"]);
  if (face.lines.some(({ emphasis }) => emphasis !== "normal")) cannot.add("colour");
  if (shown.length > room) cannot.add("columns");
  if (!Array.from(shown).every(isSmallDigit)) cannot.add("glyph");
  return { text: shown.slice(-room), cannot }; // The last digits tell tickets of one morning apart.
}

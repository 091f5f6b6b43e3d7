import { brightnessOf, DOTS, type LedColour, layoutLines, type PlateLine } from "./led-layout.ts";

type Rgb = readonly [number, number, number];

const LIT: { readonly [K in LedColour]: Rgb } = {
  amber: [255, 196, 72],
  green: [92, 240, 130],
  red: [255, 96, 84],
};
const UNLIT: Rgb = [30, 30, 34];
const GROUND: Rgb = [10, 10, 12];
const FONT = '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
/** Glyphs are drawn so many times larger, so that a dot knows how much of it is covered. */
const FINER = 4;
/** Narrower than this a glyph is drawn smaller instead. */
const NARROWEST = 0.78;

/** Draws the sign. `pitch`: canvas pixels from dot to dot; `gap`: share of a dot's light that falls between dots. */
export function paintSign(canvas: HTMLCanvasElement, lines: readonly PlateLine[], pitch: number, gap: number): void {
  canvas.width = DOTS.columns * pitch;
  canvas.height = DOTS.rows * pitch;
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const glyphs = drawGlyphs(lines);
  const shape = dotShape(pitch, gap);
  for (let row = 0; row < DOTS.rows; row += 1) {
    for (let column = 0; column < DOTS.columns; column += 1) {
      paintDot(image, glyphs, shape, { column, row, pitch });
    }
  }
  context.putImageData(image, 0, 0);
}

/** The glyphs, finer than the dots; a dot takes the colour it finds. */
function drawGlyphs(lines: readonly PlateLine[]): ImageData | null {
  const fine = document.createElement("canvas");
  fine.width = DOTS.columns * FINER;
  fine.height = DOTS.rows * FINER;
  const context = fine.getContext("2d", { willReadFrequently: true });
  if (context === null) return null;
  context.textBaseline = "alphabetic";
  for (const { text, top, size, colour } of layoutLines(lines)) {
    context.fillStyle = `rgb(${LIT[colour].join(" ")})`;
    const width = fine.width - 4 * FINER;
    let em = size * FINER;
    const fit = (): number => {
      context.font = `${size > 15 ? 600 : 500} ${em}px ${FONT}`;
      return Math.min(1, width / Math.max(1, context.measureText(text).width));
    };
    let squeeze = fit();
    if (squeeze < NARROWEST) {
      em *= squeeze / NARROWEST;
      squeeze = fit();
    }
    const baseline = (top + size * 0.88) * FINER;
    context.setTransform(squeeze, 0, 0, 1, 2 * FINER, baseline);
    context.fillText(text, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
  return context.getImageData(0, 0, fine.width, fine.height);
}

interface Dot {
  readonly column: number;
  readonly row: number;
  readonly pitch: number;
}

function paintDot(image: ImageData, glyphs: ImageData | null, shape: Float32Array, { column, row, pitch }: Dot): void {
  const [colour, brightness] = glyphs === null ? [UNLIT, 0] : lightOf(glyphs, column, row);
  const lit = mix(UNLIT, colour, brightness);
  for (let at = 0; at < pitch * pitch; at += 1) {
    const x = column * pitch + (at % pitch);
    const y = row * pitch + Math.floor(at / pitch);
    const [red, green, blue] = mix(GROUND, lit, shape[at] ?? 0);
    image.data.set([red, green, blue, 255], (y * image.width + x) * 4);
  }
}

/** Colour and brightness of one dot: the mean of the fine pixels under it. */
function lightOf({ data: pixels, width }: ImageData, column: number, row: number): readonly [Rgb, number] {
  let covered = 0;
  let colour: Rgb = UNLIT;
  for (let y = row * FINER; y < (row + 1) * FINER; y += 1) {
    for (let x = column * FINER; x < (column + 1) * FINER; x += 1) {
      const at = (y * width + x) * 4;
      const alpha = pixels[at + 3] ?? 0;
      covered += alpha;
      if (alpha > 127) colour = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    }
  }
  return [colour, brightnessOf(covered / (255 * FINER * FINER))];
}

/** Cover of a round dot over its square of pixels, so that its edge is smooth. */
function dotShape(pitch: number, gap: number): Float32Array {
  const shape = new Float32Array(pitch * pitch);
  const centre = (pitch - 1) / 2;
  const radius = pitch * 0.46;
  for (let at = 0; at < shape.length; at += 1) {
    const distance = Math.hypot((at % pitch) - centre, Math.floor(at / pitch) - centre);
    shape[at] = Math.min(1, Math.max(gap, radius + 0.5 - distance));
  }
  return shape;
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

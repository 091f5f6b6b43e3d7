/** A line of the sign, in the words of the nameplate. */
export interface PlateLine {
  readonly zh: string;
  readonly en: string;
  readonly emphasis: "normal" | "strong" | "warning";
}

/** Text at a place on the sign, everything in dots. */
export interface PlacedText {
  readonly text: string;
  readonly top: number;
  /** Height of the em square. */
  readonly size: number;
  readonly colour: LedColour;
}

export type LedColour = "amber" | "green" | "red";

/** The sign's matrix. */
export const DOTS = { columns: 264, rows: 172 } as const;

/** Lines that have a place of their own: a line that comes or goes moves no other. */
const PLACES = 4;
const COLOURS: { readonly [K in PlateLine["emphasis"]]: LedColour } = {
  normal: "amber",
  strong: "green",
  warning: "red",
};

/** Chinese above English in every place. More lines than places share the height. */
export function layoutLines(lines: readonly PlateLine[]): PlacedText[] {
  const pitch = Math.floor(DOTS.rows / Math.max(PLACES, lines.length));
  return lines.flatMap(({ zh, en, emphasis }, place) => {
    const colour = COLOURS[emphasis];
    const size = Math.round(pitch * (emphasis === "strong" ? 0.63 : 0.56));
    const top = place * pitch + 2;
    const small = Math.min(13, pitch - size - 2);
    return [
      { text: zh, top, size, colour },
      { text: en, top: top + size + 1, size: small, colour },
    ];
  });
}

const DIM_FROM = 0.3;
const BRIGHT_FROM = 0.62;

/** How bright a dot is when so much of it is covered by the glyph: three steps, as a matrix with two-bit dimming. */
export function brightnessOf(covered: number): number {
  if (covered < DIM_FROM) return 0;
  return covered < BRIGHT_FROM ? 0.5 : 1;
}

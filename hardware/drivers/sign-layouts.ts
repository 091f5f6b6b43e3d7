import { type DurationMs, seconds } from "../../protocol/base/time.ts";

/** How a face is laid out on a sign of one size: data, so that another size is another row of the table. */
export interface SignLayout {
  /** Dots. */
  readonly width: number;
  readonly height: number;
  /** English stands beside the Chinese where both fit into one line; a sign with few columns has Chinese alone. */
  readonly english: "beside" | "never";
  /** Rows that what is pressing (a called ticket, a warning) holds on every page while the other lines take turns. */
  readonly held: number;
  /** How long one page stands when there are several. */
  readonly pageFor: DurationMs;
}

/** The common sizes of signs over a window, at 16 dots a row and 8 a column. */
export const SIGN_LAYOUTS = {
  "64x16": { width: 64, height: 16, english: "never", held: 0, pageFor: seconds(3) },
  "64x32": { width: 64, height: 32, english: "never", held: 1, pageFor: seconds(3) },
  "96x16": { width: 96, height: 16, english: "never", held: 0, pageFor: seconds(3) },
  "128x16": { width: 128, height: 16, english: "never", held: 0, pageFor: seconds(3) },
  "128x32": { width: 128, height: 32, english: "never", held: 1, pageFor: seconds(3) },
  "128x64": { width: 128, height: 64, english: "never", held: 2, pageFor: seconds(4) },
  "160x32": { width: 160, height: 32, english: "beside", held: 1, pageFor: seconds(3) },
  "192x32": { width: 192, height: 32, english: "beside", held: 1, pageFor: seconds(3) },
  "192x64": { width: 192, height: 64, english: "beside", held: 2, pageFor: seconds(4) },
  "256x64": { width: 256, height: 64, english: "beside", held: 2, pageFor: seconds(4) },
} as const satisfies Readonly<Record<string, SignLayout>>;

export type SignSize = keyof typeof SIGN_LAYOUTS;

const CELL_WIDTH = 8;
const ROW_HEIGHT = 16;

/** Half-width characters a row. */
export const columnsOf = ({ width }: SignLayout): number => Math.trunc(width / CELL_WIDTH);
export const rowsOf = ({ height }: SignLayout): number => Math.trunc(height / ROW_HEIGHT);

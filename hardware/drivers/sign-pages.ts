import type { PlateFace, PlateLack, PlateLine } from "../ports/nameplate.ts";
import { columnsOf, rowsOf, type SignLayout } from "./sign-layouts.ts";

/** One row of a page: as wide as the sign at most. */
export interface SignRow {
  readonly text: string;
  readonly emphasis: PlateLine["emphasis"];
}

/** What the sign shows at one time, top row first. */
export type SignPage = readonly SignRow[];

export interface SignPages {
  /** At least one. They take turns. */
  readonly pages: readonly SignPage[];
  /** Where what is pressing first stands; 0 when nothing is. */
  readonly first: number;
  /** What is pressing, as one text: another one is to be seen at once, whatever page is on. */
  readonly pressing: string;
  readonly cannot: ReadonlySet<PlateLack>;
}

/** More turns than these nobody waits for; what would come after them is left out. */
export const SIGN_PAGES_MAX = 12;

/**
 * Lays a face out on a sign. Nothing of a line is lost that fits in turns: one that is too wide goes on in the next
 * turn, lines for which there is no row take turns, and what is pressing keeps its row meanwhile.
 */
export function layoutSign(face: PlateFace, layout: SignLayout): SignPages {
  const columns = columnsOf(layout);
  const cannot = new Set<PlateLack>();
  const rows = face.lines.map((line) => wrap(wordsOf(line, layout, cannot), line.emphasis, columns));
  const rounds = roundsOf(rows, layout);
  if (rounds.length > SIGN_PAGES_MAX) cannot.add("rows");
  const pages = rounds.slice(0, SIGN_PAGES_MAX);
  const first = Math.max(
    0,
    pages.findIndex((page) => page.some(isPressing)),
  );
  const pressing = rows.flatMap((pieces) => pieces.filter(isPressing).map(({ text }) => text)).join("\n");
  return { pages: pages.length === 0 ? [[]] : pages, first, pressing, cannot };
}

const isPressing = ({ emphasis }: SignRow): boolean => emphasis !== "normal";

/** Half-width columns: Chinese characters, and whatever stands with them, take two. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((width, character) => width + (character <= "~" ? 1 : 2), 0);

const BETWEEN = "  ";
const CONTROLS = /\p{Cc}+/gu;

function wordsOf({ zh, en }: PlateLine, layout: SignLayout, cannot: Set<PlateLack>): string {
  const [chinese, english] = [zh, en].map((text) => text.replace(CONTROLS, " ").trim());
  if (chinese === undefined || chinese === "") return english ?? "";
  if (english === undefined || english === "" || english === chinese) return chinese;
  const both = chinese + BETWEEN + english;
  if (layout.english === "beside" && widthOf(both) <= columnsOf(layout)) return both;
  cannot.add("english");
  return chinese;
}

/** A line in pieces that each fit, broken at spaces where one is in the second half of a piece. */
function wrap(text: string, emphasis: PlateLine["emphasis"], columns: number): readonly SignRow[] {
  const pieces: SignRow[] = [];
  let piece = "";
  for (const character of text) {
    if (widthOf(piece + character) > columns) {
      const space = piece.lastIndexOf(" ");
      const cut = space > 0 && widthOf(piece.slice(0, space)) * 2 >= columns ? space : piece.length;
      pieces.push({ text: piece.slice(0, cut).trimEnd(), emphasis });
      piece = piece.slice(cut).trimStart();
    }
    if (piece !== "" || character !== " ") piece += character;
  }
  if (piece !== "" || pieces.length === 0) pieces.push({ text: piece, emphasis });
  return pieces;
}

/** Each line has its pieces; a line that has none left in a round shows its pieces again from the first. */
function roundsOf(lines: readonly (readonly SignRow[])[], layout: SignLayout): readonly SignPage[] {
  const rows = rowsOf(layout);
  const pressing = lines.flatMap((line, at) => (line.some(isPressing) ? [at] : []));
  const heldCount = lines.length <= rows ? 0 : Math.min(layout.held, rows - 1, pressing.length);
  const held = pressing.slice(pressing.length - heldCount);
  const turning = lines.map((_, at) => at).filter((at) => !held.includes(at));
  const perPage = rows - held.length;
  const pages: SignPage[] = [];
  for (let first = 0; first < turning.length; first += perPage) {
    const shown = [...turning.slice(first, first + perPage), ...held].toSorted((a, b) => a - b);
    const rounds = Math.max(...shown.map((at) => lines[at]?.length ?? 0));
    for (let round = 0; round < rounds; round += 1) pages.push(shown.flatMap((at) => pieceOf(lines[at] ?? [], round)));
  }
  return pages;
}

function pieceOf(pieces: readonly SignRow[], round: number): readonly SignRow[] {
  const piece = pieces[round % Math.max(1, pieces.length)];
  return piece === undefined ? [] : [piece];
}

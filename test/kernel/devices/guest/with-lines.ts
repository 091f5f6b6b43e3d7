import type { GpioLinesListener } from "../../../../hardware/ports/gpio-lines.ts";
import { BUTTONS, DeskChip, type LinesOf } from "./desk-chip.ts";
import { until } from "./time.ts";

/** Writes down what lines tell. */
export const wordsIn = (words: string[]): GpioLinesListener => ({
  onUp: () => void words.push("up"),
  onDown: (fault) => void words.push(`down ${fault}`),
  onEdge: (line, { edge }) => void words.push(`${line} ${edge}`),
});

/** Opens the desk's buttons, waits until they are up, and leaves neither lines nor chip behind. */
export async function withLines(
  linesOf: LinesOf,
  use: (chip: DeskChip, words: readonly string[]) => Promise<void>,
): Promise<void> {
  const chip = new DeskChip();
  const lines = linesOf(Object.values(BUTTONS), []);
  const words: string[] = [];
  try {
    await lines.open(wordsIn(words));
    await until("up", () => words.includes("up"));
    await use(chip, words);
  } finally {
    await lines.close();
    chip.release();
  }
}

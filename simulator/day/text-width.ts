/** Han, kana, Hangul and full-width signs take two columns of a terminal; everything a day report prints else, one. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu;

/** Columns that `text` takes in a terminal. */
export const columnsOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

export const padEnd = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - columnsOf(text)));

export const padStart = (text: string, columns: number): string =>
  " ".repeat(Math.max(0, columns - columnsOf(text))) + text;

/** A word further off than this share of its length was not meant. */
const DISTANCE_SHARE_MAX = 0.5;

/** The one of `words` that `word` was most likely meant to be; null when none is near. */
export function nearestWord(word: string, words: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = word.length * DISTANCE_SHARE_MAX;
  for (const candidate of words) {
    const distance = editDistance(word, candidate);
    if (distance > least || (distance === least && nearest !== null)) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

/** Insertions, deletions and replacements that turn `a` into `b` (Levenshtein); a change of case costs a half. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const [above, left, corner] = [row[j] ?? 0, next[j - 1] ?? 0, row[j - 1] ?? 0];
      next.push(Math.min(above + 1, left + 1, corner + costOf(a.charAt(i - 1), b.charAt(j - 1))));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function costOf(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? 0.5 : 1;
}

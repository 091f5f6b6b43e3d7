import type { History } from "../history.ts";

/** What several checkers reckon from one history, reckoned once for as long as nothing more happens in it. */
export function oncePerHistory<T>(reckon: (history: History) => T): (history: History) => T {
  const known = new WeakMap<History, { readonly length: number; readonly value: T }>();
  return (history) => {
    const { length } = history.entries;
    const last = known.get(history);
    if (last !== undefined && last.length === length) return last.value;
    const value = reckon(history);
    known.set(history, { length, value });
    return value;
  };
}

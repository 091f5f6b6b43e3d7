export interface UniqueIdsVerdict<T> {
  readonly valid: boolean;
  readonly attemptedCount: number;
  readonly acknowledgedCount: number;
  /** Every id that was given more than once, with how often. */
  readonly duplicated: ReadonlyMap<T, number>;
}

/** A generator of unique ids gives no id twice. After `jepsen.checker/unique-ids`: `ids` are its answers. */
export function uniqueIds<T>(ids: readonly T[], attemptedCount: number = ids.length): UniqueIdsVerdict<T> {
  const counts = new Map<T, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const duplicated = new Map([...counts].filter(([, count]) => count > 1));
  return { valid: duplicated.size === 0, attemptedCount, acknowledgedCount: ids.length, duplicated };
}

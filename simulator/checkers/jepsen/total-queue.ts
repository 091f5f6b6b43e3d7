/** What Jepsen's `total-queue` says of a drained queue; each list a multiset. */
export interface TotalQueueVerdict<T> {
  readonly valid: boolean;
  /** Came out, and somebody had tried to put it in. */
  readonly ok: readonly T[];
  /** Acknowledged, and never came out. */
  readonly lost: readonly T[];
  /** Came out, and nobody ever tried to put it in. */
  readonly unexpected: readonly T[];
  /** Came out more often than somebody tried to put it in. */
  readonly duplicated: readonly T[];
  /** Came out although nobody was told that it had gone in. */
  readonly recovered: readonly T[];
}

export interface QueueHistory<T> {
  /** Invocations of enqueue. */
  readonly attempts: Iterable<T>;
  /** Enqueues that were answered with success. */
  readonly enqueues: Iterable<T>;
  readonly dequeues: Iterable<T>;
}

/**
 * What goes in must come out: every acknowledged enqueue has a dequeue. After `jepsen.checker/total-queue`. Duplicates
 * are reported and do not make a history invalid.
 */
export function totalQueue<T>({ attempts, enqueues, dequeues }: QueueHistory<T>): TotalQueueVerdict<T> {
  const [tried, acknowledged, out] = [tally(attempts), tally(enqueues), tally(dequeues)];
  const ok = tally(spread(out, (item, count) => Math.min(count, tried.get(item) ?? 0)));
  const unexpected = spread(out, (item, count) => (tried.has(item) ? 0 : count));
  const lost = minus(acknowledged, out);
  const duplicated = spread(out, (item, count) => (tried.has(item) ? count - (tried.get(item) ?? 0) : 0));
  const valid = lost.length === 0 && unexpected.length === 0;
  return {
    valid,
    ok: spread(ok, (_, count) => count),
    lost,
    unexpected,
    duplicated,
    recovered: minus(ok, acknowledged),
  };
}

type Tally<T> = ReadonlyMap<T, number>;

function tally<T>(items: Iterable<T>): Tally<T> {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

const minus = <T>(from: Tally<T>, taken: Tally<T>): T[] =>
  spread(from, (item, count) => count - (taken.get(item) ?? 0));

function spread<T>(counts: Tally<T>, howMany: (item: T, count: number) => number): T[] {
  const items: T[] = [];
  for (const [item, count] of counts) for (let left = howMany(item, count); left > 0; left -= 1) items.push(item);
  return items;
}

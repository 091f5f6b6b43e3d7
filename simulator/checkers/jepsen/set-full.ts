/** One operation on a set, by the times of its call and its answer. `okAt` null: nobody knows what became of it. */
export type SetOperation<T> =
  | { readonly f: "add"; readonly element: T; readonly invokedAt: number; readonly okAt: number | null }
  | { readonly f: "read"; readonly elements: readonly T[]; readonly invokedAt: number; readonly okAt: number };

export interface SetFullVerdict<T> {
  /** "unknown": nothing was ever seen to stay. */
  readonly valid: boolean | "unknown";
  /** Seen by the last reads. */
  readonly stable: readonly T[];
  /** Known to be in, and missing from a later read that no later one makes good. */
  readonly lost: readonly T[];
  /** Nobody read it, or nobody knows whether it went in. */
  readonly neverRead: readonly T[];
  /** Stable, but missing from a read after it was known. Invalid only in a linearizable set. */
  readonly stale: readonly T[];
  readonly duplicated: readonly T[];
}

interface Seen {
  knownAt: number | null;
  /** Call of the latest read with it, and without it. */
  presentAt: number | null;
  absentAt: number | null;
}

/**
 * The fate of every element of a set that only grows, over all reads. After `jepsen.checker/set-full`: an element is
 * known once its add was answered or a read has shown it; it is stable when the latest read that could tell shows it,
 * lost when it was known and the latest does not.
 */
export function setFull<T>(
  operations: readonly SetOperation<T>[],
  { linearizable = false }: { readonly linearizable?: boolean } = {},
): SetFullVerdict<T> {
  const elements = new Map<T, Seen>();
  const duplicated = new Set<T>();
  for (const operation of inTimeOrder(operations)) {
    if (operation.f === "add") noteAdd(elements, operation);
    else noteRead(elements, duplicated, operation);
  }
  const fates = [...elements].map(([element, seen]) => ({ element, seen, fate: fateOf(seen) }));
  const of = (fate: Fate): T[] => fates.filter((entry) => entry.fate === fate).map(({ element }) => element);
  const stale = fates.filter(({ seen, fate }) => fate === "stable" && isStale(seen)).map(({ element }) => element);
  const [stable, lost, neverRead] = [of("stable"), of("lost"), of("never-read")];
  const broken = lost.length > 0 || duplicated.size > 0 || (linearizable && stale.length > 0);
  const valid = broken ? false : stable.length === 0 ? "unknown" : true;
  return { valid, stable, lost, neverRead, stale, duplicated: [...duplicated] };
}

type Fate = "stable" | "lost" | "never-read";
type Add<T> = Extract<SetOperation<T>, { f: "add" }>;
type Read<T> = Extract<SetOperation<T>, { f: "read" }>;

const inTimeOrder = <T>(operations: readonly SetOperation<T>[]): SetOperation<T>[] =>
  operations.toSorted((a, b) => a.invokedAt - b.invokedAt);

function noteAdd<T>(elements: Map<T, Seen>, { element, okAt }: Add<T>): void {
  const seen = elements.get(element);
  if (seen === undefined) elements.set(element, { knownAt: okAt, presentAt: null, absentAt: null });
  else if (okAt !== null) seen.knownAt = Math.min(seen.knownAt ?? okAt, okAt);
}

function noteRead<T>(elements: Map<T, Seen>, duplicated: Set<T>, { elements: read, invokedAt, okAt }: Read<T>): void {
  const shown = new Set(read);
  if (shown.size < read.length) {
    for (const [at, element] of read.entries()) if (read.indexOf(element) !== at) duplicated.add(element);
  }
  // Elements that nobody has tried to add are no element of this set.
  for (const [element, seen] of elements) {
    if (!shown.has(element)) {
      seen.absentAt = invokedAt;
      continue;
    }
    seen.presentAt = invokedAt;
    seen.knownAt ??= okAt;
  }
}

function fateOf({ knownAt, presentAt, absentAt }: Seen): Fate {
  if (presentAt !== null && (absentAt === null || absentAt < presentAt)) return "stable";
  if (knownAt !== null && absentAt !== null && (presentAt ?? -1) < absentAt && knownAt < absentAt) return "lost";
  return "never-read";
}

const isStale = ({ knownAt, absentAt }: Seen): boolean => knownAt !== null && absentAt !== null && absentAt > knownAt;

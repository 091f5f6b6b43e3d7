import { type DurationMs, elapsed, later, type MonoMs } from "../../../protocol/index.ts";
import type { ContactTraits } from "./key-traits.ts";

/** What the world looked like when a finger came down: the owner's business, carried along unread. */
export interface Sight<Seen> {
  readonly seen: Seen;
  /** False while the owner takes no presses: what begins now never becomes a live one. */
  readonly live: boolean;
}

/** Edges that follow one another too fast to count. They are judged as one, from the first, once the contact rests. */
interface Burst<Seen> extends Sight<Seen> {
  readonly since: MonoMs;
  readonly last: MonoMs;
  /** Fixed when the burst begins: the bounce that shows the wear is itself still judged by the old window. */
  readonly settle: DurationMs;
}

/** One electrical contact, from its raw edges to the changes that count. */
export interface Contact<Seen> {
  /** As the last edge left it. */
  readonly closed: boolean;
  /** As it last rested. */
  readonly restedClosed: boolean;
  readonly burst: Burst<Seen> | null;
  /** The latest edges, oldest first, as many as may come in `edgesWithin` without being chatter. */
  readonly edges: readonly MonoMs[];
  /** When the chatter will be over; null: it does not chatter. */
  readonly quietAt: MonoMs | null;
}

export const RESTING: Contact<never> = { closed: false, restedClosed: false, burst: null, edges: [], quietAt: null };

/** A change that counts: the contact rests in another position than before. */
export interface Change<Seen> extends Sight<Seen> {
  readonly closed: boolean;
  readonly at: MonoMs;
}

/** Takes one raw edge. One that repeats the position adds nothing: its counterpart was lost on the way. */
export function touch<Seen>(
  contact: Contact<Seen>,
  closed: boolean,
  at: MonoMs,
  sight: Sight<Seen>,
  traits: ContactTraits,
): Contact<Seen> {
  if (contact.closed === closed) return contact;
  const settle = contact.quietAt === null ? traits.settle : traits.settleWorn;
  const burst = contact.burst ?? { since: at, seen: sight.seen, live: sight.live, settle };
  const tooMany = contact.edges.length === traits.edgesMax && isWithin(contact.edges[0], at, traits.edgesWithin);
  const edges = [...contact.edges, at].slice(-traits.edgesMax);
  return {
    closed,
    restedClosed: contact.restedClosed,
    burst: { ...burst, last: at },
    edges,
    quietAt: tooMany ? later(at, traits.chatterQuiet) : contact.quietAt,
  };
}

const isWithin = (first: MonoMs | undefined, at: MonoMs, span: DurationMs): boolean =>
  first !== undefined && elapsed(first, at) < span;

/** When the burst is over if no further edge comes; null: the contact rests. */
export const settlesAt = ({ burst }: Contact<unknown>): MonoMs | null =>
  burst === null ? null : later(burst.last, burst.settle);

/** The contact has been stable for long enough. Null: it is back where it was, and all of it was noise. */
export function rest<Seen>(contact: Contact<Seen>): readonly [Contact<Seen>, Change<Seen> | null] {
  const { burst, closed, restedClosed } = contact;
  const rested: Contact<Seen> = { ...contact, restedClosed: closed, burst: null };
  if (burst === null || closed === restedClosed) return [rested, null];
  return [rested, { closed, at: burst.since, seen: burst.seen, live: burst.live }];
}

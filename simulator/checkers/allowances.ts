import type { EntryOf, History } from "../history.ts";
import type { Evidence } from "./checker.ts";
import { isGuessed } from "./guessed.ts";
import { oncePerHistory } from "./once-per-history.ts";
import { type InputEntry, inputKey, storedAt } from "./timeline.ts";

// What the product is deliberately not held to. Every excuse that a checker makes stands here, and nowhere else:
// - a controller put back from an older copy has forgotten tickets and calls of the time between, and inputs whose card
//   is gone as well; it may give the same answer twice;
// - a card that was taken away took along what it had not sent, and a lying one what it had confirmed;
// - messages of a session that was taken over may arrive for some seconds after the new birth;
// - a clock that nobody trusts ends no day and opens no window until the hall's time is right again;
// - nobody in a hall can know that its one clock is wrong: a tap may be dated wrongly by as much as the hall's time was
//   ever off by then, and by what two quartzes at their worst have drifted apart meanwhile; but a clock that had never
//   been set is known to be, and what was guessed meanwhile is as right as the clock that was set;
// - a terminal that stood still dates what it then reads to the moment at which it stopped;
// - a terminal that the hall had never heard of when it settled a session was not waited for.

export const wasRestored = (history: History): boolean => history.of("controller-restored").length > 0;

/** An answer is under way for less than this. */
const ANSWER_MS = 1_000;

/** From each backup to its restore: what was issued then is known to nobody any more. */
export function forgottenTimes(history: History): (atMs: number) => boolean {
  const gaps = history.of("controller-restored").map(({ atMs, seq }) => {
    const taken = history.of("backup-taken").findLast((backup) => backup.seq === seq && backup.atMs <= atMs);
    return { from: (taken?.atMs ?? 0) - ANSWER_MS, to: atMs };
  });
  return (atMs) => gaps.some(({ from, to }) => atMs >= from && atMs <= to);
}

/** Inputs that went with their card, by key: unsent ones on a card that was replaced, and what a lying card lost. */
export const goneWithCards = oncePerHistory((history): ReadonlySet<string> => {
  const gone = new Set<string>();
  const here = new Map<string, InputEntry[]>();
  const done = new Map<string, number>();
  for (const entry of history.entries) {
    if (entry.type === "input-journalled") {
      const there = here.get(entry.terminalId);
      if (there === undefined) here.set(entry.terminalId, [entry]);
      else there.push(entry);
    } else if (entry.type === "ack-observed") {
      done.set(`${entry.terminalId}/${entry.stream}`, entry.upTo);
    } else if (entry.type === "card-replaced" || entry.type === "card-forgot") {
      for (const { stream, input } of here.get(entry.terminalId) ?? []) {
        const { seq } = input;
        const key = inputKey(entry.terminalId, stream, seq);
        const lost =
          entry.type === "card-forgot" ? seq >= entry.from : seq > (done.get(`${entry.terminalId}/${stream}`) ?? 0);
        if (lost) gone.add(key);
      }
      if (entry.type === "card-replaced") here.delete(entry.terminalId);
    }
  }
  return gone;
});

/**
 * Inputs that a restore has thrown away and that nobody can bring back: before they were given again, their card was
 * replaced, or it had begun a new stream, into which what was not acknowledged went under another key.
 */
export const goneWithRestores = oncePerHistory((history): ReadonlySet<string> => {
  const gone = new Set<string>();
  const replaced = history.of("card-replaced");
  const begun = history.of("stream-begun");
  const journalled = history.of("input-journalled");
  const acks = history.of("ack-observed");
  for (const { atMs, seq } of history.of("controller-restored")) {
    const copied = history.of("backup-taken").findLast((backup) => backup.seq === seq && backup.atMs <= atMs);
    for (const { terminalId, stream, input, atMs: madeAt } of journalled) {
      const { seq: place } = input;
      const answered = acks.filter(
        (ack) => ack.terminalId === terminalId && ack.stream === stream && ack.upTo >= place,
      );
      const isKnown = answered.some((ack) => ack.atMs <= (copied?.atMs ?? 0));
      const refilledAt = answered.find((ack) => ack.atMs > atMs)?.atMs ?? Number.POSITIVE_INFINITY;
      const isMeanwhile = (card: { readonly terminalId: string; readonly atMs: number }): boolean =>
        card.terminalId === terminalId && card.atMs > madeAt && card.atMs < refilledAt;
      // What its card knew acknowledged stays what it was; what it did not went into the new stream, under another key.
      const isCarried = begun.some((card) => isMeanwhile(card) && !answered.some((ack) => ack.atMs <= card.atMs));
      const isAway = isCarried || replaced.some(isMeanwhile);
      if (isAway && !isKnown) gone.add(inputKey(terminalId, stream, place));
    }
  }
  return gone;
});

/**
 * Inputs that a full card had let go of when a restore threw them away, or before they were given again: only a card of
 * that size can be asked for them.
 */
export function goneWithQuota(history: History): ReadonlySet<string> {
  const gone = new Set<string>();
  const drops = history.of("card-dropped");
  if (drops.length === 0) return gone;
  const acks = history.of("ack-observed");
  for (const restored of history.of("controller-restored")) {
    for (const { terminalId, stream, seq, atMs } of drops) {
      const again = acks.find(
        (ack) => ack.terminalId === terminalId && ack.stream === stream && ack.upTo >= seq && ack.atMs > restored.atMs,
      );
      if (atMs < (again?.atMs ?? Number.POSITIVE_INFINITY)) gone.add(inputKey(terminalId, stream, seq));
    }
  }
  return gone;
}

/** Inputs that went for whatever of these reasons. */
export const goneForGood = oncePerHistory(
  (history): ReadonlySet<string> =>
    goneWithCards(history).union(goneWithRestores(history)).union(goneWithQuota(history)),
);

/** Terminals whose card lied: the same seq may have meant two things. */
export const liedTo = (history: History): ReadonlySet<string> =>
  new Set(history.of("card-forgot").map(({ terminalId }) => terminalId));

/** Streams that a terminal began because the controller knew more of the old one than its card did. */
export const streamsBegun = (history: History): ReadonlySet<string> =>
  new Set(history.of("stream-begun").map(({ terminalId, stream }) => `${terminalId}/${stream}`));

/** A session that is taken over is heard for this long at most. */
const STRAGGLING_MS = 6_000;

/** Whether what came from a terminal at this time may still have been its former session's. */
export function straggling(history: History): (terminalId: string, atMs: number) => boolean {
  const opened: readonly EntryOf<"session-opened">[] = history.of("session-opened");
  return (terminalId, atMs) =>
    opened.some((entry) => entry.terminalId === terminalId && atMs >= entry.atMs && atMs <= entry.atMs + STRAGGLING_MS);
}

/** What a terminal reads so soon after a standstill is dated to its last beat before it. Milliseconds, both ways. */
const CATCHING_UP_MS = 1_000;

/** By how many milliseconds a terminal that has just stood still may date what it reads too early. */
export const stoodStill = (history: History, terminalId: string, atMs: number): number =>
  history
    .of("stood-still")
    .filter(
      ({ node, atMs: from, forMs }) => node === terminalId && atMs >= from && atMs <= from + forMs + CATCHING_UP_MS,
    )
    .reduce((most, { forMs }) => Math.max(most, forMs + CATCHING_UP_MS), 0);

/** Quartzes at their worst, where nobody says how good they are: parts per million. */
const DRIFT_PPM_MAX = 500;
type WhatWasTimed = Pick<Evidence, "history" | "events" | "driftPpm">;
const offs = new WeakMap<readonly unknown[], (seq: number) => number>();

/** By how many milliseconds the hall's time may have been wrong, as far as anybody in it knows, by an event. */
export function hallTimeOff(evidence: WhatWasTimed, seq: number): number {
  const { events } = evidence;
  const known = offs.get(events) ?? offsIn(evidence);
  offs.set(events, known);
  return known(seq);
}

function offsIn({ history, events, driftPpm = DRIFT_PPM_MAX }: WhatWasTimed): (seq: number) => number {
  const apart = (2 * driftPpm) / 1e6; // Both, against each other.
  const timeOf = storedAt({ history });
  const beganMs = history.entries[0]?.atMs ?? 0;
  const most: number[] = [0];
  let off = 0;
  for (const event of events) {
    const { seq, recordedAtMs } = event;
    if (!isGuessed(event)) off = Math.max(off, Math.abs(recordedAtMs - timeOf(seq)));
    most[seq] = off + apart * (timeOf(seq) - beganMs);
  }
  return (seq) => most[seq] ?? most.at(-1) ?? 0;
}

import type { HallEvent } from "../../controller/index.ts";

type Setting = Extract<HallEvent, { type: "clock.set" }>;

/**
 * What the hall states of the doubt about an event that it recorded on a guessed time, milliseconds, now that its clock
 * is set: its own interval where the machine has run on; after a reboot everything from the guess to that boot; and for
 * what only its terminal could date, that terminal's word.
 */
export function doubtSaid(events: readonly HallEvent[]): (event: HallEvent) => number {
  const settings = events.filter((event): event is Setting => event.type === "clock.set");
  return (event) => {
    const { guess, occurredAtMs: from, occurredUntilMs: to } = event;
    const setting = settings.find(({ seq }) => seq > event.seq);
    if (guess === undefined || setting === undefined) return to - from;
    const { boot, bootedAtMs } = setting.data;
    const behind = boot === guess.boot ? bootedAtMs + guess.ms - event.recordedAtMs : null;
    const [toldFrom, toldTo] = guess.toldMs ?? [null, null];
    if (behind !== null && behind < 0) return to - from - behind; // Not set, but met: before, or as it was.
    const latest = toldTo ?? (behind === null ? Math.max(to, bootedAtMs) : to + behind);
    return Math.max(0, latest - (toldFrom ?? from + (behind ?? 0)));
  };
}

/** seq with which the hall has known when an event was: its own, or that of the setting of the clock that moved it. */
export function knownSince(events: readonly HallEvent[], { seq, guess }: HallEvent): number {
  if (guess === undefined) return seq;
  return events.find((event) => event.type === "clock.set" && event.seq > seq)?.seq ?? seq;
}

/** Its time was a guess then, and no excuse: the clock is set in the end, and the machine's own clock knew. */
export const isGuessed = ({ guess }: HallEvent): boolean => guess !== undefined;

import { epochMs } from "../../protocol/index.ts";
import type { Command } from "./commands.ts";
import { CONTROLLER, draft } from "./drafts.ts";
import type { EventDraft, HallEvent } from "./events.ts";
import type { Folds } from "./fold.ts";
import type { HallState, HallView } from "./state.ts";

/**
 * The clock has been set, and events are on record whose time was guessed before: since when, and when this boot of the
 * machine began by the clock that is right now. Also said by a later start, when the one that guessed did not live to.
 */
export function noteSetting(hall: HallView, { at, clockTrusted, guessed, mark }: Command): EventDraft[] {
  const { guess } = hall;
  if (guess === null || guessed === true || !clockTrusted || mark === undefined) return [];
  const bootedAtMs = epochMs(Math.floor(at - mark.ms));
  const byMs = guess.boot === mark.boot ? bootedAtMs + guess.ms - guess.atMs : null;
  return [draft("clock.set", { fromSeq: guess.fromSeq, boot: mark.boot, bootedAtMs, byMs }, CONTROLLER)];
}

/** To be called with every event. */
export function noteGuess(hall: HallState, { guess, seq, recordedAtMs }: HallEvent): void {
  if (guess === undefined) return;
  const { boot, ms } = guess;
  hall.guess = { fromSeq: hall.guess?.fromSeq ?? seq, boot, ms, atMs: recordedAtMs };
}

export const clockFolds: Folds<"clock.set"> = {
  "clock.set": (hall) => {
    hall.guess = null;
  },
};

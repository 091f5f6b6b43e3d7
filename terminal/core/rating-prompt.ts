import {
  type DurationMs,
  elapsed,
  later,
  type Level,
  type MonoMs,
  monoMs,
  RATING_KEEP,
  RATING_WINDOW,
  unreachable,
  type VisitId,
} from "../../protocol/index.ts";
import type { Step } from "./step.ts";
import { THANKS_SHOWN } from "./timings.ts";

/** Finished visits that can still turn up: in a face that lags behind, or in the journal after a restart. */
const CLOSED_KEPT_MAX = 64;

interface Closed {
  /** Visits whose window is over here, oldest first: they never open again. */
  readonly closed: readonly VisitId[];
}

/**
 * The citizen's keypad. `committing`: a key was pressed and is on its way to the journal; no thanks yet, no second key.
 */
export type RatingPrompt = Closed &
  (
    | { readonly phase: "dark" }
    | {
        readonly phase: "asking";
        readonly visitId: VisitId;
        readonly openedAt: MonoMs;
        readonly closesAt: MonoMs;
      }
    | { readonly phase: "committing" | "thanks"; readonly visitId: VisitId; readonly level: Level }
  );

export type RatingInput =
  | { readonly type: "visit-finished"; readonly visitId: VisitId; readonly at: MonoMs }
  /** A face says that this window is open for `remaining` more. Says so again and again. */
  | { readonly type: "window-offered"; readonly visitId: VisitId; readonly remaining: DurationMs; readonly at: MonoMs }
  | { readonly type: "key-pressed"; readonly level: Level; readonly at: MonoMs }
  | { readonly type: "rating-journalled"; readonly visitId: VisitId }
  | { readonly type: "rating-not-journalled"; readonly visitId: VisitId }
  | { readonly type: "visit-at-counter"; readonly visitId: VisitId; readonly started: boolean; readonly at: MonoMs }
  | { readonly type: "window-due"; readonly visitId: VisitId; readonly at: MonoMs }
  | { readonly type: "thanks-due"; readonly visitId: VisitId };

export type RatingEffect =
  | { readonly type: "journal-rating"; readonly visitId: VisitId; readonly level: Level; readonly at: MonoMs }
  | { readonly type: "wake-for-window"; readonly visitId: VisitId; readonly after: DurationMs }
  | { readonly type: "wake-for-thanks"; readonly visitId: VisitId; readonly after: DurationMs }
  | { readonly type: "stray-key" };

type RatingStep = Step<RatingPrompt, RatingEffect>;
type Asking = Extract<RatingPrompt, { phase: "asking" }>;

/** `rated`: visits the journal already holds a rating for; a citizen does not rate again because of a power cut. */
export const darkPrompt = (rated: readonly VisitId[]): RatingPrompt => ({
  phase: "dark",
  closed: rated.slice(-CLOSED_KEPT_MAX),
});

export function stepRatingPrompt(state: RatingPrompt, input: RatingInput): RatingStep {
  switch (input.type) {
    case "visit-finished":
      return open(state, input.visitId, input.at, RATING_WINDOW);
    case "window-offered":
      return offered(state, input);
    case "key-pressed":
      return keyPressed(state, input.level, input.at);
    case "rating-journalled":
    case "rating-not-journalled":
      return committed(state, input);
    case "visit-at-counter":
      return nextVisit(state, input);
    case "window-due": // Perhaps of an earlier visit, or before a window was shortened: recognised, never cancelled.
      if (state.phase !== "asking" || state.visitId !== input.visitId || input.at < state.closesAt) return [state, []];
      return [close(state), []];
    case "thanks-due":
      return [state.phase === "thanks" && state.visitId === input.visitId ? dark(state.closed) : state, []];
    default:
      return unreachable(input);
  }
}

/** The keypad as it is lit. */
export function keypadOf(state: RatingPrompt): "dark" | "asking" | "thanks" {
  return state.phase === "asking" || state.phase === "thanks" ? state.phase : "dark";
}

const dark = (closed: readonly VisitId[]): RatingPrompt => ({ phase: "dark", closed });

function open(state: RatingPrompt, visitId: VisitId, at: MonoMs, remaining: DurationMs): RatingStep {
  if (remaining <= 0 || state.closed.includes(visitId)) return [state, []];
  if (state.phase !== "dark" && state.visitId === visitId) return [state, []];
  const { closed } = close(state);
  const openedAt = monoMs(Math.min(at, at + remaining - RATING_WINDOW)); // A window met half-way opened half ago.
  const asking: RatingPrompt = { phase: "asking", visitId, openedAt, closesAt: later(at, remaining), closed };
  return [asking, [{ type: "wake-for-window", visitId, after: remaining }]];
}

function offered(state: RatingPrompt, input: Extract<RatingInput, { type: "window-offered" }>): RatingStep {
  const { visitId, remaining, at } = input;
  if (state.phase === "asking" && state.visitId === visitId) return shorten(state, later(at, remaining), at);
  // Another window is already open here: the face lags behind our own keys.
  return state.phase === "asking" || state.phase === "committing" ? [state, []] : open(state, visitId, at, remaining);
}

function shorten(state: Asking, closesAt: MonoMs, at: MonoMs): RatingStep {
  if (closesAt >= state.closesAt) return [state, []];
  if (closesAt <= at) return [close(state), []];
  const after = elapsed(at, closesAt);
  return [{ ...state, closesAt }, [{ type: "wake-for-window", visitId: state.visitId, after }]];
}

function keyPressed(state: RatingPrompt, level: Level, at: MonoMs): RatingStep {
  // A stray key rates nobody.
  if (state.phase !== "asking" || at >= state.closesAt) return [state, [{ type: "stray-key" }]];
  const { visitId } = state;
  const closed = remember(state.closed, visitId);
  return [{ phase: "committing", visitId, level, closed }, [{ type: "journal-rating", visitId, level, at }]];
}

function committed(
  state: RatingPrompt,
  input: Extract<RatingInput, { type: "rating-journalled" | "rating-not-journalled" }>,
): RatingStep {
  if (state.phase !== "committing" || state.visitId !== input.visitId) return [state, []];
  if (input.type === "rating-not-journalled") return [dark(state.closed), []];
  const wake: RatingEffect = { type: "wake-for-thanks", visitId: state.visitId, after: THANKS_SHOWN };
  return [{ ...state, phase: "thanks" }, [wake]];
}

/** The next is called: the keypad stays with the last one for RATING_KEEP, or until the next is being served. */
function nextVisit(state: RatingPrompt, input: Extract<RatingInput, { type: "visit-at-counter" }>): RatingStep {
  if (state.phase === "dark" || state.phase === "committing" || state.visitId === input.visitId) return [state, []];
  if (input.started) return [close(state), []];
  return state.phase === "asking" ? shorten(state, later(state.openedAt, RATING_KEEP), input.at) : [state, []];
}

const close = (state: RatingPrompt): RatingPrompt =>
  state.phase === "dark" ? state : dark(remember(state.closed, state.visitId));

const remember = (closed: readonly VisitId[], visitId: VisitId): readonly VisitId[] =>
  closed.includes(visitId) ? closed : [...closed, visitId].slice(-CLOSED_KEPT_MAX);

import { HEALTH_PERIOD, KEY_SETTLE, type MonoMs, unreachable } from "../../protocol/index.ts";
import { type Effect, wake } from "./effects.ts";
import { hallTimeAt } from "./hall-time.ts";
import type { InputOf } from "./inputs.ts";
import { ratingKeyMoves } from "./key-gestures.ts";
import { reconnect, uplink } from "./on-link.ts";
import { overlayDue, press } from "./on-messages.ts";
import { keys, rating } from "./on-people.ts";
import { noticesTold } from "./plate.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { JOURNAL_PROBE_PERIOD, NOTICE_TURN, PRUNE_PERIOD } from "./timings.ts";

/** What runs from start to end, each wake arming the next. */
export const STANDING_WAKES: readonly Effect[] = [
  wake(HEALTH_PERIOD, { for: "health" }),
  wake(PRUNE_PERIOD, { for: "prune" }),
];

/** For a terminal whose journal takes nothing. */
export const PROBE_WAKE: Effect = wake(JOURNAL_PROBE_PERIOD, { for: "journal-probe" });

export function woken(state: TerminalState, { token, at }: InputOf<"woken">): TerminalStep {
  switch (token.for) {
    case "key":
      return keys(state, { type: "woken", key: token.key, due: token.due, at }, at);
    case "answer":
      return press(state, { type: "answer-due", seq: token.seq });
    case "expiry":
      return press(state, { type: "expired", seq: token.seq });
    case "overlay":
      return overlayDue(state, token.seq);
    case "rating-window":
      // A key that went down inside the window counts, also when it comes to rest after it.
      if (ratingKeyMoves(state.keys)) return [state, [wake(KEY_SETTLE, token)]];
      return rating(state, { type: "window-due", visitId: token.visitId, at });
    case "rating-thanks":
      return rating(state, { type: "thanks-due", visitId: token.visitId });
    case "flash":
      return [state.flash?.number === token.number ? { ...state, flash: null } : state, []];
    case "reconnect":
      return reconnect(state, token.attempt);
    case "resend":
      return uplink(state, { type: "resend-due", at });
    case "notice":
      return turnNotices({ ...state, noticeTurn: state.noticeTurn + 1, noticesTurn: false });
    case "journal-probe":
      return [state, state.journalFault === null ? [] : [{ type: "probe-journal" }]];
    case "health":
      return [state, [...health(state, at), wake(HEALTH_PERIOD, { for: "health" })]];
    case "prune":
      return [state, [...prune(state, at), wake(PRUNE_PERIOD, { for: "prune" })]];
    default:
      return unreachable(token);
  }
}

/** Only several notices take turns: a terminal with one thing to say sleeps. */
export function turnNotices(state: TerminalState): TerminalStep {
  const { desired } = state.face;
  if (state.noticesTurn || desired === null || noticesTold(desired).length < 2) return [state, []];
  return [{ ...state, noticesTurn: true }, [wake(NOTICE_TURN, { for: "notice" })]];
}

function health(state: TerminalState, at: MonoMs): readonly Effect[] {
  if (!state.link.up) return [];
  const { head, done } = state.uplink;
  const { hallMs, synced } = hallTimeAt(state.hallTime, at);
  return [{ type: "publish-health", head, done, counters: state.counters, hallMs: synced ? hallMs : null }];
}

/** By hall time only: the box's own clock may be years off after a power cut, and would empty the journal. */
function prune(state: TerminalState, at: MonoMs): readonly Effect[] {
  const { hallMs, synced } = hallTimeAt(state.hallTime, at);
  return synced ? [{ type: "prune", hallMs }] : [];
}

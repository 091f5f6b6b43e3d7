import { HEALTH_PERIOD, KEY_SETTLE, type MonoMs, unreachable } from "../../protocol/index.ts";
import { type Effect, wake } from "./effects.ts";
import { hallTimeAt } from "./hall-time.ts";
import type { InputOf } from "./inputs.ts";
import { ratingKeyMoves } from "./key-gestures.ts";
import { reconnect, uplink } from "./on-link.ts";
import { overlayDue, press } from "./on-messages.ts";
import { keys, rating } from "./on-people.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { NOTICE_TURN, PRUNE_PERIOD } from "./timings.ts";

/** What runs from start to end, each wake arming the next. */
export const STANDING_WAKES: readonly Effect[] = [
  wake(HEALTH_PERIOD, { for: "health" }),
  wake(NOTICE_TURN, { for: "notice" }),
  wake(PRUNE_PERIOD, { for: "prune" }),
];

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
      return [{ ...state, noticeTurn: state.noticeTurn + 1 }, [wake(NOTICE_TURN, { for: "notice" })]];
    case "health":
      return [state, [...health(state, at), wake(HEALTH_PERIOD, { for: "health" })]];
    case "prune":
      return [state, [...prune(state, at), wake(PRUNE_PERIOD, { for: "prune" })]];
    default:
      return unreachable(token);
  }
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

import { milliseconds, type MonoMs, RATING_WINDOW, type RatingView, unreachable } from "../../protocol/index.ts";
import { doing, inTurn } from "./compose.ts";
import { counted } from "./counters.ts";
import { effectiveFace, keyContextOf } from "./face.ts";
import { sameMeaning } from "./gestures.ts";
import { type HallTime, hallTimeAt } from "./hall-time.ts";
import type { TerminalInput } from "./inputs.ts";
import { journalled, journalProbed, journalRefused, streamBegun } from "./on-journal.ts";
import { connect, linkDown, linkUp, uplink } from "./on-link.ts";
import { ackHeard, commandHeard, controllerHeard, desiredHeard } from "./on-messages.ts";
import { badgePresented, deviceSpoke, keyEdge, keys, rating } from "./on-people.ts";
import { PROBE_WAKE, STANDING_WAKES, turnNotices, woken } from "./on-wake.ts";
import { changesOf } from "./shown.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { shownBy } from "./view.ts";

/**
 * The counter terminal: what happened -> the next state and what to do about it. Pure. After every input the machines
 * that follow the face are told of a change, and the devices get what differs from what they show.
 */
export function stepTerminal(state: TerminalState, input: TerminalInput): TerminalStep {
  let [next, effects] = dispatch(state, input);
  const then = ([after, more]: TerminalStep): void => {
    next = after;
    if (more.length > 0) effects = [...effects, ...more]; // Mostly there are none.
  };
  if (input.type === "started" || hasMoved(state, next)) then(followFace(next, input.at));
  if (state.face !== next.face) then(followMeaning(state, next, input.at));
  if (!showsTheSame(state, next)) then(show(next));
  return [next, effects];
}

/** Most inputs change nothing that `shownBy` reads, which is this: then nothing is laid out anew. */
const showsTheSame = (before: TerminalState, state: TerminalState): boolean =>
  state.shown !== null &&
  before.face === state.face &&
  before.link === state.link &&
  before.press === state.press &&
  before.rating === state.rating &&
  before.flash === state.flash &&
  before.clockTrusted === state.clockTrusted &&
  before.journalFault === state.journalFault &&
  before.noticeTurn === state.noticeTurn;

function show(state: TerminalState): TerminalStep {
  const shown = shownBy(state);
  const changes = changesOf(state.shown, shown);
  return changes.length === 0 ? [state, []] : [{ ...state, shown }, changes];
}

function dispatch(state: TerminalState, input: TerminalInput): TerminalStep {
  switch (input.type) {
    case "started":
      return inTurn(state, doing(...STANDING_WAKES, ...(state.journalFault === null ? [] : [PROBE_WAKE])), connect);
    case "key-edge":
      return keyEdge(state, input);
    case "badge-presented":
      return badgePresented(state, input);
    case "badge-frame-bad":
      return [counted(state, "badgeFramesBad"), []];
    case "device-spoke":
      return deviceSpoke(state, input);
    case "journalled":
      return journalled(state, input);
    case "journal-refused":
      return journalRefused(state, input);
    case "journal-probed":
      return journalProbed(state, input);
    case "journal-pruned":
      return uplink(state, { type: "pruned", tail: input.tail });
    case "stream-begun":
      return streamBegun(state, input);
    case "link-up":
      return linkUp(state, input);
    case "link-down":
      return linkDown(state, input);
    case "message-refused":
      return [counted(state, "messagesRefused"), []];
    case "ack-heard":
      return ackHeard(state, input);
    case "desired-heard":
      return desiredHeard(state, input);
    case "controller-heard":
      return controllerHeard(state, input);
    case "command-heard":
      return commandHeard(state, input);
    case "woken":
      return woken(state, input);
    default:
      return unreachable(input);
  }
}

const hasMoved = (before: TerminalState, state: TerminalState): boolean =>
  before.face !== state.face || before.hallTime !== state.hallTime;

/** Notices, and the keypad's open window and next citizen, follow a face that may have changed. */
function followFace(state: TerminalState, at: MonoMs): TerminalStep {
  const { desired } = state.face;
  const window = desired?.rating ?? null;
  const visit = effectiveFace(state.face)?.visit ?? null;
  return inTurn(
    state,
    (next) =>
      window === null
        ? [next, []]
        : rating(next, { type: "window-offered", at, ...windowOf(window, next.hallTime, at) }),
    (next) => {
      if (visit === null) return [next, []];
      const { visitId, phase } = visit;
      return rating(next, { type: "visit-at-counter", visitId, started: phase === "serving", at });
    },
    turnNotices,
  );
}

/** How long the window stays open. Before the first hall time it counts as just opened; the first ack corrects it. */
function windowOf({ visitId, openedAtMs, closesAtMs }: RatingView, hallTime: HallTime, at: MonoMs) {
  const { hallMs, synced } = hallTimeAt(hallTime, at);
  const length = Math.min(closesAtMs - openedAtMs, RATING_WINDOW);
  const remaining = synced ? Math.min(closesAtMs - hallMs, length) : length;
  return { visitId, remaining: milliseconds(Math.max(0, remaining)) };
}

/** A change of what the keys mean makes them dead for a while, whoever changed it. */
function followMeaning(before: TerminalState, state: TerminalState, at: MonoMs): TerminalStep {
  if (sameMeaning(keyContextOf(before.face), keyContextOf(state.face))) return [state, []];
  return keys(state, { type: "meaning-changed", at }, at);
}

import { monoMs, unreachable } from "../../protocol/index.ts";
import { doing, inTurn } from "./compose.ts";
import type { Draft } from "./draft.ts";
import { logged } from "./effects.ts";
import type { InputOf, JournalFault } from "./inputs.ts";
import { uplink } from "./on-link.ts";
import { press } from "./on-messages.ts";
import { rating } from "./on-people.ts";
import { PROBE_WAKE } from "./on-wake.ts";
import { flash, refuse } from "./orders.ts";
import { NO_PRESS } from "./pending-press.ts";
import { NOTES } from "./refusals.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { offlineUplink } from "./uplink.ts";

// What the journal answers. Only here is anything accepted: beep, thanks and the wire all wait for it.

export const journalled = (state: TerminalState, { draft, seq, at }: InputOf<"journalled">): TerminalStep =>
  inTurn(
    state,
    (next) => journalFault(next, null),
    (next) => acknowledgeOnTheSpot(next, draft),
    (next) => machinesTold(next, draft, seq),
    (next) => uplink(next, { type: "journalled", seq, at }),
  );

/** Beeps for the clerk, not for the citizen's rating, and not for a device that fails by itself. */
function acknowledgeOnTheSpot(state: TerminalState, { type }: Draft): TerminalStep {
  if (type === "rating-given" || type === "device-fault") return [state, []];
  const beep = { type: "beep", pattern: "accepted" } as const;
  const note =
    type === "badge-presented"
      ? NOTES.badgeRecorded
      : type === "assistance-requested"
        ? NOTES.assistanceRequested
        : null;
  return inTurn(state, doing(beep), (next) => (note === null ? [next, []] : flash(next, note, "normal")));
}

function machinesTold(state: TerminalState, draft: Draft, seq: number): TerminalStep {
  switch (draft.type) {
    case "service-started":
      return [withOverlaySeq(state, seq), []];
    case "service-finished": {
      const { visitId } = draft.body;
      return rating(withOverlaySeq(state, seq), { type: "visit-finished", visitId, at: monoMs(draft.monoMs) });
    }
    case "rating-given":
      return rating(state, { type: "rating-journalled", visitId: draft.body.visitId });
    case "badge-presented":
    case "assistance-requested":
    case "device-fault":
      return [state, []];
    case "call-next":
    case "recall":
    case "no-show":
    case "disarm":
    case "hold":
    case "recall-held":
    case "pause":
    case "resume":
    case "cycle-pause":
    case "pause-planned":
    case "pause-unplanned":
      return press(state, { type: "journalled", seq });
    default:
      return unreachable(draft);
  }
}

function withOverlaySeq(state: TerminalState, seq: number): TerminalState {
  const { overlay } = state.face;
  if (overlay === null || overlay.seq !== null) return state;
  return { ...state, face: { ...state.face, overlay: { ...overlay, seq } } };
}

export const journalProbed = (state: TerminalState, { fault }: InputOf<"journal-probed">): TerminalStep =>
  inTurn(
    state,
    (next) => journalFault(next, fault),
    (next) => [next, next.journalFault === null ? [] : [PROBE_WAKE]],
  );

/** The sign on the plate stands from the first refusal until the journal has taken something again. */
function journalFault(state: TerminalState, fault: JournalFault | null): TerminalStep {
  if (state.journalFault === fault) return [state, []];
  const said = fault === null ? logged("journal.writable") : logged("journal.unwritable", { reason: fault }, "error");
  return [{ ...state, journalFault: fault }, [said]];
}

/** Nothing more may be promised, and what was shown is taken back. */
export function journalRefused(
  state: TerminalState,
  { draft, reason = "journal-full" }: InputOf<"journal-refused">,
): TerminalStep {
  const probes = state.journalFault === null ? [PROBE_WAKE] : [];
  const { overlay } = state.face;
  const face = overlay !== null && overlay.seq === null ? { ...state.face, overlay: null } : state.face;
  return inTurn(
    { ...state, face },
    (next) => journalFault(next, reason),
    doing(...probes),
    (next) => press(next, { type: "not-journalled" }),
    (next) =>
      draft.type === "rating-given"
        ? rating(next, { type: "rating-not-journalled", visitId: draft.body.visitId })
        : [next, []],
    (next) => refuse(next, reason),
  );
}

/** What is under way has new numbers now: nobody can tell any more which answer is to which press. */
export function streamBegun(state: TerminalState, { journal, at }: InputOf<"stream-begun">): TerminalStep {
  const { armed } = state.uplink;
  const begun: TerminalState = {
    ...state,
    stream: journal.stream,
    uplink: { ...offlineUplink(journal), armed },
    press: NO_PRESS,
  };
  return inTurn(begun, doing(logged("journal.stream-begun", { head: journal.head }, "warn")), (next) =>
    next.link.up ? uplink(next, { type: "connected", at }) : [next, []],
  );
}

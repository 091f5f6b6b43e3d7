import type { CounterPhase, TicketNumber } from "../../protocol/index.ts";
import { effectiveFace, keyContextOf } from "./face.ts";
import { lampsOf } from "./lamps.ts";
import { layoutPlate } from "./plate.ts";
import { keypadOf } from "./rating-prompt.ts";
import type { Shown } from "./shown.ts";
import { isConnected, type TerminalState } from "./terminal-state.ts";

/** What somebody standing at the window sees, and what the keys are about. For panels and tests. */
export interface TerminalView extends Shown {
  readonly connected: boolean;
  readonly phase: CounterPhase | null;
  readonly ticketNumber: TicketNumber | null;
  /** An intent waits for its answer. */
  readonly pending: boolean;
}

export function shownBy(state: TerminalState): Shown {
  const face = effectiveFace(state.face);
  const connected = isConnected(state);
  const { terminal, clockTrusted, press, flash, noticeTurn } = state;
  const unconfirmed = press.phase === "unconfirmed" || press.phase === "expired";
  return {
    lamps: lampsOf(face, keyContextOf(state.face), press, connected),
    plate: layoutPlate({
      terminal,
      face,
      connected,
      clockTrusted,
      unconfirmed,
      flash,
      noticeTurn,
      hallUnwritable: state.link.hallUnwritable === true,
      journalUnwritable: state.journalFault !== null,
    }),
    keypad: keypadOf(state.rating),
  };
}

/** Most inputs change nothing that `viewOf` reads: then no view is drawn anew. */
export const looksTheSame = (a: TerminalState, b: TerminalState): boolean =>
  a.shown !== null && a.shown === b.shown && a.face === b.face && a.link === b.link && a.press === b.press;

export function viewOf(state: TerminalState): TerminalView {
  const face = effectiveFace(state.face);
  return {
    ...(state.shown ?? shownBy(state)),
    connected: isConnected(state),
    phase: face?.phase ?? null,
    ticketNumber: face?.nameplate.ticketNumber ?? null,
    pending: state.press.phase !== "none",
  };
}

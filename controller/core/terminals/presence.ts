import type { FormerStream, StreamId, TerminalId, TerminalState } from "../../../protocol/index.ts";
import { endArming } from "../counters/arming.ts";
import { counterAt } from "../counters/counter.ts";
import { byTerminal, CONTROLLER, draft } from "../drafts.ts";
import type { EventDraft, LossSign } from "../events.ts";
import type { Folds } from "../fold.ts";
import { cursorKey, type HallView } from "../state.ts";

/** A terminal that claims to have seen an epoch further ahead than this is not believed. */
const EPOCH_JUMP_MAX = 1_000_000;

/** A birth. One of an older session of the same stream is ignored (I10). */
export function noteBirth(hall: HallView, terminalId: TerminalId, birth: TerminalState): EventDraft[] {
  const known = hall.terminals.get(terminalId);
  const { stream, session, boot, firmware, epochSeen } = birth;
  if (known?.stream === stream && session <= known.session) return [];
  const actor = byTerminal(terminalId);
  const born = draft("terminal.born", { terminalId, stream, session, boot, firmware, epochSeen }, actor);
  return [
    born,
    ...linkLostAt(hall, terminalId),
    ...missingInputs(hall, terminalId, birth),
    ...(birth.former ?? []).flatMap((former) => missingFormer(hall, terminalId, former)),
    ...raisedEpoch(hall, terminalId, epochSeen),
  ];
}

/** Inputs the terminal has pruned and we never got: said, instead of waited for (I4). */
function missingInputs(
  hall: HallView,
  terminalId: TerminalId,
  { stream, tail }: Pick<TerminalState, "stream" | "tail">,
): EventDraft[] {
  const from = (hall.cursors.get(cursorKey(terminalId, stream)) ?? 0) + 1;
  if (tail <= from) return [];
  return [draft("stream.hole", { terminalId, stream, from, to: tail - 1 }, CONTROLLER)];
}

/** Of a stream that was left behind: only a log that lacks something of it has anything to say. */
function missingFormer(hall: HallView, terminalId: TerminalId, former: FormerStream): EventDraft[] {
  const isLacking = (hall.cursors.get(cursorKey(terminalId, former.stream)) ?? 0) < former.head;
  return isLacking ? missingInputs(hall, terminalId, former) : [];
}

/** A restored log would hand out an epoch again that terminals already know: it jumps past the highest. */
function raisedEpoch(hall: HallView, seenBy: TerminalId, epochSeen: number): EventDraft[] {
  if (epochSeen <= hall.epoch || epochSeen > hall.epoch + EPOCH_JUMP_MAX) return [];
  return [draft("epoch.raised", { epoch: epochSeen + 1, seenBy }, CONTROLLER)];
}

/** A loss counts only for the session that is running: a late will must not declare a living terminal dead (I9). */
export function noteLoss(
  hall: HallView,
  loss: {
    readonly terminalId: TerminalId;
    readonly stream: StreamId;
    readonly session: number;
    readonly sign: LossSign;
  },
): EventDraft[] {
  const known = hall.terminals.get(loss.terminalId);
  const isRunning = known?.online === true && known.stream === loss.stream && known.session === loss.session;
  if (!isRunning) return [];
  const { terminalId, stream, session, sign } = loss;
  return [draft("terminal.lost", { terminalId, stream, session, sign }, CONTROLLER), ...linkLostAt(hall, terminalId)];
}

/** A new session means that the link was lost too, whether the will was heard or not. */
function linkLostAt(hall: HallView, terminalId: TerminalId): EventDraft[] {
  const counter = counterAt(hall, terminalId);
  return counter === null ? [] : endArming(counter, "link-lost");
}

export const presenceFolds: Folds<"terminal.born" | "terminal.lost" | "stream.hole" | "epoch.raised"> = {
  "terminal.born": (hall, { data, recordedAtMs }) => {
    const { terminalId, stream, session, firmware } = data;
    hall.terminals.set(terminalId, { terminalId, stream, session, firmware, online: true, sinceMs: recordedAtMs });
  },
  "terminal.lost": (hall, { data, recordedAtMs }) => {
    const terminal = hall.terminals.get(data.terminalId);
    if (terminal === undefined) return;
    terminal.online = false;
    terminal.sinceMs = recordedAtMs;
  },
  "stream.hole": (hall, { data }) => {
    hall.cursors.set(cursorKey(data.terminalId, data.stream), data.to);
  },
  "epoch.raised": (hall, { data }) => {
    hall.epoch = data.epoch;
  },
};

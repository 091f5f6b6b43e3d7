import {
  type Ack,
  type DurationMs,
  elapsed,
  IN_FLIGHT_MAX,
  INPUTS_PER_ENVELOPE_MAX,
  milliseconds,
  type MonoMs,
  monoMs,
  NEED_INTERVAL,
  RESEND_AFTER,
  unreachable,
} from "../../protocol/index.ts";
import type { Step } from "./step.ts";

/**
 * What of the journal has to be sent now. `tail` and `head` are the journal's ends; everything up to `acked` is
 * committed by the controller that answered last, everything up to `sent` is under way to it. A controller restored
 * from a backup answers less than the journal knows acknowledged (`done`), and gets its history again.
 */
export interface Uplink {
  readonly phase: "offline" | "resyncing" | "online";
  readonly tail: number;
  readonly head: number;
  readonly done: number;
  readonly acked: number;
  readonly sent: number;
  /** When the oldest unacknowledged input was last sent, or moved on. */
  readonly movedAt: MonoMs;
  /** One wake is under way for the resend; more would multiply. */
  readonly armed: boolean;
  readonly neededAt: MonoMs | null;
  /** Epoch of the last ack: a new one starts the reckoning afresh. */
  readonly epoch: number;
}

export type UplinkInput =
  | { readonly type: "connected"; readonly at: MonoMs }
  | { readonly type: "disconnected" }
  | { readonly type: "journalled"; readonly seq: number; readonly at: MonoMs }
  | { readonly type: "pruned"; readonly tail: number }
  /** Already checked: this stream's, and of no lower epoch than any heard. */
  | { readonly type: "acknowledged"; readonly ack: Ack; readonly at: MonoMs }
  /** Another controller than the one that answered last speaks over the same connection. */
  | { readonly type: "epoch-changed"; readonly at: MonoMs }
  | { readonly type: "resend-due"; readonly at: MonoMs };

export type UplinkEffect =
  | { readonly type: "birth" }
  | { readonly type: "send"; readonly from: number; readonly to: number; readonly again: boolean }
  /** `now`: hall time of the ack, from which the keeping of what it covers is counted. */
  | { readonly type: "mark-done"; readonly upTo: number; readonly now: number }
  | { readonly type: "wake-for-resend"; readonly after: DurationMs }
  | { readonly type: "resynced" }
  /** The controller holds inputs of this stream that the journal has lost: its next seqs are taken already. */
  | { readonly type: "journal-behind"; readonly upTo: number };

type UplinkStep = Step<Uplink, UplinkEffect>;

/** `journal`: the positions it was opened with. */
export const offlineUplink = (journal: Pick<Uplink, "tail" | "head" | "done">): Uplink => ({
  ...journal,
  phase: "offline",
  acked: 0,
  sent: 0,
  movedAt: monoMs(0),
  armed: false,
  neededAt: null,
  epoch: 0,
});

export function stepUplink(state: Uplink, input: UplinkInput): UplinkStep {
  switch (input.type) {
    case "connected":
    case "epoch-changed":
      return input.type === "epoch-changed" && state.phase === "offline" ? [state, []] : resync(state, input.at);
    case "disconnected":
      return [{ ...state, phase: "offline" }, []];
    case "journalled":
      return pump({ ...state, head: input.seq }, input.at);
    case "pruned":
      return [{ ...state, tail: input.tail }, []];
    case "acknowledged":
      return acknowledged(state, input.ack, input.at);
    case "resend-due":
      return resendDue({ ...state, armed: false }, input.at);
    default:
      return unreachable(input);
  }
}

/** Birth first; inputs wait for the ack that answers it. */
const resync = (state: Uplink, at: MonoMs): UplinkStep =>
  arm({ ...state, phase: "resyncing", movedAt: at }, [{ type: "birth" }]);

function acknowledged(state: Uplink, ack: Ack, at: MonoMs): UplinkStep {
  if (state.phase === "offline") return [state, []];
  if (ack.upTo > state.head) return [state, [{ type: "journal-behind", upTo: ack.upTo }]];
  const afresh = state.phase === "resyncing" || ack.epoch !== state.epoch;
  if (!afresh && ack.upTo <= state.acked) return needed(state, ack, at); // A late one says nothing new.
  const acked = ack.upTo;
  const sent = afresh ? Math.max(acked, state.tail - 1) : Math.max(state.sent, acked);
  const done = Math.max(state.done, acked);
  const marks: UplinkEffect[] = done > state.done ? [{ type: "mark-done", upTo: done, now: ack.now }] : [];
  if (afresh) marks.push({ type: "resynced" });
  const [pumped, sends] = pump({ ...state, phase: "online", acked, sent, done, movedAt: at, epoch: ack.epoch }, at);
  const [next, resends] = afresh ? [pumped, []] : needed(pumped, ack, at);
  return [next, [...marks, ...sends, ...resends]];
}

/** Sends on, as far as the window reaches. */
function pump(state: Uplink, at: MonoMs): UplinkStep {
  if (state.phase !== "online") return [state, []];
  const base = Math.max(state.acked, state.tail - 1);
  const to = Math.min(state.head, base + IN_FLIGHT_MAX);
  const from = Math.max(state.sent, base) + 1;
  if (to < from) return [state, []];
  const idle = state.sent <= base;
  return arm({ ...state, sent: to, movedAt: idle ? at : state.movedAt }, envelopes(from, to, false));
}

/** The controller names what it lacks, and gets it, also what it had acknowledged before; but at a bounded rate. */
function needed(state: Uplink, ack: Ack, at: MonoMs): UplinkStep {
  const asked = ack.need;
  if (asked === undefined || asked.length === 0 || state.phase !== "online") return [state, []];
  if (state.neededAt !== null && elapsed(state.neededAt, at) < NEED_INTERVAL) return [state, []];
  let room = IN_FLIGHT_MAX;
  const sends: UplinkEffect[] = [];
  for (const range of asked) {
    const from = Math.max(range.from, state.tail);
    const to = Math.min(range.to, state.sent, from + room - 1);
    if (to < from) continue;
    sends.push(...envelopes(from, to, true));
    room -= to - from + 1;
  }
  return sends.length === 0 ? [state, []] : [{ ...state, neededAt: at, movedAt: at }, sends];
}

function resendDue(state: Uplink, at: MonoMs): UplinkStep {
  if (state.phase === "offline" || isSettled(state)) return [state, []];
  const quiet = elapsed(state.movedAt, at);
  if (quiet < RESEND_AFTER) return arm(state, [], milliseconds(RESEND_AFTER - quiet));
  if (state.phase === "resyncing") return resync(state, at);
  const from = Math.max(state.acked + 1, state.tail);
  const to = Math.min(from + INPUTS_PER_ENVELOPE_MAX - 1, state.sent);
  return arm({ ...state, movedAt: at }, envelopes(from, to, true));
}

const isSettled = (state: Uplink): boolean =>
  state.phase === "online" && Math.max(state.acked, state.tail - 1) >= state.sent;

/** One wake at a time: after it, whoever still waits arms the next. */
function arm(state: Uplink, effects: readonly UplinkEffect[], after: DurationMs = RESEND_AFTER): UplinkStep {
  if (state.armed) return [state, effects];
  return [{ ...state, armed: true }, [...effects, { type: "wake-for-resend", after }]];
}

function envelopes(from: number, to: number, again: boolean): UplinkEffect[] {
  const sends: UplinkEffect[] = [];
  for (let first = from; first <= to; first += INPUTS_PER_ENVELOPE_MAX) {
    sends.push({ type: "send", from: first, to: Math.min(to, first + INPUTS_PER_ENVELOPE_MAX - 1), again });
  }
  return sends;
}

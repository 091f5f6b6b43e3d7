import { backoff, epochMs, unreachable } from "../../protocol/index.ts";
import { doing, forEach, inTurn } from "./compose.ts";
import { counted } from "./counters.ts";
import { logged, wake } from "./effects.ts";
import { isHeard } from "./face.ts";
import type { InputOf } from "./inputs.ts";
import { keyFaults } from "./key-gestures.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";
import { stepUplink, type UplinkEffect, type UplinkInput } from "./uplink.ts";

// The connection, and what the journal sends over it.

export const linkUp = (state: TerminalState, { at }: InputOf<"link-up">): TerminalStep =>
  inTurn(
    { ...state, link: { ...state.link, up: true } },
    doing(logged("link.up", { attempt: state.link.attempt })),
    (next) => uplink(next, { type: "connected", at }),
  );

export function linkDown(state: TerminalState, { reason, chance }: InputOf<"link-down">): TerminalStep {
  const { failures, attempt } = state.link;
  const after = backoff(failures, chance);
  const fields = { reason, failures: failures + 1, retryAfterMs: after };
  return inTurn(
    { ...state, link: { up: false, failures: failures + 1, attempt, controller: "unheard" } },
    doing(logged("link.down", fields, "warn"), wake(after, { for: "reconnect", attempt })),
    (next) => uplink(next, { type: "disconnected" }),
  );
}

export const connect = (state: TerminalState): TerminalStep => [
  { ...state, link: { ...state.link, attempt: state.link.attempt + 1 } },
  [{ type: "connect" }],
];

export function reconnect(state: TerminalState, attempt: number): TerminalStep {
  if (state.link.up || state.link.attempt !== attempt) return [state, []];
  return connect(counted(state, "reconnects"));
}

export function uplink(state: TerminalState, input: UplinkInput): TerminalStep {
  const [machine, effects] = stepUplink(state.uplink, input);
  return forEach(machine === state.uplink ? state : { ...state, uplink: machine }, effects, uplinkEffect);
}

function uplinkEffect(state: TerminalState, effect: UplinkEffect): TerminalStep {
  switch (effect.type) {
    case "birth":
      return [state, [birthOf(state)]];
    case "send": {
      const send = { type: "send-inputs", from: effect.from, to: effect.to } as const;
      return [effect.again ? counted(state, "resends") : state, [send]];
    }
    case "mark-done":
      return [state, [{ type: "mark-done", upTo: effect.upTo, hallMs: epochMs(effect.now) }]];
    case "wake-for-resend":
      return [state, [wake(effect.after, { for: "resend" })]];
    case "resynced":
      return resynced(state);
    case "journal-behind": {
      const fields = { head: state.uplink.head, upTo: effect.upTo };
      return [state, [logged("journal.behind", fields, "error"), { type: "begin-stream" }]];
    }
    default:
      return unreachable(effect);
  }
}

/** Only now is the way back proven: a broker that takes us in and drops us must not be hammered. */
function resynced(state: TerminalState): TerminalStep {
  const calm: TerminalState = { ...state, link: { ...state.link, failures: 0 } };
  const { acked, head, epoch } = state.uplink;
  return [calm, [logged("link.resynced", { acked, head, epoch }), reportOf(state)]];
}

const birthOf = ({ uplink: { tail, head, done }, epochSeen, devices, keys }: TerminalState) =>
  ({ type: "publish-birth", tail, head, done, epochSeen, faults: { ...devices, ...keyFaults(keys) } }) as const;

/** What is really shown: revision 0 while nothing is that was heard in this boot. */
export function reportOf({ face, epochSeen }: TerminalState) {
  const heard = isHeard(face) ? face.desired : null;
  return { type: "publish-reported", epoch: heard?.epoch ?? epochSeen, rev: heard?.rev ?? 0 } as const;
}

import { type Ack, ANSWER_WITHIN, bilingual, epochMs, IN_FLIGHT_MAX, unreachable } from "../../protocol/index.ts";
import { type CommandEffect, stepCommand } from "./commands.ts";
import { doing, forEach, inTurn } from "./compose.ts";
import { counted } from "./counters.ts";
import { type Effect, logged, wake } from "./effects.ts";
import { acceptFace, acknowledgeOverlay, isWorthKeeping } from "./face.ts";
import { hallTimeAt, hearHallTime } from "./hall-time.ts";
import type { InputOf } from "./inputs.ts";
import { reportOf, uplink } from "./on-link.ts";
import { flash } from "./orders.ts";
import { type PressEffect, type PressInput, stepPress } from "./pending-press.ts";
import type { TerminalState, TerminalStep } from "./terminal-state.ts";

// What the controller says.

export function ackHeard(state: TerminalState, { ack, at }: InputOf<"ack-heard">): TerminalStep {
  if (ack.epoch < state.epochSeen) return [state, []]; // A controller that has been succeeded.
  if (ack.stream !== state.stream) return [state, formerAsked(ack)];
  const hallTime = hearHallTime(state.hallTime, epochMs(ack.now), at, ack.clockTrusted);
  return inTurn(
    { ...state, hallTime, clockTrusted: ack.clockTrusted },
    (next) => epochHeard(next, ack.epoch),
    (next) => answerOverlay(next, ack),
    (next) => tellRefusals(next, ack),
    (next) => press(next, { type: "acknowledged", ack }),
    (next) => uplink(next, { type: "acknowledged", ack, at }),
  );
}

/** A stream that was left behind, or somebody else's: the journal knows. The controller asks at a bounded rate. */
const formerAsked = ({ stream, need = [] }: Ack): readonly Effect[] =>
  need.slice(0, 1).map(({ from, to }) => {
    return { type: "send-former", stream, from, to: Math.min(to, from + IN_FLIGHT_MAX - 1) };
  });

function answerOverlay(state: TerminalState, ack: Ack): TerminalStep {
  const refused = (ack.refused ?? []).map(({ seq }) => seq);
  const face = acknowledgeOverlay(state.face, ack.upTo, refused);
  const { overlay } = face;
  if (face === state.face) return [state, []];
  if (overlay === null || overlay.seq === null) return [{ ...state, face }, []];
  // Committed, and the face is to follow. If none does, the controller has seen no reason for another.
  return [{ ...state, face }, [wake(ANSWER_WITHIN, { for: "overlay", seq: overlay.seq })]];
}

/** What was recorded and changed nothing is said once: when its ack first covers it. */
function tellRefusals(state: TerminalState, ack: Ack): TerminalStep {
  const fresh = (ack.refused ?? []).filter(({ seq }) => seq > state.uplink.done && !isPending(state, seq));
  const last = fresh.at(-1);
  if (last === undefined) return [state, []];
  return inTurn(
    state,
    (next) => flash(next, last.text, "warning"),
    doing(logged("input.refused", { seq: last.seq, code: last.code })),
  );
}

const isPending = ({ press: pending }: TerminalState, seq: number): boolean =>
  pending.phase !== "none" && pending.seq === seq;

export function desiredHeard(state: TerminalState, { desired }: InputOf<"desired-heard">): TerminalStep {
  if (desired.terminalId !== state.terminal) return [counted(state, "messagesRefused"), []];
  const face = acceptFace(state.face, desired, state.epochSeen);
  if (face === null) return [state, []];
  const { basis, prompt, epoch, rev } = desired;
  const before = state.face.desired?.prompt ?? null;
  // The controller's own answer takes the line from "recorded".
  const answered = prompt !== null && (before?.zh !== prompt.zh || before.en !== prompt.en);
  const shown: TerminalState = { ...state, face, flash: answered ? null : state.flash };
  return inTurn(
    shown,
    (next) => epochHeard(next, epoch),
    (next) => press(next, { type: "face-shown", basis, order: { epoch, rev } }),
    doing(reportOf(shown)),
    doing(...(isWorthKeeping(state.face.desired, desired) ? [{ type: "keep-face", face: desired } as const] : [])),
  );
}

export function controllerHeard(state: TerminalState, input: InputOf<"controller-heard">): TerminalStep {
  const { status, epoch, because } = input.controller;
  if (epoch < state.epochSeen) return [state, []]; // The last word of one that has been succeeded.
  const hallUnwritable = status === "down" && because === "storage";
  const heard: TerminalState = { ...state, link: { ...state.link, controller: status, hallUnwritable } };
  const reason = because === undefined ? {} : { because };
  const said = status === state.link.controller ? [] : [logged("controller.heard", { status, epoch, ...reason })];
  const { phase, epoch: answered } = state.uplink;
  const another = status === "up" && phase === "online" && epoch > answered;
  return inTurn(
    heard,
    doing(...said),
    (next) => epochHeard(next, epoch),
    (next) => (another ? uplink(next, { type: "epoch-changed", at: input.at }) : [next, []]),
  );
}

/** Kept across restarts: a controller restored from a backup learns from us how far it had been. */
const epochHeard = (state: TerminalState, epoch: number): TerminalStep =>
  epoch > state.epochSeen ? [{ ...state, epochSeen: epoch }, [{ type: "remember-epoch", epoch }]] : [state, []];

export function press(state: TerminalState, input: PressInput): TerminalStep {
  const [machine, effects] = stepPress(state.press, input);
  return forEach(machine === state.press ? state : { ...state, press: machine }, effects, pressEffect);
}

function pressEffect(state: TerminalState, effect: PressEffect): TerminalStep {
  switch (effect.type) {
    case "wake-for-answer":
      return [state, [wake(effect.after, { for: "answer", seq: effect.seq })]];
    case "wake-for-expiry":
      return [state, [wake(effect.after, { for: "expiry", seq: effect.seq })]];
    case "press-refused":
      return inTurn(
        state,
        (next) => flash(next, effect.text, "warning"),
        doing({ type: "beep", pattern: "refused" }, logged("press.refused", { code: effect.code })),
      );
    case "press-unconfirmed":
      return [state, [{ type: "beep", pattern: "attention" }, logged("press.unconfirmed", {}, "warn")]];
    default:
      return unreachable(effect);
  }
}

export function commandHeard(state: TerminalState, { command, at }: InputOf<"command-heard">): TerminalStep {
  const { hallMs, synced } = hallTimeAt(state.hallTime, at);
  const hearing = { hallMs: synced ? hallMs : null, epochSeen: state.epochSeen };
  const [commands, effects] = stepCommand(state.commands, command, hearing);
  return forEach({ ...state, commands }, effects, commandEffect);
}

function commandEffect(state: TerminalState, effect: CommandEffect): TerminalStep {
  if (effect.type === "reply") return [state, [{ type: "publish-reply", reply: effect.reply }]];
  switch (effect.order) {
    case "identify":
      return inTurn(
        state,
        (next) => flash(next, bilingual(`终端 ${state.terminal}`, `Terminal ${state.terminal}`), "strong"),
        doing({ type: "beep", pattern: "attention" }),
      );
    case "report":
      return [state, [reportOf(state)]];
    default:
      return unreachable(effect.order);
  }
}

/** Committed, and no other face came of it: the controller's is the true one. */
export function overlayDue(state: TerminalState, seq: number): TerminalStep {
  const { overlay } = state.face;
  if (overlay === null || overlay.seq !== seq) return [state, []];
  return [{ ...state, face: { ...state.face, overlay: null } }, []];
}

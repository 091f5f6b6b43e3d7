import { doing, forEach, inTurn } from "./compose.ts";
import { counted } from "./counters.ts";
import { badgeFact } from "./badge.ts";
import { type DeviceFault, stepDevice } from "./devices.ts";
import { type Effect, logged, wake } from "./effects.ts";
import { keyContextOf } from "./face.ts";
import { type Gesture, type KeyContext, meaningOf } from "./gestures.ts";
import type { InputOf } from "./inputs.ts";
import { type KeyEffect, type KeyInput, type KeyName, stepKeys } from "./key-gestures.ts";
import { journal, refuse } from "./orders.ts";
import { blocksIntents, stepPress } from "./pending-press.ts";
import { type RatingEffect, type RatingInput, stepRatingPrompt } from "./rating-prompt.ts";
import { isConnected, type TerminalState, type TerminalStep } from "./terminal-state.ts";
import { type Fact, type LogFields, type MonoMs, unreachable } from "../../protocol/index.ts";

// What people do at the counter: keys, badges, the rating keypad; and what the devices say of themselves.

export function keyEdge(state: TerminalState, { key, edge, at }: InputOf<"key-edge">): TerminalStep {
  return keys(state, { type: "edge", key, edge, at, context: keyContextOf(state.face) }, at);
}

export function keys(state: TerminalState, input: KeyInput, at: MonoMs): TerminalStep {
  const [machine, effects] = stepKeys(state.keys, input);
  const next = machine === state.keys ? state : { ...state, keys: machine };
  return forEach(next, effects, (told, effect) => keyEffect(told, effect, at));
}

function keyEffect(state: TerminalState, effect: KeyEffect, at: MonoMs): TerminalStep {
  switch (effect.type) {
    case "pressed": {
      const pressed = counted(state, "keyPresses");
      if (effect.live) return [pressed, []];
      return [counted(pressed, "keysRefused"), [{ type: "beep", pattern: "refused" }]];
    }
    case "held":
      return [state, [{ type: "beep", pattern: "attention" }]];
    case "gesture":
      return gestured(state, effect.gesture, effect.key, effect.context, effect.at);
    case "rated":
      return rating(state, { type: "key-pressed", level: effect.level, at: effect.at });
    case "fault":
      return keyFaulted(state, effect, at);
    case "wake":
      return [state, [wake(effect.after, { for: "key", key: effect.key, due: effect.due })]];
    default:
      return unreachable(effect);
  }
}

function keyFaulted(state: TerminalState, fault: Extract<KeyEffect, { type: "fault" }>, at: MonoMs): TerminalStep {
  if (fault.state === "cleared") return deviceFault(state, fault, at);
  return deviceFault(counted(state, fault.fault === "stuck" ? "keysStuck" : "keysChattering"), fault, at);
}

function gestured(
  state: TerminalState,
  gesture: Gesture,
  key: KeyName,
  context: KeyContext | null,
  at: MonoMs,
): TerminalStep {
  const meaning = meaningOf(gesture, context, isConnected(state));
  if (meaning.kind === "refusal") {
    const unwritable = meaning.code === "no-controller" && state.link.hallUnwritable === true;
    return refuse(state, unwritable ? "hall-cannot-write" : meaning.code);
  }
  if (meaning.kind === "fact") return journal(withOverlay(state, meaning.payload), meaning.payload, at);
  const { desired } = state.face;
  if (blocksIntents(state.press)) return refuse(state, "still-pending");
  if (desired === null) return refuse(state, "no-controller");
  const { basis, payload } = meaning;
  const shown = { epoch: desired.epoch, rev: desired.rev };
  const [press] = stepPress(state.press, { type: "pressed", key, basis, shown });
  return journal({ ...state, press }, payload, at, basis);
}

/** Start and finish act on the spot: service goes on while nobody answers. */
function withOverlay(state: TerminalState, fact: Fact): TerminalState {
  if (fact.type !== "service-started" && fact.type !== "service-finished") return state;
  const what = fact.type === "service-started" ? "started" : "finished";
  const overlay = { what, visitId: fact.body.visitId, seq: null, committed: false } as const;
  return { ...state, face: { ...state.face, overlay } };
}

export const badgePresented = (state: TerminalState, { badge, at }: InputOf<"badge-presented">): TerminalStep =>
  journal(counted(state, "badges"), badgeFact(badge), at);

export function rating(state: TerminalState, input: RatingInput): TerminalStep {
  const [machine, effects] = stepRatingPrompt(state.rating, input);
  return forEach(machine === state.rating ? state : { ...state, rating: machine }, effects, ratingEffect);
}

function ratingEffect(state: TerminalState, effect: RatingEffect): TerminalStep {
  switch (effect.type) {
    case "journal-rating": {
      const { visitId, level, at } = effect;
      return journal(counted(state, "ratings"), { type: "rating-given", body: { visitId, level } }, at);
    }
    case "wake-for-window":
      return [state, [wake(effect.after, { for: "rating-window", visitId: effect.visitId })]];
    case "wake-for-thanks":
      return [state, [wake(effect.after, { for: "rating-thanks", visitId: effect.visitId })]];
    case "stray-key":
      return [counted(state, "keysRefused"), []];
    default:
      return unreachable(effect);
  }
}

export function deviceSpoke(state: TerminalState, { device, fault, at }: InputOf<"device-spoke">): TerminalStep {
  const [devices, changes] = stepDevice(state.devices, device, fault);
  if (changes.length === 0) return [state, []];
  return inTurn(
    { ...state, devices },
    (next) => keys(next, { type: "device-lost", device, at }, at),
    (told) => forEach(told, changes, (next, body) => deviceFault(next, body, at)),
  );
}

const deviceFault = (state: TerminalState, { device, fault, state: change }: DeviceFault, at: MonoMs): TerminalStep =>
  inTurn(
    state,
    (next) => journal(next, { type: "device-fault", body: { device, fault, state: change } }, at),
    doing(changeLine(change, { device, fault })),
  );

const changeLine = (change: DeviceFault["state"], fields: LogFields): Effect =>
  change === "raised" ? logged("device.raised", fields, "warn") : logged("device.cleared", fields, "warn");

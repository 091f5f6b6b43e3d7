import {
  type Ack,
  ANSWER_WITHIN,
  type Basis,
  type Bilingual,
  type DurationMs,
  INTENT_TTL,
  unreachable,
} from "../../protocol/index.ts";
import { type FaceOrder, isNewer } from "./face.ts";
import type { KeyName } from "./key-gestures.ts";
import type { Step } from "./step.ts";

/**
 * The one intent that waits for its answer. `waiting` blocks further intents; from `expired` on the controller can no
 * longer act on it (INTENT_TTL), so it blocks nobody, and stays only to show that nobody knows what became of it.
 */
export type PendingPress =
  | { readonly phase: "none" }
  | {
      readonly phase: "waiting" | "unconfirmed" | "expired";
      readonly key: KeyName;
      /** Null until the journal has it. */
      readonly seq: number | null;
      readonly basis: Basis;
      /** What was shown when the key went down. */
      readonly shown: FaceOrder;
      /** The controller has committed it; only the face is still to come, if it changes at all. */
      readonly committed: boolean;
      /** A newer face came, with the same meaning of the keys: it may or may not be the answer. */
      readonly newerShown: boolean;
    };

export type PressInput =
  | { readonly type: "pressed"; readonly key: KeyName; readonly basis: Basis; readonly shown: FaceOrder }
  | { readonly type: "journalled"; readonly seq: number }
  | { readonly type: "not-journalled" }
  | { readonly type: "face-shown"; readonly basis: Basis; readonly order: FaceOrder }
  | { readonly type: "acknowledged"; readonly ack: Ack }
  | { readonly type: "answer-due"; readonly seq: number }
  | { readonly type: "expired"; readonly seq: number };

export type PressEffect =
  | { readonly type: "wake-for-answer"; readonly seq: number; readonly after: DurationMs }
  | { readonly type: "wake-for-expiry"; readonly seq: number; readonly after: DurationMs }
  | { readonly type: "press-refused"; readonly text: Bilingual; readonly code: string }
  | { readonly type: "press-unconfirmed" };

type PressStep = Step<PendingPress, PressEffect>;
type Held = Exclude<PendingPress, { phase: "none" }>;

export const NO_PRESS: PendingPress = { phase: "none" };

/** True while another intent has to be refused as "still-pending". */
export const blocksIntents = (press: PendingPress): boolean =>
  press.phase === "waiting" || press.phase === "unconfirmed";

export function stepPress(state: PendingPress, input: PressInput): PressStep {
  if (input.type === "pressed") {
    const { key, basis, shown } = input;
    return [{ phase: "waiting", key, seq: null, basis, shown, committed: false, newerShown: false }, []];
  }
  if (state.phase === "none") return [state, []];
  switch (input.type) {
    case "journalled":
      return state.seq === null ? arm(state, input.seq) : [state, []];
    case "not-journalled":
      return [state.seq === null ? NO_PRESS : state, []];
    case "face-shown":
      return [faceShown(state, input.basis, input.order), []];
    case "acknowledged":
      return acknowledged(state, input.ack);
    case "answer-due":
      return state.seq === input.seq ? overdue(state) : [state, []];
    case "expired":
      return [state.seq === input.seq ? { ...state, phase: "expired" } : state, []];
    default:
      return unreachable(input);
  }
}

const arm = (state: Held, seq: number): PressStep => [
  { ...state, seq },
  [
    { type: "wake-for-answer", seq, after: ANSWER_WITHIN },
    { type: "wake-for-expiry", seq, after: INTENT_TTL },
  ],
];

/** Another meaning of the keys answers whatever was pressed; the same meaning answers only what is committed. */
function faceShown(state: Held, basis: Basis, order: FaceOrder): PendingPress {
  if (basis.epoch !== state.basis.epoch || basis.position !== state.basis.position) return NO_PRESS;
  if (!isNewer(order, state.shown)) return state;
  return state.committed ? NO_PRESS : { ...state, newerShown: true };
}

function acknowledged(state: Held, ack: Ack): PressStep {
  if (state.seq === null) return [state, []];
  const refused = ack.refused?.find((refusal) => refusal.seq === state.seq);
  if (refused !== undefined) return [NO_PRESS, [{ type: "press-refused", text: refused.text, code: refused.code }]];
  if (ack.upTo < state.seq) return [state, []];
  // Late, and not refused: that is the answer. The face already says what came of it.
  return [state.phase === "waiting" && !state.newerShown ? { ...state, committed: true } : NO_PRESS, []];
}

function overdue(state: Held): PressStep {
  if (state.phase !== "waiting") return [state, []];
  // Committed and not refused: it was taken, and changed nothing that the face shows.
  return state.committed ? [NO_PRESS, []] : [{ ...state, phase: "unconfirmed" }, [{ type: "press-unconfirmed" }]];
}

import type { Basis, CounterPhase, Fact, Intent, VisitId } from "../../protocol/index.ts";
import type { RefusalCode } from "./refusals.ts";

export type Gesture = "call-short" | "call-long" | "pause-short" | "pause-hold";

/** What the keys mean at an instant. Frozen when a key goes down, so that a press means what its finger saw. */
export interface KeyContext {
  readonly row: KeyRow;
  readonly basis: Basis;
  readonly visitId: VisitId | null;
  /** Read off a face from before the restart: good for facts, never for an intent. */
  readonly isKept?: boolean;
}

/** A row of the table: what the counter is doing, as far as the keys care. */
export type KeyRow = CounterPhase | "serving-pause-planned";

type Cell =
  | { readonly kind: "intent"; readonly type: Intent["type"] }
  | { readonly kind: "fact"; readonly type: "service-started" | "service-finished" }
  | { readonly kind: "refusal"; readonly code: RefusalCode };

const intent = (type: Intent["type"]): Cell => ({ kind: "intent", type });
const fact = (type: "service-started" | "service-finished"): Cell => ({ kind: "fact", type });
const refuse = (code: RefusalCode): Cell => ({ kind: "refusal", code });

type Row = Readonly<Record<Exclude<Gesture, "pause-hold">, Cell>>;

/** The two-button panel. `pause-hold` is not in it: it asks for assistance, always and everywhere. */
export const GESTURE_TABLE: Readonly<Record<KeyRow, Row>> = {
  closed: {
    "call-short": refuse("nobody-on-duty"),
    "call-long": refuse("nobody-on-duty"),
    "pause-short": refuse("nobody-on-duty"),
  },
  idle: { "call-short": intent("call-next"), "call-long": intent("recall-held"), "pause-short": intent("pause") },
  armed: { "call-short": intent("disarm"), "call-long": refuse("not-available"), "pause-short": intent("pause") },
  called: { "call-short": intent("recall"), "call-long": intent("no-show"), "pause-short": fact("service-started") },
  presumed: {
    "call-short": fact("service-finished"),
    "call-long": intent("no-show"),
    "pause-short": fact("service-started"),
  },
  serving: {
    "call-short": fact("service-finished"),
    "call-long": intent("hold"),
    "pause-short": intent("pause-planned"),
  },
  "serving-pause-planned": {
    "call-short": fact("service-finished"),
    "call-long": intent("hold"),
    "pause-short": intent("pause-unplanned"),
  },
  rating: { "call-short": intent("call-next"), "call-long": refuse("not-available"), "pause-short": intent("pause") },
  paused: {
    "call-short": intent("resume"),
    "call-long": refuse("not-available"),
    "pause-short": intent("cycle-pause"),
  },
  maintenance: {
    "call-short": refuse("maintenance"),
    "call-long": refuse("maintenance"),
    "pause-short": refuse("maintenance"),
  },
  question: {
    "call-short": refuse("question-pending"),
    "call-long": refuse("question-pending"),
    "pause-short": refuse("question-pending"),
  },
};

/** What a gesture comes to: something to journal, or a reason not to. */
export type Meaning =
  | { readonly kind: "intent"; readonly payload: Intent; readonly basis: Basis }
  | { readonly kind: "fact"; readonly payload: Fact }
  | { readonly kind: "refusal"; readonly code: RefusalCode };

/**
 * `context` is null before the first face. `connected`: the controller can hear us. Without it only facts are taken:
 * an intent that waits for the link would fire late, and a refusal read off an old face might no longer be true.
 */
export function meaningOf(gesture: Gesture, context: KeyContext | null, connected: boolean): Meaning {
  if (gesture === "pause-hold") return { kind: "fact", payload: { type: "assistance-requested", body: {} } };
  if (context === null) return { kind: "refusal", code: "no-controller" };
  const cell = GESTURE_TABLE[context.row][gesture];
  if (cell.kind === "fact") return factMeaning(cell.type, context);
  if (!connected || context.isKept === true) return { kind: "refusal", code: "no-controller" };
  return cell.kind === "refusal" ? cell : intentMeaning(cell.type, context);
}

/** A face that names no visit where its phase needs one: nothing can be meant. */
const NOTHING_MEANT: Meaning = { kind: "refusal", code: "not-available" };

function factMeaning(type: "service-started" | "service-finished", { visitId }: KeyContext): Meaning {
  return visitId === null ? NOTHING_MEANT : { kind: "fact", payload: { type, body: { visitId } } };
}

function intentMeaning(type: Intent["type"], { basis, visitId }: KeyContext): Meaning {
  if (type !== "recall" && type !== "no-show" && type !== "hold")
    return { kind: "intent", payload: { type, body: {} }, basis };
  return visitId === null ? NOTHING_MEANT : { kind: "intent", payload: { type, body: { visitId } }, basis };
}

/** True when every key does under `after` what it did under `before`. */
export function sameMeaning(before: KeyContext | null, after: KeyContext | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.row === after.row &&
    before.visitId === after.visitId &&
    before.basis.epoch === after.basis.epoch &&
    before.basis.position === after.basis.position
  );
}

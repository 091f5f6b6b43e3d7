import { bilingual, type Desired, type Input, payloadOf, type VisitId, type VisitView } from "../../protocol/index.ts";
import type { KeyContext } from "./gestures.ts";

/** What a face is ordered by: a later epoch wins, then the higher revision. */
export interface FaceOrder {
  readonly epoch: number;
  readonly rev: number;
}

/**
 * What the clerk's own key has done to the visit at hand, laid over the last face until the controller's own word
 * includes it: service goes on without the controller.
 */
export interface Overlay {
  readonly what: "started" | "finished";
  readonly visitId: VisitId;
  /** Null until the journal has the fact. */
  readonly seq: number | null;
  /** The controller has committed the fact. The next face is its word on it, whatever it says. */
  readonly committed: boolean;
}

/** What the controller wants shown, and what the keys have done since. */
export interface CounterFace {
  readonly desired: Desired | null;
  readonly overlay: Overlay | null;
  /** From before the restart: service at hand goes on under it, but nothing is asked of the controller by its word. */
  readonly isKept?: boolean;
}

export const NO_FACE: CounterFace = { desired: null, overlay: null };

/** `unacknowledged`: what the journal holds that this face cannot know of, in its order. */
export function keptFace(desired: Desired, unacknowledged: readonly Input[]): CounterFace {
  let overlay: Overlay | null = null;
  for (const input of unacknowledged) {
    const payload = payloadOf(input);
    if (!("type" in payload)) continue;
    if (payload.type !== "service-started" && payload.type !== "service-finished") continue;
    const { visitId } = payload.body;
    const what = payload.type === "service-started" ? "started" : "finished";
    if (visitId === desired.visit?.visitId) overlay = { what, visitId, seq: input.seq, committed: false };
  }
  return { desired, overlay, isKept: true };
}

/** True when the controller has said in this boot what to show. */
export const isHeard = ({ desired, isKept }: CounterFace): boolean => desired !== null && isKept !== true;

/** True when service at hand would go on differently after a restart. */
export const isWorthKeeping = (before: Desired | null, after: Desired): boolean =>
  before === null ||
  before.phase !== after.phase ||
  before.visit?.visitId !== after.visit?.visitId ||
  before.visit?.phase !== after.visit?.phase ||
  before.rating?.visitId !== after.rating?.visitId ||
  before.rating?.closesAtMs !== after.rating?.closesAtMs;

export const isNewer = (a: FaceOrder, b: FaceOrder): boolean =>
  a.epoch > b.epoch || (a.epoch === b.epoch && a.rev > b.rev);

/**
 * Null when `desired` is not newer than what is shown, or of an epoch below the highest ever heard. A kept face gives
 * way to any: a controller restored from a backup counts its revisions anew.
 */
export function acceptFace(face: CounterFace, desired: Desired, epochSeen: number): CounterFace | null {
  if (desired.epoch < epochSeen) return null;
  if (face.desired !== null && isHeard(face) && !isNewer(desired, face.desired)) return null;
  const { overlay } = face;
  const superseded = overlay === null || overlay.committed || includes(desired, overlay);
  return { desired, overlay: superseded ? null : overlay };
}

/** True when the face already knows what the overlay says, or knows better: the visit is not here any more. */
function includes(desired: Desired, overlay: Overlay): boolean {
  if (desired.visit?.visitId !== overlay.visitId) return true;
  return overlay.what === "started" && desired.visit.phase === "serving";
}

/** The controller's word on what has been journalled up to `upTo`. `refused`: it named the overlay's own fact. */
export function acknowledgeOverlay(face: CounterFace, upTo: number, refused: readonly number[]): CounterFace {
  const { overlay } = face;
  if (overlay === null || overlay.seq === null) return face;
  if (refused.includes(overlay.seq)) return { ...face, overlay: null };
  return upTo >= overlay.seq && !overlay.committed ? { ...face, overlay: { ...overlay, committed: true } } : face;
}

/** The face as the counter shows it: the controller's, with the clerk's own last step on top. */
export function effectiveFace({ desired, overlay }: CounterFace): Desired | null {
  if (desired === null || overlay === null) return desired;
  const lamps = { call: "on", pause: "on" } as const;
  const { visit, nameplate } = desired;
  if (overlay.what === "finished") {
    const status = bilingual("服务结束", "Service ended");
    return { ...desired, phase: "rating", visit: null, lamps, nameplate: { ...nameplate, status, ticketNumber: null } };
  }
  const status = bilingual("正在办理", "Serving");
  return { ...desired, phase: "serving", visit: served(visit), lamps, nameplate: { ...nameplate, status } };
}

const served = (visit: VisitView | null): VisitView | null => (visit === null ? null : { ...visit, phase: "serving" });

/** What the keys mean under the face as it is shown. */
export function keyContextOf(face: CounterFace): KeyContext | null {
  const shown = effectiveFace(face);
  if (shown === null) return null;
  const planned = shown.phase === "serving" && shown.pausePlanned;
  return {
    row: planned ? "serving-pause-planned" : shown.phase,
    basis: shown.basis,
    visitId: shown.visit?.visitId ?? null,
    ...(face.isKept === true && { isKept: true }),
  };
}

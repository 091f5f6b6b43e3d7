import { expect, test } from "vitest";
import type { Desired } from "../../../protocol/index.ts";
import {
  acceptFace,
  acknowledgeOverlay,
  type CounterFace,
  effectiveFace,
  keyContextOf,
  NO_FACE,
  type Overlay,
} from "../../../terminal/core/face.ts";
import { desired, VISIT_A, VISIT_B } from "../../support/counter-messages.ts";

const holding = (face: Desired, overlay: Partial<Overlay> | null = null): CounterFace => ({
  desired: face,
  overlay: overlay === null ? null : { what: "started", visitId: VISIT_A, seq: 9, committed: false, ...overlay },
});

// Faces arrive late, twice and from controllers that have been succeeded; only a newer one is shown.
test.each<[string, CounterFace, Desired, number, boolean]>([
  ["the first", NO_FACE, desired(1, "idle"), 0, true],
  ["a higher revision", holding(desired(4, "idle")), desired(5, "idle"), 7, true],
  ["the same revision", holding(desired(5, "idle")), desired(5, "idle"), 7, false],
  ["a lower revision", holding(desired(5, "idle")), desired(4, "idle"), 7, false],
  ["a lower revision of a later epoch", holding(desired(5, "idle")), desired(1, "idle", { epoch: 8 }), 7, true],
  ["an earlier epoch", holding(desired(5, "idle")), desired(9, "idle", { epoch: 6 }), 7, false],
  ["the first, of an epoch that is over", NO_FACE, desired(9, "idle", { epoch: 6 }), 7, false],
])("%s", (_, face, incoming, epochSeen, isAccepted) => {
  expect(acceptFace(face, incoming, epochSeen) !== null).toBe(isAccepted);
});

// The clerk's own start and finish show at once, and until the controller's word includes them.
test.each<[string, CounterFace, Desired, string]>([
  ["started, before the controller knows", holding(desired(4, "called"), {}), desired(5, "called"), "serving"],
  ["started, and the controller knows", holding(desired(4, "called"), {}), desired(5, "serving"), "serving"],
  ["started, but the ticket was taken back", holding(desired(4, "called"), {}), desired(5, "idle"), "idle"],
  [
    "finished, before the controller knows",
    holding(desired(4, "serving"), { what: "finished" }),
    desired(5, "serving"),
    "rating",
  ],
  [
    "finished, and the controller knows",
    holding(desired(4, "serving"), { what: "finished" }),
    desired(5, "rating"),
    "rating",
  ],
  [
    "started and committed: the next face is the answer",
    holding(desired(4, "called"), { committed: true }),
    desired(5, "called"),
    "called",
  ],
])("%s", (_, face, incoming, phase) => {
  const next = acceptFace(face, incoming, 7);
  expect(next && effectiveFace(next)?.phase).toBe(phase);
});

test("a finished visit is no longer at the counter", () => {
  const face = effectiveFace(holding(desired(4, "serving"), { what: "finished" }));
  expect(face?.visit).toBeNull();
  expect(face?.nameplate.ticketNumber).toBeNull();
});

test.each<[string, number, number[], Partial<Overlay> | null]>([
  ["below it", 8, [], { committed: false }],
  ["that covers it", 9, [], { committed: true }],
  ["that refuses it", 9, [9], null],
])("an ack %s", (_, upTo, refused, overlay) => {
  const { overlay: after } = acknowledgeOverlay(holding(desired(4, "called"), {}), upTo, refused);
  if (overlay === null) expect(after).toBeNull();
  else expect(after).toMatchObject(overlay);
});

// The keys of a counter that plans to pause mean something else; a face of another visit too.
test.each<[Desired, string, string | null]>([
  [desired(1, "serving"), "serving", VISIT_A],
  [desired(1, "serving", { pausePlanned: true }), "serving-pause-planned", VISIT_A],
  [desired(1, "paused", { pausePlanned: true }), "paused", null],
  [
    desired(1, "called", { visit: { ...desired(1, "called").visit, visitId: VISIT_B } as Desired["visit"] }),
    "called",
    VISIT_B,
  ],
])("what the keys are about", (face, row, visitId) => {
  expect(keyContextOf(holding(face))).toEqual({ row, visitId, basis: face.basis });
});

test("before the first face the keys are about nothing", () => {
  expect(keyContextOf(NO_FACE)).toBeNull();
});

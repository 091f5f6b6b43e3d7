import { expect, test } from "vitest";
import {
  type Gesture,
  GESTURE_TABLE,
  type KeyContext,
  type KeyRow,
  meaningOf,
} from "../../../terminal/core/gestures.ts";
import { VISIT_A } from "../../support/counter-messages.ts";

const BASIS = { epoch: 7, position: 41 };
const about = { visitId: VISIT_A };
const contextOf = (row: KeyRow): KeyContext => ({
  row,
  basis: BASIS,
  visitId: row === "called" || row === "presumed" || row.startsWith("serving") ? VISIT_A : null,
});

const REFUSED = (code: string) => ({ kind: "refusal", code });
const INTENT = (type: string, body: object = {}) => ({ kind: "intent", payload: { type, body }, basis: BASIS });
const FACT = (type: string, body: object = {}) => ({ kind: "fact", payload: { type, body } });

// The gesture table of the product, cell by cell, as the controller gets it: with the visit and the basis it needs.
const TABLE: readonly (readonly [KeyRow, Gesture, object])[] = [
  ["closed", "call-short", REFUSED("nobody-on-duty")],
  ["closed", "call-long", REFUSED("nobody-on-duty")],
  ["closed", "pause-short", REFUSED("nobody-on-duty")],
  ["idle", "call-short", INTENT("call-next")],
  ["idle", "call-long", INTENT("recall-held")],
  ["idle", "pause-short", INTENT("pause")],
  ["armed", "call-short", INTENT("disarm")],
  ["armed", "call-long", REFUSED("not-available")],
  ["armed", "pause-short", INTENT("pause")],
  ["called", "call-short", INTENT("recall", about)],
  ["called", "call-long", INTENT("no-show", about)],
  ["called", "pause-short", FACT("service-started", about)],
  ["presumed", "call-short", FACT("service-finished", about)],
  ["presumed", "call-long", INTENT("no-show", about)],
  ["presumed", "pause-short", FACT("service-started", about)],
  ["serving", "call-short", FACT("service-finished", about)],
  ["serving", "call-long", INTENT("hold", about)],
  ["serving", "pause-short", INTENT("pause-planned")],
  ["serving-pause-planned", "call-short", FACT("service-finished", about)],
  ["serving-pause-planned", "call-long", INTENT("hold", about)],
  ["serving-pause-planned", "pause-short", INTENT("pause-unplanned")],
  ["rating", "call-short", INTENT("call-next")],
  ["rating", "call-long", REFUSED("not-available")],
  ["rating", "pause-short", INTENT("pause")],
  ["paused", "call-short", INTENT("resume")],
  ["paused", "call-long", REFUSED("not-available")],
  ["paused", "pause-short", INTENT("cycle-pause")],
  ["maintenance", "call-short", REFUSED("maintenance")],
  ["maintenance", "call-long", REFUSED("maintenance")],
  ["maintenance", "pause-short", REFUSED("maintenance")],
  ["question", "call-short", REFUSED("question-pending")],
  ["question", "call-long", REFUSED("question-pending")],
  ["question", "pause-short", REFUSED("question-pending")],
];

test.each(TABLE)("%s × %s", (row, gesture, meaning) => {
  expect(meaningOf(gesture, contextOf(row), true)).toEqual(meaning);
});

test("every row the keys may be in has its cells here", () => {
  expect(new Set(TABLE.map(([row]) => row))).toEqual(new Set(Object.keys(GESTURE_TABLE)));
});

// Without the controller a call must not wait for it: only what happens at the counter anyway is taken.
test.each(TABLE)("%s × %s, without the controller", (row, gesture, meaning) => {
  const kept = "kind" in meaning && meaning.kind === "fact";
  expect(meaningOf(gesture, contextOf(row), false)).toEqual(kept ? meaning : REFUSED("no-controller"));
});

// Help can be asked for in every state, with and without controller, before the first face too.
test.each([...new Set(TABLE.map(([row]) => row)), null])("assistance works when the counter is %s", (row) => {
  const context = row === null ? null : contextOf(row);
  expect(meaningOf("pause-hold", context, false)).toEqual(FACT("assistance-requested"));
  expect(meaningOf("pause-hold", context, true)).toEqual(FACT("assistance-requested"));
});

test("before the first face the keys mean nothing", () => {
  expect(meaningOf("call-short", null, false)).toEqual(REFUSED("no-controller"));
});

// A face that forgets its visit must not become an input without one.
test.each(["call-short", "call-long", "pause-short"] as const)("called without a visit refuses %s", (gesture) => {
  expect(meaningOf(gesture, { ...contextOf("called"), visitId: null }, true)).toEqual(REFUSED("not-available"));
});

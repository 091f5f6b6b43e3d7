import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../../../protocol/examples.ts";
import {
  FACT_BODIES,
  fitsEnvelope,
  INPUT_BODIES,
  INPUT_BYTES_MAX,
  Input,
  type InputType,
  INTENT_BODIES,
  isFactType,
  isIntentType,
  payloadOf,
} from "../../../protocol/index.ts";

const VISIT = "0b6f9c0e-7f5d-4d3f-8a55-3c1f0f6f2b21";
const BODIES: Readonly<Record<InputType, Record<string, string | number>>> = {
  "badge-presented": { badge: "9d".repeat(32) },
  "service-started": { visitId: VISIT },
  "service-finished": { visitId: VISIT },
  "rating-given": { visitId: VISIT, level: 5 },
  "assistance-requested": {},
  "device-fault": { device: "badge-reader", fault: "hang-up", state: "raised" },
  "call-next": {},
  recall: { visitId: VISIT },
  "no-show": { visitId: VISIT },
  disarm: {},
  hold: { visitId: VISIT },
  "recall-held": {},
  pause: {},
  resume: {},
  "cycle-pause": {},
  "pause-planned": {},
  "pause-unplanned": {},
};
const TYPES = Object.keys(INPUT_BODIES) as InputType[];
const PROTOTYPE_NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

const [factExample, intentExample] = EXAMPLES.up.inputs.map((input) => Input.parse(input));
const inputOf = (type: string, body: Input["body"], changes: Partial<Input> = {}): Input => {
  const base = isIntentType(type) ? intentExample : factExample;
  return Input.parse({ ...base, type, body, ...changes });
};

test("every type is a fact or an intent, and none is both", () => {
  for (const type of TYPES) expect(isFactType(type)).not.toBe(isIntentType(type));
  expect(Object.keys(FACT_BODIES).length + Object.keys(INTENT_BODIES).length).toBe(TYPES.length);
});

test.each(PROTOTYPE_NAMES)("%s is no type, though every object has it", (name) => {
  expect(isFactType(name) || isIntentType(name)).toBe(false);
  expect(payloadOf(inputOf(name, {}))).toEqual({ unusable: "unknown-type" });
});

test.each(TYPES)("%s gives its typed payload, without fields that nobody knows", (type) => {
  expect(payloadOf(inputOf(type, { ...BODIES[type], mood: "sunny" }))).toEqual({ type, body: BODIES[type] });
});

// A well-formed input that cannot be applied is recorded with its reason, so that the stream never blocks.
describe("an input that cannot be applied says why", () => {
  test("a type from the future", () => {
    expect(payloadOf(inputOf("rating-withdrawn", {}))).toEqual({ unusable: "unknown-type" });
  });

  test.each(TYPES)("%s of the other kind", (type) => {
    const kind = isFactType(type) ? "intent" : "fact";
    expect(payloadOf(inputOf(type, BODIES[type], { kind }))).toEqual({ unusable: "wrong-kind" });
  });

  test.each(TYPES.filter(isIntentType))("%s without basis or time to live", (type) => {
    expect(payloadOf(inputOf(type, BODIES[type], { basis: undefined }))).toEqual({ unusable: "no-basis" });
    expect(payloadOf(inputOf(type, BODIES[type], { ttlMs: undefined }))).toEqual({ unusable: "no-basis" });
  });

  test.each<[InputType, Input["body"]]>([
    ["badge-presented", {}],
    ["badge-presented", { badge: "12345678" }],
    ["service-started", { visitId: "A001" }],
    ["service-finished", { visitId: null }],
    ["rating-given", { visitId: VISIT }],
    ["rating-given", { visitId: VISIT, level: 0 }],
    ["rating-given", { visitId: VISIT, level: 6 }],
    ["rating-given", { visitId: VISIT, level: "5" }],
    ["rating-given", { level: 5 }],
    ["device-fault", { device: "printer", fault: "jam", state: "raised" }],
    ["device-fault", { device: "nameplate", fault: "Über", state: "raised" }],
    ["recall", {}],
    ["no-show", { visitId: [VISIT] }],
  ])("%s with the body %j", (type, body) => {
    expect(payloadOf(inputOf(type, body))).toEqual({ unusable: "malformed-body" });
  });
});

// One input that this version cannot use must not hold up the envelope around it: the stream goes on.
test.each<[string, Record<string, unknown>, string]>([
  ["of a newer shape", { v: 2 }, "unknown-version"],
  ["of another kind", { kind: "wish" }, "wrong-kind"],
])("an input %s is taken off the wire and is unusable", (_what, changes, unusable) => {
  expect(payloadOf(Input.parse({ ...intentExample, ...changes }))).toEqual({ unusable });
});

test("a fact needs no basis: it is never refused for what the keys meant", () => {
  const fact = inputOf("badge-presented", BODIES["badge-presented"]);
  expect(fact).not.toHaveProperty("basis");
  expect(payloadOf(fact)).not.toHaveProperty("unusable");
});

test.each<[string, Record<string, unknown>]>([
  ["seq 0", { seq: 0 }],
  ["a fractional seq", { seq: 1.5 }],
  ["a seq beyond whole numbers", { seq: 2 ** 53 }],
  ["boot 0", { boot: 0 }],
  ["an empty type", { type: "" }],
  ["a long type", { type: "x".repeat(33) }],
  ["time before the epoch", { hallMs: -1 }],
  ["no word about the clock", { synced: undefined }],
  ["a time civil reckoning cannot reach", { hallMs: 8.7e15 }],
  ["no life", { ttlMs: 0 }],
  ["half a basis", { basis: { epoch: 1 } }],
])("%s is no input", (_what, changes) => {
  expect(Input.safeParse({ ...intentExample, ...changes }).success).toBe(false);
});

test("an input fits an envelope up to exactly its limit, counted in bytes of UTF-8", () => {
  const bare = JSON.stringify(inputOf("rating-withdrawn", { note: "" })).length;
  const room = INPUT_BYTES_MAX - bare;
  expect(fitsEnvelope(inputOf("rating-withdrawn", { note: "x".repeat(room) }))).toBe(true);
  expect(fitsEnvelope(inputOf("rating-withdrawn", { note: "x".repeat(room + 1) }))).toBe(false);
  expect(fitsEnvelope(inputOf("rating-withdrawn", { note: "汉".repeat(Math.floor(room / 3)) }))).toBe(true);
  expect(fitsEnvelope(inputOf("rating-withdrawn", { note: "汉".repeat(Math.floor(room / 3) + 1) }))).toBe(false);
});

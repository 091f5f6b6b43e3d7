import { expect, test } from "vitest";
import type { AnyKeyName } from "../../../../../terminal/core/key-gestures.ts";
import { desired, HALL_NOW, VISIT_A } from "../../../../support/counter-messages.ts";
import { TerminalCoreRig } from "../../../../support/terminal-core-rig.ts";

// What the key machine finds, as the terminal tells it: facts, counters, beeps, the birth.

const online = (phase: "idle" | "rating" = "idle"): TerminalCoreRig => {
  const rig = new TerminalCoreRig();
  const rating = { visitId: VISIT_A, openedAtMs: HALL_NOW, closesAtMs: HALL_NOW + 60_000 };
  rig.online(desired(5, phase, phase === "rating" ? { rating } : {}));
  return rig;
};

const bodies = (rig: TerminalCoreRig): unknown[] => rig.ordered("journal").map(({ draft }) => draft.body);

function hold(rig: TerminalCoreRig, key: AnyKeyName, heldFor: number): void {
  rig.feed({ type: "key-edge", key, edge: "pressed" });
  rig.advance(heldFor);
  rig.feed({ type: "key-edge", key, edge: "released" });
  rig.advance(2000);
}

test.each<[AnyKeyName, string, string[]]>([
  ["call", "call-key", []],
  ["pause", "pause-key", ["assistance-requested"]],
  ["rating-3", "rating-keypad", []],
])("a stuck %s key is one fault on record, counted, and nothing else", (key, device, before) => {
  const rig = online();
  hold(rig, key, 60_000);
  expect(rig.journalled()).toEqual([...before, "device-fault", "device-fault"]);
  expect(bodies(rig).slice(-2)).toEqual([
    { device, fault: "stuck", state: "raised" },
    { device, fault: "stuck", state: "cleared" },
  ]);
  expect(rig.state.counters).toMatchObject({ keysStuck: 1, keysChattering: 0 });
});

test("chatter is a fact and a count, and no intent", () => {
  const rig = online();
  for (let edge = 0; edge < 60; edge += 1) {
    rig.feed({ type: "key-edge", key: "call", edge: edge % 2 === 0 ? "pressed" : "released" });
    rig.advance(4);
  }
  rig.advance(61_000);
  expect(bodies(rig)).toEqual([
    { device: "call-key", fault: "chatter", state: "raised" },
    { device: "call-key", fault: "chatter", state: "cleared" },
  ]);
  expect(rig.state.counters).toMatchObject({ keysChattering: 1, keysStuck: 0, keyPresses: 0 });
});

test("the birth names a panel with a stuck pause key as faulty", () => {
  const rig = online();
  rig.feed({ type: "key-edge", key: "pause", edge: "pressed" });
  rig.advance(20_000);
  rig.offline();
  rig.feed({ type: "link-up" });
  expect(rig.ordered("publish-birth")).toMatchObject([{ faults: { "pause-key": "stuck" } }]);
});

// The clerk cannot see a threshold pass: the beep says that the finger may lift.
test("call held to its threshold beeps once, and acts on release", () => {
  const rig = online();
  rig.feed({ type: "key-edge", key: "call", edge: "pressed" });
  rig.advance(1499);
  expect(rig.beeps()).toEqual([]);
  rig.advance(3000);
  expect(rig.beeps()).toEqual(["attention"]);
  rig.feed({ type: "key-edge", key: "call", edge: "released" });
  rig.advance(10);
  expect(rig.beeps()).toHaveLength(2);
});

test("a cable that is pulled while a finger is down makes no press of it", () => {
  const rig = online();
  rig.feed({ type: "key-edge", key: "call", edge: "pressed" });
  rig.advance(100);
  rig.feed({ type: "device-spoke", device: "call-key", fault: "unplugged" });
  rig.feed({ type: "device-spoke", device: "call-key", fault: null });
  rig.feed({ type: "key-edge", key: "call", edge: "released" });
  rig.advance(100);
  expect(rig.journalled()).toEqual(["device-fault", "device-fault"]);
});

// A key pressed inside the window counts: what it takes its contact to settle is not the citizen's.
test.each([
  [5, true],
  [0, false],
])("a rating key that goes down %i ms before the window closes counts: %s", (before, counts) => {
  const rig = online("rating");
  rig.advance(59_000 - before); // The window opened with the face, a second ago.
  rig.rate(2);
  rig.advance(50);
  expect(rig.journalled()).toEqual(counts ? ["rating-given"] : []);
});

// Proves at the terminal what the counter's newer phases mean to its keys: after each change of meaning both are dead
// for 1 s, each refusal says why in both languages, and what needs no controller goes on without one.
import { expect, test } from "vitest";
import type { CounterPhase, Desired } from "../../../protocol/index.ts";
import { bilingual } from "../../../protocol/index.ts";
import { ack, desired, VISIT_A } from "../../support/counter-messages.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

function rigAt(phase: CounterPhase, more: Partial<Desired> = {}): TerminalCoreRig {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, phase, more));
  return rig;
}

// From one phase to the next, the key that is on its way down, and what it must not do.
test.each<[CounterPhase, CounterPhase, "call" | "pause"]>([
  ["idle", "armed", "call"],
  ["armed", "called", "call"],
  ["armed", "idle", "call"],
  ["called", "presumed", "call"],
  ["called", "presumed", "pause"],
  ["presumed", "serving", "call"],
  ["serving", "idle", "call"],
  ["called", "idle", "pause"],
  ["idle", "paused", "pause"],
])("%s → %s: the %s key is dead for 1 s, with a refusal beep, and lives then", (before, after, key) => {
  const rig = rigAt(before);
  rig.show(desired(6, after));
  rig.advance(999);
  rig.tap(key);
  expect(rig.journalled()).toEqual([]);
  expect(rig.beeps()).toEqual(["refused"]);
  rig.advance(500);
  rig.tap(key);
  expect(rig.journalled()).toHaveLength(1);
});

test("paused → next reason: the keys mean what they meant, so the next press counts at once", () => {
  const rig = rigAt("paused");
  rig.tap("pause");
  rig.show(desired(6, "paused", { basis: { epoch: 7, position: 5 } }));
  rig.feed({ type: "ack-heard", ack: ack(1) });
  rig.advance(300);
  rig.tap("pause");
  expect(rig.journalled()).toEqual(["cycle-pause", "cycle-pause"]);
});

test("a press of Call that is answered by arming: the lamp stops blinking, the next press disarms", () => {
  const rig = rigAt("idle");
  rig.tap("call");
  rig.show(desired(6, "armed"));
  expect(rig.view).toMatchObject({ phase: "armed", pending: false, lamps: { call: "on" } });
  rig.advance(1000);
  rig.tap("call");
  expect(rig.journalled()).toEqual(["call-next", "disarm"]);
});

test.each<[CounterPhase, "call" | "pause", number, string, string]>([
  ["armed", "call", 1600, "当前不可操作", "Not available now"],
  ["paused", "call", 1600, "当前不可操作", "Not available now"],
  ["question", "call", 100, "请先刷卡确认", "A question is open: answer with the badge"],
  ["question", "pause", 100, "请先刷卡确认", "A question is open: answer with the badge"],
  ["closed", "call", 100, "请先刷卡上岗", "Nobody on duty: badge in first"],
  ["closed", "pause", 100, "请先刷卡上岗", "Nobody on duty: badge in first"],
  ["maintenance", "call", 100, "设备维护中，不可操作", "In maintenance"],
])("%s × %s, %i ms: refused, and the nameplate says why", (phase, key, heldFor, zh, en) => {
  const rig = rigAt(phase);
  rig.tap(key, heldFor);
  expect(rig.journalled()).toEqual([]);
  expect(rig.beeps()).toContain("refused");
  expect(rig.view.plate.lines.at(-1)).toMatchObject({ zh, en });
});

test.each<CounterPhase>(["armed", "presumed", "paused", "question", "closed", "maintenance"])(
  "%s × Pause held: assistance, with and without the controller",
  (phase) => {
    const rig = rigAt(phase);
    rig.tap("pause", 3100);
    rig.offline();
    rig.tap("pause", 3100);
    const asked = rig.state.uplink.head;
    expect(asked).toBe(2);
  },
);

test("what the controller refuses stands on the nameplate in its own words", () => {
  const rig = rigAt("serving");
  rig.tap("call", 1600);
  expect(rig.journalled()).toEqual(["hold"]);
  const text = bilingual("挂起的号已满，请先处理", "Too many held tickets here");
  rig.feed({ type: "ack-heard", ack: ack(1, { refused: [{ seq: 1, code: "held-limit", text }] }) });
  expect(rig.view.plate.lines.at(-1)).toMatchObject({ ...text, emphasis: "warning" });
});

test("presumed × Call without the controller: finish is taken and kept, and the rating window opens", () => {
  const rig = rigAt("presumed");
  rig.offline();
  expect(rig.view.lamps).toEqual({ call: "on", pause: "on" });
  rig.tap("call");
  expect(rig.view).toMatchObject({ phase: "rating", keypad: "asking" });
  expect(rig.ordered("journal").map(({ draft }) => [draft.type, draft.body])).toEqual([
    ["service-finished", { visitId: VISIT_A }],
  ]);
});

test("presumed × Pause without the controller: the start is confirmed, and Call finishes then", () => {
  const rig = rigAt("presumed");
  rig.offline();
  rig.tap("pause");
  expect(rig.view.phase).toBe("serving");
  rig.advance(1000);
  rig.tap("call");
  expect(rig.journalled()).toEqual(["service-started", "service-finished"]);
});

test("a start pressed just before the controller presumed it is not shown as anything but serving", () => {
  const rig = rigAt("called");
  rig.tap("pause");
  rig.show(desired(6, "presumed"));
  expect(rig.view.phase).toBe("serving");
  rig.feed({ type: "ack-heard", ack: ack(1) });
  rig.show(desired(7, "serving"));
  expect(rig.view.phase).toBe("serving");
});

test("armed with an open rating window: the keypad stays with the finished visit", () => {
  const rig = rigAt("serving");
  rig.tap("call");
  expect(rig.view.keypad).toBe("asking");
  rig.show(desired(6, "armed"));
  rig.advance(50_000);
  expect(rig.view).toMatchObject({ phase: "armed", keypad: "asking" });
});

import { expect, test } from "vitest";
import { BadgeDigest, bilingual } from "../../../protocol/index.ts";
import {
  ack,
  controllerState,
  desired,
  HALL_NOW,
  type STREAM,
  type TERMINAL,
  VISIT_A,
  VISIT_B,
} from "../../support/counter-messages.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

const BADGE = BadgeDigest.parse("ab".repeat(32));

test("a terminal that starts connects, and says what it is and what it lacks", () => {
  const rig = new TerminalCoreRig();
  expect(rig.ordered("connect")).toHaveLength(1);
  expect(rig.view.plate.lines.map(({ zh }) => zh)).toEqual(["终端 t-03", "未连接控制器"]);
  expect(rig.view).toMatchObject({ lamps: { call: "off", pause: "off" }, keypad: "dark", connected: false });
});

test("a press is journalled with its basis and time to live, and blinks until the answer", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.tap("call");
  expect(rig.ordered("journal").map(({ draft }) => draft)).toEqual([
    {
      kind: "intent",
      type: "call-next",
      body: {},
      basis: { epoch: 7, position: 5 },
      ttlMs: 5000,
      monoMs: 2100,
      hallMs: HALL_NOW + 1100,
      synced: true,
    },
  ]);
  expect(rig.beeps()).toEqual(["accepted"]);
  expect(rig.ordered("send-inputs")).toEqual([{ type: "send-inputs", from: 1, to: 1 }]);
  expect(rig.view.lamps.call).toBe("blink");
  rig.show(desired(6, "called"));
  expect(rig.view).toMatchObject({ lamps: { call: "on" }, phase: "called", ticketNumber: "A001", pending: false });
});

// Accepted means kept: before the commit there is no beep, nothing on the wire, and no green for a badge.
test("nothing is accepted before its commit", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.holdsCommits = true;
  rig.tap("call");
  rig.feed({ type: "badge-presented", badge: BADGE });
  expect(rig.journalled()).toEqual(["call-next", "badge-presented"]);
  expect(rig.beeps()).toEqual([]);
  expect(rig.ordered("send-inputs")).toEqual([]);
  rig.commit();
  expect(rig.beeps()).toEqual(["accepted", "accepted"]);
  expect(rig.foot).toBe("刷卡已记录");
});

test("without an answer within 2 s a press is shown as unconfirmed, and blocks for 5 s", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.tap("call");
  rig.advance(1999);
  expect(rig.foot).not.toBe("未确认");
  rig.advance(1);
  expect(rig.foot).toBe("未确认");
  rig.tap("pause");
  expect(rig.journalled()).toEqual(["call-next"]);
  expect(rig.foot).toBe("上一操作处理中");
  rig.advance(3000);
  rig.tap("pause");
  expect(rig.journalled()).toEqual(["call-next", "pause"]);
});

test("a refused press says why, and the counter goes on", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.tap("call");
  const text = bilingual("无人等候", "Nobody waits");
  rig.feed({ type: "ack-heard", ack: ack(1, { refused: [{ seq: 1, code: "nobody-waits", text }] }) });
  expect(rig.foot).toBe("无人等候");
  expect(rig.beeps()).toEqual(["accepted", "refused"]);
  rig.advance(4000);
  expect(rig.foot).not.toBe("无人等候");
  rig.tap("call");
  expect(rig.journalled()).toEqual(["call-next", "call-next"]);
});

// A refusal is repeated with every repeat of its ack; a person reads it once.
test("a refusal of a fact is said once", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.feed({ type: "badge-presented", badge: BADGE });
  const text = bilingual("未知卡", "Unknown badge");
  const refusal = ack(1, { refused: [{ seq: 1, code: "unknown-badge", text }] });
  rig.feed({ type: "ack-heard", ack: refusal });
  expect(rig.foot).toBe("未知卡");
  rig.advance(5000);
  rig.feed({ type: "ack-heard", ack: refusal });
  expect(rig.foot).not.toBe("未知卡");
});

// A double press must not finish and call: the second one meets dead keys.
test("after a change of meaning the keys are dead for a second", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "serving"));
  rig.tap("call", 50);
  rig.tap("call", 50);
  expect(rig.journalled()).toEqual(["service-finished"]);
  expect(rig.beeps()).toEqual(["accepted", "refused"]);
  rig.advance(1000);
  rig.tap("call");
  expect(rig.journalled()).toEqual(["service-finished", "call-next"]);
});

test("without the controller calls are refused at once, and service goes on to its rating", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "called"));
  rig.offline();
  expect(rig.foot).toBe("未连接控制器");
  expect(rig.view.lamps).toEqual({ call: "off", pause: "on" });
  rig.tap("call");
  expect(rig.foot).toBe("未连接控制器，不可操作");
  rig.tap("pause");
  expect(rig.view.phase).toBe("serving");
  rig.advance(60_000);
  rig.tap("call");
  expect(rig.view).toMatchObject({ phase: "rating", keypad: "asking", ticketNumber: null });
  rig.rate(5);
  expect(rig.view.keypad).toBe("thanks");
  rig.advance(3000);
  expect(rig.view.keypad).toBe("dark");
  rig.tap("call");
  expect(rig.journalled()).toEqual(["service-started", "service-finished", "rating-given"]);
  expect(rig.ordered("journal").map(({ draft }) => draft.body)).toEqual([
    { visitId: VISIT_A },
    { visitId: VISIT_A },
    { visitId: VISIT_A, level: 5 },
  ]);
});

test("what was done offline is sent on return, and the overlay goes when the controller's word includes it", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "called"));
  rig.offline();
  rig.tap("pause");
  rig.feed({ type: "link-up" });
  rig.feed({ type: "controller-heard", controller: controllerState("up") });
  rig.feed({ type: "ack-heard", ack: ack(0) });
  expect(rig.ordered("send-inputs")).toEqual([{ type: "send-inputs", from: 1, to: 1 }]);
  rig.show(desired(6, "called"));
  expect(rig.view.phase).toBe("serving");
  rig.feed({ type: "ack-heard", ack: ack(1) });
  rig.show(desired(7, "serving"));
  expect(rig.state.face.overlay).toBeNull();
  expect(rig.view.phase).toBe("serving");
});

test("a fact that changed nothing does not hold its overlay for ever", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "called"));
  rig.tap("pause");
  rig.feed({ type: "ack-heard", ack: ack(1) });
  rig.advance(1999);
  expect(rig.view.phase).toBe("serving");
  rig.advance(1);
  expect(rig.view.phase).toBe("called");
});

// The link may be there while the controller is not: its last will says so.
test("a controller that is down refuses like a link that is down", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.feed({ type: "controller-heard", controller: controllerState("down") });
  rig.tap("call");
  expect(rig.journalled()).toEqual([]);
  expect(rig.beeps()).toEqual(["refused"]);
});

test("holding pause asks for help, offline and before any face", () => {
  const rig = new TerminalCoreRig();
  rig.tap("pause", 3500);
  expect(rig.journalled()).toEqual(["assistance-requested"]);
  expect(rig.foot).toBe("已请求协助");
});

test("a full journal takes nothing, says so, and takes back what it showed", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "called"));
  rig.isFull = true;
  rig.tap("pause");
  expect(rig.view.phase).toBe("called");
  expect(rig.foot).toBe("存储已满，无法记录");
  expect(rig.beeps()).toEqual(["refused"]);
});

test.each([
  ["another stream", ack(0, { stream: VISIT_B as unknown as typeof STREAM })],
  ["an epoch that is over", ack(0, { epoch: 6 })],
])("an ack of %s is no answer to the birth", (_, stray) => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.offline();
  rig.feed({ type: "link-up" });
  rig.feed({ type: "ack-heard", ack: stray });
  expect(rig.state.uplink.phase).toBe("resyncing");
});

test("a lost link is tried again after a jittered pause, longer each time, and calm again after a resync", () => {
  const rig = new TerminalCoreRig();
  rig.take();
  for (const pause of [250, 500, 1000, 2000, 2500, 2500]) {
    rig.feed({ type: "link-down", reason: "refused", chance: 0.5 });
    rig.advance(pause - 1);
    expect(rig.ordered("connect")).toEqual([]);
    rig.advance(1);
    expect(rig.take().filter(({ type }) => type === "connect")).toHaveLength(1);
  }
  rig.online(desired(1, "idle"));
  rig.feed({ type: "link-down", reason: "closed", chance: 0.5 });
  rig.advance(250);
  expect(rig.ordered("connect")).toHaveLength(1);
  expect(rig.state.counters.reconnects).toBe(7);
});

test("the highest epoch heard is remembered once, and goes into the birth", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.feed({ type: "controller-heard", controller: controllerState("up", 8) });
  rig.feed({ type: "controller-heard", controller: controllerState("up", 8) });
  expect(rig.ordered("remember-epoch")).toEqual([{ type: "remember-epoch", epoch: 8 }]);
  expect(rig.ordered("publish-birth")).toMatchObject([{ epochSeen: 8, head: 0, done: 0, tail: 1 }]);
});

test("a newer face is reported, an older one and somebody else's are not", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.show(desired(6, "idle"));
  rig.show(desired(6, "idle"));
  rig.show(desired(4, "idle"));
  rig.show(desired(9, "idle", { terminalId: "t-04" as typeof TERMINAL }));
  expect(rig.ordered("publish-reported")).toEqual([{ type: "publish-reported", epoch: 7, rev: 6 }]);
  expect(rig.state.counters.messagesRefused).toBe(1);
});

test("health goes out every 10 s while there is a link", () => {
  const rig = new TerminalCoreRig();
  rig.advance(10_000);
  expect(rig.ordered("publish-health")).toEqual([]);
  rig.online(desired(5, "idle"));
  rig.tap("call");
  rig.advance(10_000);
  expect(rig.ordered("publish-health")).toMatchObject([
    { head: 1, done: 0, counters: { keyPresses: 1, keysRefused: 0 }, hallMs: HALL_NOW + 10_000 },
  ]);
});

test("the citizen who finished keeps the keypad for 15 s when the next is called", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "serving"));
  rig.tap("call");
  rig.advance(2000);
  const { visit } = desired(6, "called");
  rig.show(desired(6, "called", { visit: visit && { ...visit, visitId: VISIT_B } }));
  expect(rig.view).toMatchObject({ phase: "called", keypad: "asking" });
  rig.advance(12_900);
  expect(rig.view.keypad).toBe("asking");
  rig.advance(200);
  expect(rig.view.keypad).toBe("dark");
});

// After a power cut the face brings back the window; the first hall time says how much of it is left.
test("a window that was open before a restart opens again, for what is left of it", () => {
  const rating = { visitId: VISIT_A, openedAtMs: HALL_NOW - 50_000, closesAtMs: HALL_NOW + 10_000 };
  const rig = new TerminalCoreRig();
  rig.feed({ type: "link-up" });
  rig.show(desired(5, "rating", { rating }));
  expect(rig.view.keypad).toBe("asking");
  rig.feed({ type: "ack-heard", ack: ack(0) });
  rig.advance(9999);
  expect(rig.view.keypad).toBe("asking");
  rig.advance(1);
  expect(rig.view.keypad).toBe("dark");
});

test("a device fault is journalled without a beep, and cleared by name", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  rig.feed({ type: "device-spoke", device: "badge-reader", fault: "unplugged" });
  rig.feed({ type: "device-spoke", device: "badge-reader", fault: null });
  expect(rig.ordered("journal").map(({ draft }) => draft.body)).toEqual([
    { device: "badge-reader", fault: "unplugged", state: "raised" },
    { device: "badge-reader", fault: "unplugged", state: "cleared" },
  ]);
  expect(rig.beeps()).toEqual([]);
});

test("a technician's order is carried out and answered", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(5, "idle"));
  const commandId = "0f0e0d0c-0000-4000-8000-000000000001";
  const command = { v: 1, commandId, epoch: 7, expiresAtMs: HALL_NOW + 60_000, order: "identify" } as const;
  rig.feed({ type: "command-heard", command });
  rig.feed({ type: "command-heard", command });
  expect(rig.beeps()).toEqual(["attention"]);
  expect(rig.foot).toBe("终端 t-03");
  expect(rig.ordered("publish-reply").map(({ reply }) => reply.outcome)).toEqual(["done", "done"]);
});

// A card that lost its last commits would use their seqs again for other things, and those would count as acknowledged.
test("a journal behind the controller begins a new stream", () => {
  const rig = new TerminalCoreRig();
  rig.feed({ type: "link-up" });
  rig.take();
  rig.feed({ type: "ack-heard", ack: ack(4) });
  expect(rig.ordered("begin-stream")).toHaveLength(1);
  const stream = VISIT_B as unknown as typeof STREAM;
  rig.feed({ type: "stream-begun", journal: { stream, tail: 1, head: 2, done: 0 } });
  expect(rig.ordered("publish-birth")).toMatchObject([{ head: 2, done: 0 }]);
  rig.feed({ type: "ack-heard", ack: ack(0, { stream }) });
  expect(rig.ordered("send-inputs")).toEqual([{ type: "send-inputs", from: 1, to: 2 }]);
  // The controller was restored from an older copy, and lacks what it had acknowledged of the stream before.
  rig.feed({ type: "ack-heard", ack: ack(1, { need: [{ from: 2, to: 200 }] }) });
  expect(rig.ordered("send-former")).toEqual([{ type: "send-former", stream: ack(1).stream, from: 2, to: 65 }]);
});

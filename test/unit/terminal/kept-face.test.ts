import { expect, test } from "vitest";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { ack, controllerState, desired, HALL_NOW, VISIT_A } from "../../support/counter-messages.ts";
import { TerminalBench } from "../../support/terminal-bench.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

// Proves that a terminal which loses its power while the controller is away can still finish the visit at hand, and
// that nothing but facts ever comes of a face from before the restart.

const types = (bench: TerminalBench) => bench.journalled().map(({ type }) => type);
const lineThree = (bench: TerminalBench) => bench.counter.nameplate.face.lines[2]?.zh;

async function rebooted(phase: Parameters<typeof desired>[1], more = {}): Promise<TerminalBench> {
  const bench = new TerminalBench();
  await bench.online(desired(1, phase, more));
  bench.link.down();
  await bench.close();
  await bench.powerOn();
  return bench;
}

test("start, finish and rating go on after a reboot without the controller", async () => {
  const bench = await rebooted("called");
  expect(lineThree(bench)).toBe("A001 called");
  expect(bench.foot).toBe("未连接控制器");
  bench.press("pause");
  expect(lineThree(bench)).toBe("A001 正在办理");
  bench.clock.real.advance(seconds(2));
  bench.press("call");
  expect(bench.counter.ratingKeypad.face).toBe("asking");
  bench.counter.ratingKeypad.rate(5);
  bench.clock.real.advance(seconds(1));
  expect(bench.journalled()).toMatchObject([
    { type: "service-started", body: { visitId: VISIT_A } },
    { type: "service-finished", body: { visitId: VISIT_A } },
    { type: "rating-given", body: { visitId: VISIT_A, level: 5 } },
  ]);
});

test("what the keys had done before the power went is on top of the face again", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "called"));
  bench.link.down();
  bench.press("pause");
  await bench.powerOn();
  expect(lineThree(bench)).toBe("A001 正在办理");
  bench.clock.real.advance(seconds(2));
  bench.press("call");
  await bench.powerOn();
  expect(lineThree(bench)).toBe("服务结束");
  expect(types(bench)).toEqual(["service-started", "service-finished"]);
});

test("assistance works; no intent comes of a kept face, with or without a link", async () => {
  const bench = await rebooted("idle");
  bench.press("call");
  expect(bench.foot).toBe("未连接控制器，不可操作");
  bench.link.up();
  bench.link.hear({ type: "controller", controller: controllerState("up") });
  bench.acknowledge();
  bench.press("call");
  expect(types(bench)).toEqual([]);
  bench.counter.buttons.press("pause", seconds(4));
  bench.clock.real.advance(seconds(4));
  expect(types(bench)).toEqual(["assistance-requested"]);
});

// The finger went down over the kept face: what it saw then is what it means, whatever came before it lifted.
test("a press begun over a kept face is no intent when the controller is back before it ends", async () => {
  const bench = await rebooted("idle");
  bench.counter.buttons.press("call", seconds(1));
  bench.connect(desired(1, "idle"));
  bench.clock.real.advance(milliseconds(50));
  expect(types(bench)).toEqual([]);
  expect(bench.counter.buttons.lastBeep?.pattern).toBe("refused");
});

test("any face heard takes its place, an older revision too", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(9, "called"));
  await bench.powerOn();
  bench.connect(desired(2, "idle"));
  expect(lineThree(bench)).toBe("idle");
  bench.press("call");
  expect(types(bench)).toEqual(["call-next"]);
});

test("until one is heard, revision 0 is reported as shown", async () => {
  const bench = await rebooted("serving");
  bench.link.up();
  bench.acknowledge();
  expect(bench.link.on("reported")).toMatchObject([{ epoch: 7, rev: 0 }]);
});

const WINDOW = { visitId: VISIT_A, openedAtMs: HALL_NOW, closesAtMs: HALL_NOW + 60_000 };

test("a rating window that is still open by the box's own clock opens again", async () => {
  const bench = await rebooted("rating", { rating: WINDOW });
  expect(bench.counter.ratingKeypad.face).toBe("asking");
});

// The night between two citizens: the second is never asked about the first.
test("an old rating window stays shut", async () => {
  const bench = new TerminalBench();
  await bench.online(desired(1, "rating", { rating: WINDOW }));
  await bench.close();
  bench.clock.real.advance(seconds(3600));
  await bench.powerOn();
  expect(bench.counter.ratingKeypad.face).toBe("dark");
});

test("a face is kept when the visit, the rating or the phase is another, and only then", () => {
  const rig = new TerminalCoreRig();
  rig.feed({ type: "link-up" });
  const kept = (): number => rig.take().filter(({ type }) => type === "keep-face").length;
  const shows = (...faces: ReturnType<typeof desired>[]): number[] =>
    faces.map((face) => {
      rig.show(face);
      return kept();
    });
  const rating = { rating: WINDOW };
  expect(shows(desired(1, "idle"), desired(2, "idle", { waiting: 3 }), desired(3, "called"))).toEqual([1, 0, 1]);
  expect(shows(desired(4, "serving"), desired(5, "rating", rating), desired(6, "rating", rating))).toEqual([1, 1, 0]);
  expect(shows(desired(6, "idle"), desired(7, "rating"))).toEqual([0, 1]);
});

test("a controller whose clock is not set is said to be so, until it is", () => {
  const rig = new TerminalCoreRig();
  rig.online(desired(1, "idle"));
  rig.feed({ type: "ack-heard", ack: ack(0, { clockTrusted: false }) });
  expect(rig.foot).toBe("时钟未校准");
  rig.offline();
  expect(rig.foot).toBe("未连接控制器");
  rig.feed({ type: "link-up" });
  rig.feed({ type: "controller-heard", controller: controllerState("up") });
  rig.feed({ type: "ack-heard", ack: ack(0) });
  expect(rig.foot).toBe("idle");
});

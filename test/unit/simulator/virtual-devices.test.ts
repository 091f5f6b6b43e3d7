import { describe, expect, test } from "vitest";
import type { BadgePresented, ButtonEdge, CanonicalBadge, RatingKeyEdge } from "../../../hardware/index.ts";
import { milliseconds, seconds } from "../../../protocol/index.ts";
import { virtualCounter } from "../../../simulator/devices/virtual-counter.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const BADGE = "0086F444" as CanonicalBadge;

async function openCounter() {
  const clock = new VirtualClock();
  const edges: ButtonEdge[] = [];
  const badges: BadgePresented[] = [];
  const keys: RatingKeyEdge[] = [];
  let changes = 0;
  const counter = virtualCounter(clock, () => {
    changes += 1;
  });
  const onHealth = (): void => {};
  await counter.buttons.open({ onEdge: (edge) => edges.push(edge), onHealth });
  await counter.badgeReader.open({ onBadge: (badge) => badges.push(badge), onHealth, onBadFrame: () => {} });
  await counter.ratingKeypad.open({ onEdge: (key) => keys.push(key), onHealth });
  await counter.nameplate.open({ onHealth });
  return { clock, counter, edges, badges, keys, changes: () => changes };
}

describe("virtual buttons", () => {
  // A long press is what the terminal makes of two edges, so the distance between them must be exact.
  test("a press is two edges, as far apart as it was held", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.press("call", milliseconds(1600));
    clock.advance(milliseconds(1599));
    expect(edges).toHaveLength(1);
    clock.advance(milliseconds(1));
    expect(edges).toEqual([
      { button: "call", edge: "pressed", at: 0 },
      { button: "call", edge: "released", at: 1600 },
    ]);
  });

  test("a finger that lifts early ends the press, once", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.press("pause", seconds(10));
    clock.advance(milliseconds(300));
    counter.buttons.lift("pause");
    clock.advance(seconds(20));
    expect(edges.map(({ edge, at }) => [edge, at])).toEqual([
      ["pressed", 0],
      ["released", 300],
    ]);
  });

  test("a second finger on a key that is down adds nothing", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.press("call", milliseconds(200));
    counter.buttons.press("call", milliseconds(200));
    clock.advance(seconds(1));
    expect(edges).toHaveLength(2);
  });

  // What a worn switch does below the driver: the finger's own edges stand, and the contact ends where the finger is.
  test("a worn contact bounces after each edge of the finger", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.wear([milliseconds(2), milliseconds(3)]);
    counter.buttons.press("call", milliseconds(100));
    clock.advance(seconds(1));
    expect(edges.map(({ edge, at }) => `${edge} ${at}`)).toEqual([
      "pressed 0",
      "released 2",
      "pressed 5",
      "released 100",
      "pressed 102",
      "released 105",
    ]);
    expect(clock.pending).toBe(0);
  });

  test("a finger that lifts while its key still bounces ends those bounces", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.wear([milliseconds(50), milliseconds(50)]);
    counter.buttons.press("call", milliseconds(30));
    clock.advance(seconds(1));
    expect(edges.map(({ edge, at }) => `${edge} ${at}`)).toEqual([
      "pressed 0",
      "released 30",
      "pressed 80",
      "released 130",
    ]);
  });

  // A browser's scripted click goes down and up in no time: a terminal takes that for noise, and rightly.
  test("no finger is quicker than 30 ms", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.press("call", seconds(60));
    clock.advance(milliseconds(2));
    counter.buttons.lift("call");
    counter.ratingKeypad.rate(1, milliseconds(0));
    clock.advance(seconds(1));
    expect(edges.map(({ edge, at }) => `${edge} ${at}`)).toEqual(["pressed 0", "released 30"]);
    expect(clock.pending).toBe(0);
  });

  test("lamps and beeps can be looked at, and every beep counts", async () => {
    const { counter, changes } = await openCounter();
    counter.buttons.light("call", "blink");
    counter.buttons.beep("refused");
    counter.buttons.beep("refused");
    expect(counter.buttons.lamps).toEqual({ call: "blink", pause: "off" });
    expect(counter.buttons.lastBeep).toEqual({ pattern: "refused", count: 2 });
    expect(changes()).toBe(3);
  });

  test("nothing is reported after close, and no timer is left", async () => {
    const { clock, counter, edges } = await openCounter();
    counter.buttons.press("call", seconds(1));
    await counter.buttons.close();
    clock.advance(seconds(5));
    expect(edges).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe("virtual badge reader", () => {
  test.each([
    { gapMs: 299, presentations: 1, what: "within the silence it is the same presentation" },
    { gapMs: 300, presentations: 2, what: "after the silence it is a new one" },
  ])("the same badge after $gapMs ms: $what", async ({ gapMs, presentations }) => {
    const { clock, counter, badges } = await openCounter();
    counter.badgeReader.tap(BADGE);
    clock.advance(milliseconds(gapMs));
    counter.badgeReader.tap(BADGE);
    expect(badges).toHaveLength(presentations);
  });

  // A card that keeps resting is one presentation, however long it rests.
  test("a resting badge renews its own silence", async () => {
    const { clock, counter, badges } = await openCounter();
    for (let repeat = 0; repeat < 20; repeat += 1) {
      counter.badgeReader.tap(BADGE);
      clock.advance(milliseconds(200));
    }
    expect(badges).toEqual([{ badge: BADGE, at: 0 }]);
  });

  test("another badge is another presentation at once", async () => {
    const { counter, badges } = await openCounter();
    counter.badgeReader.tap(BADGE);
    counter.badgeReader.tap("00112233" as CanonicalBadge);
    expect(badges.map(({ badge }) => badge)).toEqual([BADGE, "00112233"]);
  });

  test("nothing is reported after close", async () => {
    const { counter, badges } = await openCounter();
    await counter.badgeReader.close();
    counter.badgeReader.tap(BADGE);
    expect(badges).toEqual([]);
  });
});

describe("virtual keypad and nameplate", () => {
  // A real keypad has no idea of rating windows: what counts is the terminal's business.
  test("keys report in the dark too, and no more after close", async () => {
    const { counter, keys } = await openCounter();
    counter.ratingKeypad.rate(4);
    await counter.ratingKeypad.close();
    counter.ratingKeypad.rate(5);
    expect(keys).toEqual([{ level: 4, edge: "pressed", at: 0 }]);
  });

  test("faces can be read", async () => {
    const { counter } = await openCounter();
    const line = { zh: "1号窗口", en: "Counter 1", emphasis: "strong" } as const;
    counter.ratingKeypad.show("asking");
    counter.nameplate.show({ lines: [line] });
    expect(counter.ratingKeypad.face).toBe("asking");
    expect(counter.nameplate.face.lines).toEqual([line]);
  });
});

import { expect, test } from "vitest";
import { monoMs } from "../../../../../protocol/index.ts";
import { NEW_KEY, stepKey } from "../../../../../terminal/core/keys/key.ts";
import { keyTraits } from "../../../../../terminal/core/keys/key-traits.ts";
import { type Edge, KeyBench, type Touch } from "./key-bench.ts";

const down = (at: number): Touch => [at, "pressed"];
const up = (at: number): Touch => [at, "released"];

/** `pulses` times closed for `on` and open for `off`. */
const pulses = (count: number, on: number, off: number, from = 0): Touch[] =>
  Array.from({ length: count }, (_, i) => [down(from + i * (on + off)), up(from + i * (on + off) + on)]).flat();

// From raw edges to what one key of any kind has to say, every threshold on both of its sides.
test.each<[string, readonly Touch[], string[]]>([
  ["a press and its release", [down(0), up(200)], ["down 0", "short 200"]],
  ["closed for 9 ms is noise", [down(0), up(9)], []],
  ["closed for 10 ms is a press", [down(0), up(10)], ["down 0", "short 10"]],
  ["open for 9 ms is still the same press", [down(0), up(100), down(109), up(300)], ["down 0", "short 300"]],
  [
    "bounces count from their first edge",
    [down(0), up(2), down(4), up(200), down(203), up(206)],
    ["down 0", "short 200"],
  ],
  ["bounces that come to nothing are nothing", [down(0), up(2), down(4), up(6), down(8), up(15)], []],
  ["a repeated edge adds nothing", [down(0), down(50), up(200), up(220)], ["down 0", "short 200"]],
  [
    "nor do many: no chatter, and nothing is kept from settling",
    [...Array.from({ length: 12 }, (_, i) => down(i)), up(12)],
    ["down 0", "short 12"],
  ],
  ["a release without a press is nothing", [up(100)], []],
  ["just under the threshold is short", [down(0), up(1499)], ["down 0", "short 1499"]],
  ["held to the threshold is long, once", [down(0), up(1500)], ["down 0", "held 1500", "long 1500"]],
  [
    "a bounce across the threshold delays, and changes nothing",
    [down(0), up(1495), down(1502), up(2000)],
    ["down 0", "held 1500", "long 2000"],
  ],
  [
    "a release that begins before the threshold is short",
    [down(0), up(1495), down(1498), up(1501)],
    ["down 0", "short 1495"],
  ],
  [
    "299 ms after the release the key is dead",
    [down(0), up(100), down(399), up(500)],
    ["down 0", "short 100", "dead down 399", "short 101"],
  ],
  [
    "300 ms after the release it is armed again",
    [down(0), up(100), down(400), up(500)],
    ["down 0", "short 100", "down 400", "short 100"],
  ],
  ["held for 9,999 ms is long", [down(0), up(9999)], ["down 0", "held 1500", "long 9999"]],
  [
    "held for 10 s is stuck: one fault, no release",
    [down(0), up(10_000)],
    ["down 0", "held 1500", "stuck raised", "stuck cleared"],
  ],
  [
    "a stuck key is dead until it was let go for 1 s",
    [down(0), up(60_000), down(60_990), up(61_100)],
    ["down 0", "held 1500", "stuck raised", "dead down 60990", "stuck cleared"],
  ],
  [
    "a press that begins before the second is over is dead, though it settles after it",
    [down(0), up(60_000), down(60_995), up(61_100)],
    ["down 0", "held 1500", "stuck raised", "dead down 60995", "stuck cleared"],
  ],
  [
    "let go for 1 s a stuck key is a key again",
    [down(0), up(60_000), down(61_000), up(61_100)],
    ["down 0", "held 1500", "stuck raised", "stuck cleared", "down 61000", "short 100"],
  ],
  ["8 edges in a second are no chatter", [...pulses(3, 2, 2), down(700), up(900)], ["down 700", "short 200"]],
  [
    "a dead press has its release to re-arm from, too",
    [down(0), up(100), down(300), up(390), down(600), up(700)],
    ["down 0", "short 100", "dead down 300", "short 90", "dead down 600", "short 100"],
  ],
  [
    "9 edges in a second are chatter, until it has been quiet for 60 s",
    [...pulses(4, 2, 2), down(300), up(500)],
    ["chatter raised", "down 300", "short 200", "chatter cleared"],
  ],
  ["9 edges in just over a second are not", [...pulses(4, 2, 2), down(1000), up(1100)], ["down 1000", "short 100"]],
])("%s", (_, touches, words) => {
  expect(new KeyBench().play(touches).words).toEqual(words);
});

// 80 ms for a worn contact: what would be several presses of a good one is one press of it.
test("a contact that chatters is judged by the wide window, and by the narrow one once it is quiet", () => {
  const bench = new KeyBench().play(pulses(5, 2, 2), 1000);
  expect(bench.words).toEqual(["chatter raised"]);
  bench.play([down(2000), up(2400), down(2450), up(2900)], 1000);
  expect(bench.words.splice(1)).toEqual(["down 2000", "short 900"]);
  bench.advance(60_000);
  bench.play([down(100_000), up(100_050)], 1000);
  expect(bench.words.slice(-3)).toEqual(["chatter cleared", "down 100000", "short 50"]);
});

// The bounce by which the wear is found belongs to a press that a person made: it is not lost to the wide window.
test("the press that shows the wear still counts", () => {
  const bounce = Array.from({ length: 11 }, (_, i): Touch => [i * 0.8, i % 2 === 0 ? "pressed" : "released"]);
  expect(new KeyBench().play([...bounce, up(60)]).words).toEqual([
    "chatter raised",
    "down 0",
    "short 60",
    "chatter cleared",
  ]);
});

test("a key without a long press has none, and gets stuck like any other", () => {
  const bench = new KeyBench({ longAfter: null });
  expect(bench.play([down(0), up(9000), down(20_000), up(50_000)]).words).toEqual([
    "down 0",
    "short 9000",
    "down 20000",
    "stuck raised",
    "stuck cleared",
  ]);
});

test("a press in its owner's dead time is reported as dead, to its end", () => {
  const bench = new KeyBench();
  bench.live = false;
  bench.edge("pressed");
  bench.live = true;
  bench.advance(200);
  bench.edge("released");
  bench.advance(1000);
  expect(bench.reports.filter(({ type }) => type !== "wake")).toEqual([
    { type: "pressed", at: 0, seen: "first", live: false },
    { type: "released", at: 200, heldFor: 200, isLong: false, seen: "first", live: false },
  ]);
});

// The face may change within the 10 ms in which the contact settles: the finger has seen the old one.
test("a press carries what its first edge saw", () => {
  const bench = new KeyBench();
  bench.edge("pressed");
  bench.advance(3);
  bench.sight = "second";
  bench.live = false;
  bench.edge("released");
  bench.advance(3);
  bench.edge("pressed");
  bench.advance(20);
  expect(bench.reports.find(({ type }) => type === "pressed")).toEqual({
    type: "pressed",
    at: 0,
    seen: "first",
    live: true,
  });
});

test("a device that is lost takes press and faults with it; the next edge begins anew", () => {
  const bench = new KeyBench();
  bench.edge("pressed");
  bench.advance(100);
  bench.lose();
  bench.edge("released");
  bench.advance(1000);
  expect(bench.words).toEqual(["down 0"]);
  bench.edge("pressed");
  bench.advance(10_000);
  bench.lose();
  expect(bench.words.slice(1)).toEqual(["down 1100", "held 2600", "stuck raised", "stuck cleared"]);
  expect(bench.words.length).toBe(5);
});

// Kernel timestamps travel: one older than what has been judged already counts as of now.
test("an edge that is reported late does not turn time back", () => {
  const [pressed] = stepKey(
    NEW_KEY,
    { type: "edge", edge: "pressed", at: monoMs(0), seen: "", live: true },
    keyTraits(null),
  );
  const [settled] = stepKey(pressed, { type: "woken", due: monoMs(10), at: monoMs(12) }, keyTraits(null));
  const [released] = stepKey(
    settled,
    { type: "edge", edge: "released", at: monoMs(11), seen: "", live: true },
    keyTraits(null),
  );
  const [, reports] = stepKey(released, { type: "woken", due: monoMs(22), at: monoMs(22) }, keyTraits(null));
  expect(reports).toMatchObject([{ type: "released", at: 12, heldFor: 12 }]);
});

// Some timers fire a moment early. Nothing is due then, and the key must not go deaf.
test("a wake that comes early is asked for again", () => {
  const [pressed] = stepKey(
    NEW_KEY,
    { type: "edge", edge: "pressed", at: monoMs(0), seen: "", live: true },
    keyTraits(null),
  );
  const [, reports] = stepKey(pressed, { type: "woken", due: monoMs(10), at: monoMs(9.5) }, keyTraits(null));
  expect(reports).toEqual([{ type: "wake", due: 10, after: 0.5 }]);
});

test("an idle key waits for nothing, and a busy one for little", () => {
  const bench = new KeyBench();
  expect(bench.pending).toBe(0);
  bench.play(pulses(200, 3, 3), 0);
  expect(bench.pending).toBeLessThanOrEqual(2);
  bench.advance(61_500);
  expect(bench.pending).toBe(0);
  bench.play([down(100_000), up(100_200)], 2000);
  expect(bench.pending).toBe(0);
});

// A worn switch that bounces on both edges yields one press, held for as long as the finger held it.
test("a bouncing contact is one press", () => {
  const bench = new KeyBench();
  const bounce = (edges: readonly Edge[]): void => {
    for (const edge of edges) {
      bench.edge(edge);
      bench.advance(1);
    }
  };
  bounce(["pressed", "released", "pressed"]);
  bench.advance(400);
  bounce(["released", "pressed", "released"]);
  bench.advance(20);
  expect(bench.reports.filter(({ type }) => type === "released")).toMatchObject([{ heldFor: 403 }]);
});

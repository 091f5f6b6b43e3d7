import fc from "fast-check";
import { expect, test } from "vitest";
import { monoMs } from "../../../protocol/index.ts";
import { offlineUplink, stepUplink, type Uplink, type UplinkInput } from "../../../terminal/core/uplink.ts";
import { ack } from "../../support/counter-messages.ts";

const connected = (at = 0): UplinkInput => ({ type: "connected", at: monoMs(at) });
const journalled = (seq: number, at = 0): UplinkInput => ({ type: "journalled", seq, at: monoMs(at) });
const acked = (upTo: number, at = 0, more: Parameters<typeof ack>[1] = {}): UplinkInput => ({
  type: "acknowledged",
  ack: ack(upTo, more),
  at: monoMs(at),
});
const due = (at: number): UplinkInput => ({ type: "resend-due", at: monoMs(at) });

/** What came out of the last input of `script`, as short words; wake-ups aside. */
function last(start: Pick<Uplink, "tail" | "head" | "done">, script: readonly UplinkInput[]): string[] {
  let state = offlineUplink(start);
  let words: string[] = [];
  for (const input of script) {
    const [next, effects] = stepUplink(state, input);
    state = next;
    words = effects.flatMap((effect) => {
      if (effect.type === "send") return [`${effect.from}-${effect.to}${effect.again ? " again" : ""}`];
      if (effect.type === "mark-done" || effect.type === "journal-behind") return [`${effect.type} ${effect.upTo}`];
      return effect.type === "wake-for-resend" ? [] : [effect.type];
    });
  }
  return words;
}

const EMPTY = { tail: 1, head: 0, done: 0 };
const THREE = { tail: 1, head: 3, done: 0 };
const OLD = { tail: 1, head: 20, done: 20 };
const LONG = { tail: 1, head: 100, done: 0 };

// Birth first, then what the controller does not have yet: never before it has said so, never more than the window.
test.each<[string, Pick<Uplink, "tail" | "head" | "done">, UplinkInput[], string[]]>([
  ["births on connect", THREE, [connected()], ["birth"]],
  ["sends nothing before the birth is answered", THREE, [connected(), journalled(4)], []],
  ["sends what the answer lacks", THREE, [connected(), acked(1)], ["mark-done 1", "resynced", "2-3"]],
  ["sends nothing when nothing is lacking", THREE, [connected(), acked(3)], ["mark-done 3", "resynced"]],
  ["sends a new input at once", EMPTY, [connected(), acked(0), journalled(1)], ["1-1"]],
  ["sends nothing while offline", EMPTY, [journalled(1)], []],
  ["sends nothing after the link is lost", EMPTY, [connected(), acked(0), { type: "disconnected" }, journalled(1)], []],
  ["fills a restored controller with its history", OLD, [connected(), acked(13)], ["resynced", "14-20"]],
  [
    "cuts the window into envelopes",
    LONG,
    [connected(), acked(0)],
    ["resynced", "1-7", "8-14", "15-21", "22-28", "29-35", "36-42", "43-49", "50-56", "57-63", "64-64"],
  ],
  ["moves the window on with the ack", LONG, [connected(), acked(0), acked(7)], ["mark-done 7", "65-71"]],
  ["takes an old ack for nothing", LONG, [connected(), acked(20), acked(7)], []],
  ["births again when its answer is lost", THREE, [connected(0), due(2000)], ["birth"]],
  ["waits the full time for the answer", THREE, [connected(0), due(1999)], []],
  ["resends the oldest after 2 s", LONG, [connected(), acked(0), due(2000)], ["1-7 again"]],
  ["does not resend what moves on", LONG, [connected(), acked(0), acked(7, 1500), due(2000)], []],
  ["does not resend what is acknowledged", THREE, [connected(), acked(0), acked(3), due(9000)], []],
  ["does not resend while offline", LONG, [connected(), acked(0), { type: "disconnected" }, due(2000)], []],
  [
    "sends again what is asked for",
    LONG,
    [connected(), acked(20), acked(20, 10, { need: [{ from: 21, to: 23 }] })],
    ["21-23 again"],
  ],
  [
    "also what was acknowledged before",
    OLD,
    [connected(), acked(20), acked(20, 10, { need: [{ from: 3, to: 12 }] })],
    ["3-9 again", "10-12 again"],
  ],
  [
    "but not what is pruned",
    { ...OLD, tail: 10 },
    [connected(), acked(20), acked(20, 10, { need: [{ from: 3, to: 12 }] })],
    ["10-12 again"],
  ],
  ["nor what was never journalled", OLD, [connected(), acked(20), acked(20, 10, { need: [{ from: 21, to: 99 }] })], []],
  [
    "starts at the tail when older history is gone",
    { ...OLD, tail: 15 },
    [connected(), acked(3)],
    ["resynced", "15-20"],
  ],
  ["reckons afresh with a new epoch", OLD, [connected(), acked(20), acked(18, 0, { epoch: 8 })], ["resynced", "19-20"]],
  [
    "births again for another controller",
    OLD,
    [connected(), acked(20), { type: "epoch-changed", at: monoMs(9) }],
    ["birth"],
  ],
  ["sees that its journal has lost its end", THREE, [connected(), acked(5)], ["journal-behind 5"]],
])("%s", (_, start, script, words) => {
  expect(last(start, script)).toEqual(words);
});

// Without the pause a gap that cannot be filled would be a storm.
test.each([
  [399, []],
  [400, ["21-23 again"]],
])("asked again after %i ms", (later, words) => {
  const need = [{ from: 21, to: 23 }];
  expect(last(LONG, [connected(), acked(20), acked(20, 10, { need }), acked(20, 10 + later, { need })])).toEqual(words);
});

interface Sent {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly again: boolean;
}

/**
 * A journal that grows, a controller that takes only the expected seq and acknowledges, and a link that loses messages
 * both ways and breaks: `chances` decides, step by step, 100 ms each.
 */
function runWorld(chances: readonly number[]): { state: Uplink; stored: number; sent: Sent[]; heads: number } {
  let state = offlineUplink(EMPTY);
  let stored = 0;
  let now = 0;
  const sent: Sent[] = [];
  const wakes: number[] = [];
  const acks: number[] = [];
  const feed = (input: UplinkInput): void => {
    const [next, effects] = stepUplink(state, input);
    state = next;
    expect(state.sent - Math.max(state.acked, state.tail - 1)).toBeLessThanOrEqual(64);
    for (const effect of effects) {
      if (effect.type === "wake-for-resend") wakes.push(now + effect.after);
      if (effect.type === "birth") answer(true);
      if (effect.type !== "send") continue;
      expect(state.phase).toBe("online");
      expect(effect.to - effect.from).toBeLessThan(7);
      sent.push({ ...effect, at: now });
      if (!isLost()) {
        if (effect.from <= stored + 1) stored = Math.max(stored, effect.to);
        answer(false);
      }
    }
  };
  let chance = 0;
  const isLost = (): boolean => chance % 5 === 0;
  const answer = (always: boolean): void => {
    if (always || chance % 3 !== 0) acks.push(stored);
  };
  const drain = (): void => {
    for (const upTo of acks.splice(0)) feed(acked(upTo, now));
    for (const at of wakes.filter((wake) => wake <= now)) {
      wakes.splice(wakes.indexOf(at), 1);
      feed(due(now));
    }
    expect(wakes.length).toBeLessThanOrEqual(1);
  };
  let head = 0;
  for (chance of chances) {
    now += 100;
    if (chance % 11 === 0) feed({ type: "disconnected" });
    else if (state.phase === "offline") feed(connected(now));
    if (chance % 2 === 0) feed(journalled(++head, now));
    drain();
  }
  chance = 1; // Faults end: everything must arrive.
  for (let calm = 0; calm < 600 && (state.acked < head || state.phase !== "online"); calm += 1) {
    now += 100;
    if (state.phase === "offline") feed(connected(now));
    drain();
  }
  return { state, stored, sent, heads: head };
}

// Laws over random journals and faults: every input arrives, in order, within the window, and resends stay rare.
test("every journalled input arrives once faults end, and resends are bounded", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 10, maxLength: 300 }), (chances) => {
      const { state, stored, sent, heads } = runWorld(chances);
      expect(stored).toBe(heads);
      expect(state.acked).toBe(heads);
      const again = sent.filter((send) => send.again).map(({ at }) => at);
      for (const [index, at] of again.entries()) {
        const before = again[index - 1];
        if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(2000);
      }
    }),
    { numRuns: 300 },
  );
});

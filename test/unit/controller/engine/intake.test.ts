import { describe, expect, test } from "vitest";
import {
  type Ack,
  Ack as AckSchema,
  HallError,
  type Health,
  INPUT_BYTES_MAX,
  milliseconds,
  NEED_INTERVAL,
  REFUSED_PER_ACK_MAX,
  seconds,
  type TerminalState,
} from "../../../../protocol/index.ts";
import { REFUSAL_TEXTS } from "../../../../controller/core/refusals.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import {
  type EngineRig,
  envelope,
  input,
  openRig,
  OTHER_STREAM,
  OTHER_TERMINAL,
  STREAM,
  TERMINAL,
} from "./engine-rig.ts";

const turn = (rig: EngineRig): void => rig.clock.advance(milliseconds(0));
const last = (rig: EngineRig): Ack | undefined => rig.acks.at(-1);

/** The seqs applied, in the order of the log. */
const applied = (rig: EngineRig): number[] =>
  [...rig.store.read(1, 1_000)].map(readEvent).flatMap(({ cause }) => (cause.kind === "input" ? [cause.seq] : []));

function receive(rig: EngineRig, ...seqs: number[]): void {
  rig.intake.receive(TERMINAL, envelope(seqs.map((seq) => input(seq))));
}

const birth = (changes: Partial<TerminalState>): TerminalState => ({
  v: 1,
  status: "online",
  stream: STREAM,
  session: 1,
  boot: 1,
  firmware: "0.1.0",
  role: "counter",
  devices: [],
  tail: 1,
  head: 0,
  done: 0,
  epochSeen: 0,
  ...changes,
});

describe("the expected input", () => {
  test("is applied and acknowledged after the commit, once for a whole flush", () => {
    const rig = openRig();
    receive(rig, 1, 2);
    receive(rig, 3);
    expect(rig.acks).toEqual([]);
    turn(rig);
    expect(applied(rig)).toEqual([1, 2, 3]);
    expect(rig.acks.map(({ upTo }) => upTo)).toEqual([3]);
    expect(AckSchema.parse(last(rig))).toEqual(last(rig));
  });

  test("carries its interval and its place in the stream into the log", () => {
    const rig = openRig();
    receive(rig, 1);
    turn(rig);
    const [event] = [...rig.store.read(1, 1)].map(readEvent);
    expect(event?.cause).toEqual({ kind: "input", terminalId: TERMINAL, stream: STREAM, seq: 1 });
    expect(event?.occurredAtMs).toBeLessThanOrEqual(event?.occurredUntilMs ?? 0);
  });

  test.each(["poison", "nothing"])(
    "that cannot be decided (%s) is recorded as rejected, and its stream goes on",
    (type) => {
      const rig = openRig();
      rig.intake.receive(TERMINAL, envelope([input(1, { type }), input(2)]));
      turn(rig);
      const types = [...rig.store.read(1, 9)].map((stored) => readEvent(stored).type);
      expect(types).toEqual(["input.rejected", "assistance.requested"]);
      expect(last(rig)?.upTo).toBe(2);
    },
  );

  test("that is too large is counted and recorded as rejected, without its content", () => {
    const rig = openRig();
    rig.intake.receive(TERMINAL, envelope([input(1, { body: { junk: "x".repeat(INPUT_BYTES_MAX) } }), input(2)]));
    turn(rig);
    const [first] = [...rig.store.read(1, 1)];
    expect(first?.record).toContain("too-large");
    expect(first?.record.length).toBeLessThan(1_000);
    expect(rig.intake.counters.oversized).toBe(1);
    expect(last(rig)?.upTo).toBe(2);
  });
});

describe("a refused intent", () => {
  const intents = (count: number) => Array.from({ length: count }, (_, at) => input(at + 1, { kind: "intent" }));

  test("is named in the acknowledgement with its reason, and again when it is sent again after a restart", () => {
    const rig = openRig();
    rig.intake.receive(TERMINAL, envelope(intents(1)));
    turn(rig);
    const refused = [{ seq: 1, code: "outdated", text: REFUSAL_TEXTS.outdated }];
    expect(last(rig)).toMatchObject({ upTo: 1, refused });
    rig.disk.crash();
    const again = openRig(rig.disk);
    again.intake.receive(TERMINAL, envelope(intents(1)));
    turn(again);
    expect(last(again)).toMatchObject({ upTo: 1, refused });
    expect(again.engine.head.seq).toBe(1);
  });

  test("more of them than one acknowledgement can name are told in several, none running ahead", () => {
    const rig = openRig();
    rig.intake.receive(TERMINAL, envelope(intents(REFUSED_PER_ACK_MAX + 2)));
    turn(rig);
    expect(rig.acks.map((ack) => [ack.upTo, ack.refused?.length])).toEqual([
      [REFUSED_PER_ACK_MAX, REFUSED_PER_ACK_MAX],
      [REFUSED_PER_ACK_MAX + 2, 2],
    ]);
  });
});

describe("an input that comes again", () => {
  test("is acknowledged again and applied once, in the same turn and later", () => {
    const rig = openRig();
    receive(rig, 1);
    receive(rig, 1, 2);
    turn(rig);
    receive(rig, 1);
    receive(rig, 2);
    turn(rig);
    expect(applied(rig)).toEqual([1, 2]);
    expect(rig.acks.map(({ upTo }) => upTo)).toEqual([2, 2]);
    expect(rig.intake.counters).toMatchObject({ applied: 2, repeated: 3 });
  });

  test.each(["under way", "committed"])(
    "with other content while the first is %s is quarantined, with one alarm",
    (when) => {
      const rig = openRig();
      receive(rig, 1);
      if (when === "committed") turn(rig);
      for (let times = 0; times < 3; times += 1) {
        rig.intake.receive(TERMINAL, envelope([input(1, { monoMs: 7 })]));
        turn(rig);
      }
      expect(applied(rig)).toEqual([1]);
      expect(rig.store.quarantined()).toMatchObject([{ terminalId: TERMINAL, seq: 1, reason: "other-content" }]);
      expect(rig.lines.filter(({ event }) => event === "input.quarantined")).toHaveLength(1);
      expect(last(rig)?.upTo).toBe(1);
    },
  );

  test("with other content on a disk that is full is not acknowledged, and kept when there is room", () => {
    const rig = openRig();
    receive(rig, 1);
    turn(rig);
    const other = envelope([input(1, { monoMs: 7 })]);
    const acks = rig.acks.length;
    rig.disk.appendFault = new HallError("STORE_FULL", "the disk is full");
    rig.intake.receive(TERMINAL, other);
    turn(rig);
    expect([rig.fatal, rig.acks.length, rig.store.quarantined()]).toEqual([[], acks, []]);
    rig.disk.appendFault = null;
    rig.intake.receive(TERMINAL, other);
    turn(rig);
    expect(rig.store.quarantined()).toMatchObject([{ seq: 1, reason: "other-content" }]);
    expect(last(rig)?.upTo).toBe(1);
  });

  test("although its place was declared a hole is kept as evidence, not applied", () => {
    const rig = openRig();
    rig.engine.submit({ type: "note-birth", terminalId: TERMINAL, birth: birth({ tail: 4 }) }, () => {});
    turn(rig);
    receive(rig, 2, 4);
    turn(rig);
    expect(applied(rig)).toEqual([4]);
    expect(rig.store.quarantined()).toMatchObject([{ seq: 2, reason: "after-hole" }]);
    expect(last(rig)?.upTo).toBe(4);
  });

  test("that a hole of the same batch has overtaken is not applied", () => {
    const rig = openRig();
    rig.engine.submit({ type: "note-birth", terminalId: TERMINAL, birth: birth({ tail: 4 }) }, () => {});
    receive(rig, 1);
    turn(rig);
    expect(applied(rig)).toEqual([]);
    expect(last(rig)?.upTo).toBe(3);
    receive(rig, 4);
    turn(rig);
    expect(applied(rig)).toEqual([4]);
  });
});

describe("a stream that is not the terminal's last committed birth's", () => {
  test("is counted, and neither applied nor acknowledged", () => {
    const rig = openRig();
    rig.intake.receive(TERMINAL, envelope([input(1), input(2)], OTHER_STREAM));
    turn(rig);
    expect(applied(rig)).toEqual([]);
    expect(rig.acks).toEqual([]);
    expect(rig.intake.counters.foreignStream).toBe(2);
  });
});

describe("an input whose key is stored although the log has lost its event", () => {
  test.each([
    ["the same content", input(3), REFUSAL_TEXTS.outdated],
    ["other content", input(3, { monoMs: 7 }), undefined],
  ])("(%s) is kept, recorded as rejected and acknowledged; its stream goes on", (_what, third, refusal) => {
    const first = openRig();
    receive(first, 1, 2);
    const intent = { ...third, kind: "intent" } as const;
    first.intake.receive(TERMINAL, envelope([input(3, { kind: "intent" })]));
    turn(first);
    first.disk.records.length = 2;
    first.disk.crash();
    const rig = openRig(first.disk);
    rig.intake.receive(TERMINAL, envelope([intent]));
    turn(rig);
    turn(rig);
    expect(rig.fatal).toEqual([]);
    expect(rig.store.quarantined()).toMatchObject([{ seq: 3, reason: "key-without-event" }]);
    receive(rig, 4);
    turn(rig);
    expect(last(rig)?.upTo).toBe(4);
    expect(applied(rig)).toEqual([1, 2, 3, 4]);
    const told = rig.acks.flatMap(({ refused = [] }) => refused.map(({ text }) => text));
    expect(told).toEqual(refusal === undefined ? [] : [refusal]);
  });
});

describe("a gap", () => {
  test("applies nothing beyond it and asks for all of it, once in NEED_INTERVAL and stream", () => {
    const rig = openRig();
    receive(rig, 1);
    for (let times = 0; times < 20; times += 1) {
      receive(rig, 3, 4);
      rig.clock.advance(milliseconds(10));
    }
    expect(applied(rig)).toEqual([1]);
    expect(rig.acks.flatMap(({ need }) => need ?? [])).toEqual([{ from: 2, to: 4 }]);
    rig.clock.advance(NEED_INTERVAL);
    expect(rig.acks.flatMap(({ need }) => need ?? [])).toHaveLength(2); // The one held back, when the interval is over.
    rig.clock.advance(seconds(60));
    expect(rig.acks.flatMap(({ need }) => need ?? [])).toHaveLength(2); // Nobody spoke: nobody is asked.
  });

  test("that is filled is not asked for any more", () => {
    const rig = openRig();
    receive(rig, 2);
    receive(rig, 1, 2);
    turn(rig);
    rig.clock.advance(seconds(5));
    expect(applied(rig)).toEqual([1, 2]);
    expect(rig.acks.filter(({ need }) => need !== undefined)).toEqual([]);
  });

  test("of one stream does not silence another", () => {
    const rig = openRig();
    const other = OTHER_STREAM;
    rig.intake.receive(TERMINAL, envelope([input(2)]));
    rig.intake.receive(OTHER_TERMINAL, envelope([input(5)], other));
    turn(rig);
    expect(rig.acks.map(({ stream, need }) => [stream, need])).toEqual([
      [STREAM, [{ from: 1, to: 2 }]],
      [other, [{ from: 1, to: 5 }]],
    ]);
  });
});

describe("births and health", () => {
  test("are answered with the committed seq, and ask for nothing that is still on its way by itself", () => {
    const rig = openRig();
    receive(rig, 1);
    turn(rig);
    rig.intake.answerBirth(TERMINAL, birth({ head: 5, done: 1 }));
    turn(rig);
    rig.intake.answerHealth(TERMINAL, { stream: STREAM, head: 5, done: 1 } as Health);
    turn(rig);
    expect(rig.acks.map(({ upTo, need }) => [upTo, need])).toEqual([
      [1, undefined],
      [1, undefined],
      [1, undefined],
    ]);
  });

  test("what it lacks of a stream that was left behind is asked for with every health, until it is here", () => {
    const rig = openRig();
    const left = OTHER_STREAM;
    const asked = () => rig.acks.filter(({ stream }) => stream === left).map(({ upTo, need }) => [upTo, need]);
    rig.intake.receive(TERMINAL, envelope([input(1)], left));
    turn(rig);
    expect(rig.intake.counters.foreignStream).toBe(1);
    rig.intake.answerBirth(TERMINAL, birth({ former: [{ stream: left, tail: 1, head: 2 }] }));
    turn(rig);
    rig.clock.advance(seconds(10));
    const health = { stream: STREAM, head: 0, done: 0 } as Health;
    rig.intake.answerHealth(TERMINAL, health); // The question was lost.
    turn(rig);
    expect(asked()).toEqual(Array(2).fill([0, [{ from: 1, to: 2 }]]));
    rig.intake.receive(TERMINAL, envelope([input(1), input(2)], left));
    turn(rig);
    rig.clock.advance(seconds(10));
    rig.intake.answerHealth(TERMINAL, health);
    turn(rig);
    expect(asked().slice(2)).toEqual([[2, undefined]]);
    expect(rig.engine.hall.cursors.get(`${TERMINAL}/${left}`)).toBe(2);
    rig.intake.answerBirth(TERMINAL, birth({ session: 2 }));
    rig.intake.receive(TERMINAL, envelope([input(3)], left));
    turn(rig);
    expect(rig.intake.counters.foreignStream).toBe(2); // Its card has let go of it.
  });

  test("a log restored from an older copy asks for what the terminal knows acknowledged, until it is here", () => {
    const rig = openRig();
    rig.intake.answerBirth(TERMINAL, birth({ head: 9, done: 8 }));
    turn(rig);
    expect(last(rig)).toMatchObject({ upTo: 0, need: [{ from: 1, to: 8 }] });
    receive(rig, 1, 2, 3);
    turn(rig);
    expect(last(rig)?.need).toBeUndefined();
    rig.clock.advance(NEED_INTERVAL);
    expect(last(rig)).toMatchObject({ upTo: 3, need: [{ from: 4, to: 8 }] });
    receive(rig, 4, 5, 6, 7, 8);
    turn(rig);
    rig.clock.advance(seconds(5));
    expect(last(rig)).toMatchObject({ upTo: 8 });
    expect(last(rig)?.need).toBeUndefined();
  });
});

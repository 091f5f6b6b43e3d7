import fc from "fast-check";
import { expect, test } from "vitest";
import { milliseconds, NEED_INTERVAL } from "../../../../protocol/index.ts";
import { verifyChain } from "../../../../controller/engine/chain.ts";
import { readEvent } from "../../../../controller/engine/upcast.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { type EngineRig, envelope, input, openRig, TERMINAL } from "./engine-rig.ts";

// Whatever the wire does to the envelopes of a terminal, each input is applied once and in order, also through crashes
// of the controller; nothing is acknowledged before it is committed; and no wire makes a storm of requests to resend.

const HEAD = 20;

type Step =
  | { readonly type: "deliver"; readonly seqs: readonly number[] }
  | { readonly type: "wait"; readonly ms: number }
  | { readonly type: "crash" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant("deliver" as const), seqs: someSeqs() }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.constant({ type: "crash" as const }) },
);

/** Up to seven neighbours, sometimes shuffled or with some left out. */
function someSeqs(): fc.Arbitrary<number[]> {
  const run = fc.tuple(fc.integer({ min: 1, max: HEAD }), fc.integer({ min: 1, max: 7 }));
  return run.chain(([from, count]) => {
    const seqs = Array.from({ length: count }, (_, at) => Math.min(from + at, HEAD));
    return fc.oneof(fc.constant(seqs), fc.shuffledSubarray(seqs, { minLength: 1 }));
  });
}

/** One terminal against a controller that may crash between any two steps, also with inputs under way. */
class Wire {
  rig: EngineRig = openRig();
  needs = 0;
  #acksSeen = 0;

  take(one: Step): void {
    if (one.type === "deliver") this.rig.intake.receive(TERMINAL, envelope(one.seqs.map((seq) => input(seq))));
    if (one.type === "wait") this.rig.clock.advance(milliseconds(one.ms));
    if (one.type === "crash") this.#crash();
    this.#checkAcks();
  }

  /** Resends the oldest unacknowledged until all are acknowledged. */
  drain(): void {
    for (let rounds = 0; this.acknowledged() < HEAD && rounds < HEAD; rounds += 1) {
      const next = this.acknowledged() + 1;
      const seqs = Array.from({ length: Math.min(7, HEAD - next + 1) }, (_, at) => next + at);
      this.take({ type: "deliver", seqs });
      this.take({ type: "wait", ms: 0 });
    }
  }

  applied(): number[] {
    const events = [...this.rig.store.read(1, 1_000)].map(readEvent);
    return events.flatMap(({ cause }) => (cause.kind === "input" ? [cause.seq] : []));
  }

  acknowledged(): number {
    return Math.max(0, ...this.rig.acks.map(({ upTo }) => upTo));
  }

  #crash(): void {
    this.rig.disk.crash();
    const { acks } = this.rig;
    // A new clock: with the process everything dies that it was still to be woken for.
    this.rig = openRig(this.rig.disk, new VirtualClock(this.rig.clock.now()));
    this.rig.acks.push(...acks);
  }

  #checkAcks(): void {
    for (const ack of this.rig.acks.slice(this.#acksSeen)) {
      expect(ack.upTo).toBeLessThanOrEqual(this.applied().length);
      this.needs += ack.need?.length ?? 0;
    }
    this.#acksSeen = this.rig.acks.length;
  }
}

test("any loss, repetition, reordering and crash ends with every input applied once and in order", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const wire = new Wire();
      for (const one of steps) wire.take(one);
      wire.drain();
      expect(wire.applied()).toEqual(Array.from({ length: HEAD }, (_, at) => at + 1));
      expect(wire.acknowledged()).toBe(HEAD);
      expect(verifyChain(wire.rig.store.read(1, 1_000)).ok).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("requests to resend are bounded by time alone, whatever arrives", () => {
  const calm = step.filter(({ type }) => type !== "crash");
  fc.assert(
    fc.property(fc.array(calm, { maxLength: 60 }), (steps) => {
      const wire = new Wire();
      const start = wire.rig.clock.mono();
      for (const one of steps) wire.take(one);
      const passed = wire.rig.clock.mono() - start;
      expect(wire.needs).toBeLessThanOrEqual(Math.floor(passed / NEED_INTERVAL) + 1);
    }),
    { numRuns: 300 },
  );
});

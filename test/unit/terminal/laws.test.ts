import fc from "fast-check";
import { expect, test } from "vitest";
import { BadgeDigest, CounterPhase, isIntentType, type Level, type VisitId } from "../../../protocol/index.ts";
import type { Effect } from "../../../terminal/core/effects.ts";
import { isConnected } from "../../../terminal/core/terminal-state.ts";
import { shownBy } from "../../../terminal/core/view.ts";
import { ack, controllerState, desired, VISIT_A, VISIT_B } from "../../support/counter-messages.ts";
import { TerminalCoreRig } from "../../support/terminal-core-rig.ts";

const PHASES: readonly CounterPhase[] = CounterPhase.options;
const BADGE = BadgeDigest.parse("0f".repeat(32));

/** What may happen at a counter next; `size` is a delay, a revision or an amount, as the case needs. */
const happening = fc.record({
  kind: fc.constantFrom(
    "tap",
    "hold",
    "rate",
    "badge",
    "up",
    "down",
    "face",
    "ack",
    "controller",
    "wait",
    "commit",
    "full",
  ),
  key: fc.constantFrom<"call" | "pause">("call", "pause"),
  phase: fc.constantFrom(...PHASES),
  visitId: fc.constantFrom<VisitId>(VISIT_A, VISIT_B),
  level: fc.constantFrom<Level>(1, 2, 3, 4, 5),
  size: fc.nat({ max: 6000 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** The world of one counter, as rough as a world can be: everything at any time, in any order. */
class Walk {
  readonly rig = new TerminalCoreRig();
  #rev = 0;

  step({ kind, key, phase, visitId, level, size }: Happening): void {
    const { rig } = this;
    switch (kind) {
      case "tap":
        return rig.tap(key, 20 + (size % 200));
      case "hold":
        return rig.tap(key, 1500 + (size % 2000));
      case "rate":
        return rig.rate(level);
      case "badge":
        return rig.feed({ type: "badge-presented", badge: BADGE });
      case "up":
        if (!rig.state.link.up) rig.feed({ type: "link-up" });
        return;
      case "down":
        if (rig.state.link.up) rig.feed({ type: "link-down", reason: "cut", chance: 0.5 });
        return;
      case "face": {
        const { visit } = desired(1, phase);
        return rig.show(desired((this.#rev += size % 3), phase, { visit: visit && { ...visit, visitId } }));
      }
      case "ack":
        return rig.feed({ type: "ack-heard", ack: ack(Math.min(rig.state.uplink.head, size % 40)) });
      case "controller":
        return rig.feed({ type: "controller-heard", controller: controllerState(size % 4 === 0 ? "down" : "up") });
      case "wait":
        return rig.advance(size);
      case "commit":
        rig.holdsCommits = size % 2 === 0;
        return rig.commit();
      case "full":
        rig.isFull = size % 8 === 0;
    }
  }
}

/** Laws over what one step of the world made the terminal do. */
class Judge {
  readonly #rated: VisitId[] = [];
  #journalled = 0;
  #accepted = 0;

  look(effects: readonly Effect[], wasConnected: boolean, head: number): void {
    for (const effect of effects) {
      if (effect.type === "journal") this.#judgeDraft(effect, wasConnected);
      if (effect.type === "beep" && effect.pattern === "accepted") this.#accepted += 1;
      if (effect.type !== "send-inputs") continue;
      expect(effect.from).toBeGreaterThanOrEqual(1);
      expect(effect.to).toBeLessThanOrEqual(head);
      expect(effect.to - effect.from).toBeLessThan(7);
    }
    expect(this.#accepted, "accepted without having been journalled").toBeLessThanOrEqual(this.#journalled);
    expect(new Set(this.#rated).size, "rated twice").toBe(this.#rated.length);
  }

  #judgeDraft({ draft }: Extract<Effect, { type: "journal" }>, wasConnected: boolean): void {
    this.#journalled += 1;
    if (draft.type === "rating-given") this.#rated.push(draft.body.visitId);
    expect(draft.basis !== undefined && draft.ttlMs !== undefined).toBe(isIntentType(draft.type));
    if (isIntentType(draft.type)) expect(wasConnected, "an intent without a controller").toBe(true);
  }
}

// Whatever happens, in whatever order: no intent without a controller, one rating per visit, nothing accepted that was
// not journalled, nothing sent that is not in the journal, one pending press at most, lamps and plate never behind the
// state, and no crash.
test("the laws of the counter", () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 80 }), (walk) => {
      const world = new Walk();
      const judge = new Judge();
      for (const next of walk) {
        const wasConnected = isConnected(world.rig.state);
        world.rig.take();
        world.step(next);
        expect(world.rig.state.shown, "the devices show what the state says").toEqual(shownBy(world.rig.state));
        const { keypad } = world.rig.view;
        if (keypad === "thanks") expect(world.rig.state.rating.phase).toBe("thanks");
        judge.look(world.rig.take(), wasConnected, world.rig.state.uplink.head);
      }
    }),
    { numRuns: 600 },
  );
});

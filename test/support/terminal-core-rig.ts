import {
  type Desired,
  epochMs,
  KEY_SETTLE,
  type Level,
  type MonoMs,
  monoMs,
  type VisitId,
} from "../../protocol/index.ts";
import type { Effect } from "../../terminal/core/effects.ts";
import type { TerminalInput } from "../../terminal/core/inputs.ts";
import type { KeyName } from "../../terminal/core/key-gestures.ts";
import { stepTerminal } from "../../terminal/core/step-terminal.ts";
import { startState, type TerminalState } from "../../terminal/core/terminal-state.ts";
import { type TerminalView, viewOf } from "../../terminal/core/view.ts";
import { ack, controllerState, HALL_NOW, STREAM, TERMINAL } from "./counter-messages.ts";

/** Distributes over the union: an input without its instant. */
type Timeless<T> = T extends unknown ? Omit<T, "at"> : never;
type Saying = Timeless<TerminalInput>;

/**
 * The terminal's core in a world of its own: time that moves by hand, a journal that commits at once (or holds its
 * commits back), and everything it orders, on record.
 */
export class TerminalCoreRig {
  state: TerminalState;
  /** All that was ordered since the last look, wake-ups and log lines aside. */
  #ordered: Effect[] = [];
  #wakes: { due: number; input: Saying }[] = [];
  #held: Saying[] = [];
  #now = 1000;
  #head = 0;
  holdsCommits = false;
  isFull = false;

  constructor(rated: readonly VisitId[] = []) {
    const journal = { stream: STREAM, tail: 1, head: 0, done: 0 };
    this.state = startState({ terminal: TERMINAL, journal, epochSeen: 0, hallFloor: epochMs(500), rated });
    this.feed({ type: "started" });
  }

  get now(): MonoMs {
    return monoMs(this.#now);
  }

  get view(): TerminalView {
    return viewOf(this.state);
  }

  /** Last line of the plate, Chinese. */
  get foot(): string | undefined {
    return this.view.plate.lines.at(-1)?.zh;
  }

  feed(saying: Saying): void {
    const input: TerminalInput = { ...saying, at: this.now };
    const [state, effects] = stepTerminal(this.state, input);
    this.state = state;
    for (const effect of effects) this.#carryOut(effect);
  }

  /** Moves time on and fires the wakes that fall due, each at its own instant. */
  advance(by: number): void {
    const end = this.#now + by;
    for (;;) {
      this.#wakes.sort((a, b) => a.due - b.due);
      const next = this.#wakes[0];
      if (next === undefined || next.due > end) break;
      this.#wakes.shift();
      this.#now = Math.max(this.#now, next.due);
      this.feed(next.input);
    }
    this.#now = end;
  }

  /** What was ordered since the last look. */
  take(): Effect[] {
    return this.#ordered.splice(0);
  }

  ordered<T extends Effect["type"]>(type: T): Extract<Effect, { type: T }>[] {
    return this.#ordered.filter((effect): effect is Extract<Effect, { type: T }> => effect.type === type);
  }

  /** Types of what was journalled since the last look. */
  journalled(): string[] {
    return this.ordered("journal").map(({ draft }) => draft.type);
  }

  beeps(): string[] {
    return this.ordered("beep").map(({ pattern }) => pattern);
  }

  /** Lets held commits through. */
  commit(): void {
    for (const saying of this.#held.splice(0)) this.feed(saying);
  }

  /** Link, controller, answered birth, and a face: ready for people. The keys' dead time is over. */
  online(face: Desired): void {
    this.feed({ type: "link-up" });
    this.feed({ type: "controller-heard", controller: controllerState("up") });
    this.feed({ type: "ack-heard", ack: ack(this.#head, { now: HALL_NOW }) });
    this.show(face);
    this.advance(1000);
    this.take();
  }

  offline(): void {
    this.feed({ type: "link-down", reason: "closed", chance: 0.5 });
    this.take();
  }

  show(desired: Desired): void {
    this.feed({ type: "desired-heard", desired });
  }

  /** A finger on a clerk's key, until the release counts. */
  tap(key: KeyName, heldFor = 100): void {
    this.feed({ type: "key-edge", key, edge: "pressed" });
    this.advance(heldFor);
    this.feed({ type: "key-edge", key, edge: "released" });
    this.advance(KEY_SETTLE);
  }

  /** A citizen's finger, just long enough to count. */
  rate(level: Level): void {
    this.feed({ type: "key-edge", key: `rating-${level}`, edge: "pressed" });
    this.advance(KEY_SETTLE);
    this.feed({ type: "key-edge", key: `rating-${level}`, edge: "released" });
  }

  #carryOut(effect: Effect): void {
    if (effect.type === "wake") {
      this.#wakes.push({ due: this.#now + effect.after, input: { type: "woken", token: effect.token } });
      return;
    }
    if (effect.type === "log") return;
    this.#ordered.push(effect);
    if (effect.type === "connect" || effect.type !== "journal") return;
    const { draft } = effect;
    if (this.isFull) this.feed({ type: "journal-refused", draft });
    else {
      const answer: Saying = { type: "journalled", draft, seq: ++this.#head };
      if (this.holdsCommits) this.#held.push(answer);
      else this.feed(answer);
    }
  }
}

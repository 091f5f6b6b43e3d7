import type { Clock, MonoMs } from "../../protocol/index.ts";
import type { TerminalInput } from "../core/inputs.ts";
import { stepTerminal } from "../core/step-terminal.ts";
import type { TerminalState } from "../core/terminal-state.ts";
import { looksTheSame, type TerminalView, viewOf } from "../core/view.ts";
import type { Effect } from "../core/effects.ts";
import { createExecutors, type Executors, type OpenExecutors } from "./executors.ts";
import type { Vitals } from "./life-watch.ts";
import { LoopWatch } from "./loop-watch.ts";
import type { TerminalParts } from "./parts.ts";
import { PressTracer } from "./press-tracer.ts";

/** Told of what the counter shows, whenever that has changed. */
export type OnView = (view: TerminalView) => void;

type Phase = "waiting" | "idle" | "running" | "closed";

/**
 * The place of side effects: takes inputs one after the other, steps the core, carries out what it orders. Never
 * re-entrant: what an order reports back, and what comes in meanwhile, waits in the queue.
 */
export class TerminalRuntime {
  readonly #open: OpenExecutors;
  readonly #onView: OnView | undefined;
  readonly #watch: LoopWatch;
  readonly #tracer: PressTracer | null;
  readonly #queue: TerminalInput[] = [];
  readonly #clock: Clock;
  #state: TerminalState;
  #view: TerminalView;
  /** The state that `#view` was drawn from. */
  #viewed: TerminalState;
  #phase: Phase = "waiting";
  #steppedAt: MonoMs;

  constructor(parts: TerminalParts, start: TerminalState, onView?: OnView) {
    this.#open = createExecutors(parts, (input) => this.feed(input));
    this.#watch = new LoopWatch(parts.clock, parts.log, (input) => this.#take(input), parts.beats);
    const { trace, identity, clock } = parts;
    this.#tracer = trace === undefined ? null : new PressTracer(trace, identity.terminal, clock);
    this.#clock = clock;
    this.#steppedAt = clock.mono();
    this.#state = start;
    this.#onView = onView;
    this.#view = viewOf(start);
    this.#viewed = start;
  }

  get view(): TerminalView {
    return this.#view;
  }

  vitals(): Vitals {
    return { steppedAt: this.#steppedAt, journalFault: this.#state.journalFault };
  }

  /** What was fed before it waits for it: a device shows nothing before it is open. */
  start(at: MonoMs): void {
    this.#watch.start();
    this.#queue.unshift({ type: "started", at });
    this.#run();
  }

  feed(input: TerminalInput): void {
    if (this.#phase === "closed") return;
    const dated = this.#watch.dated(input);
    if (dated !== null) this.#take(dated);
  }

  #take(input: TerminalInput): void {
    this.#queue.push(input);
    if (this.#phase === "idle") this.#run();
  }

  #run(): void {
    this.#phase = "running";
    // No `finally`: after a throw the process ends, and nothing half done may go on meanwhile.
    if (this.#drained() !== "running") return;
    this.#phase = "idle";
    this.#steppedAt = this.#clock.mono();
    this.#tellView();
  }

  /** Nothing is taken or carried out after it. */
  close(): void {
    this.#phase = "closed";
    this.#queue.length = 0;
    this.#watch.stop();
    this.#open.close();
  }

  /** Steps through the queue; the phase after it, for somebody may have closed us meanwhile. */
  #drained(): Phase {
    for (let input = this.#queue.shift(); input !== undefined; input = this.#queue.shift()) {
      const before = this.#state;
      const [state, effects] = stepTerminal(before, input);
      this.#state = state;
      this.#tracer?.stepped(input, state, effects);
      for (const effect of effects) carryOut(this.#open.executors, effect);
      this.#tracer?.carriedOut(input, before, state, effects);
    }
    return this.#phase;
  }

  #tellView(): void {
    const before = this.#view;
    if (looksTheSame(this.#viewed, this.#state)) return;
    this.#viewed = this.#state;
    const view = viewOf(this.#state);
    if (sameView(before, view)) return;
    this.#view = view;
    this.#onView?.(view);
  }
}

function carryOut<K extends Effect["type"]>(executors: Executors, effect: Extract<Effect, { type: K }>): void {
  executors[effect.type](effect);
}

const sameView = (a: TerminalView, b: TerminalView): boolean =>
  a.plate === b.plate &&
  a.lamps === b.lamps &&
  a.keypad === b.keypad &&
  a.connected === b.connected &&
  a.phase === b.phase &&
  a.ticketNumber === b.ticketNumber &&
  a.pending === b.pending;

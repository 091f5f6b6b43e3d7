import {
  type Clock,
  elapsed,
  milliseconds,
  type MonoMs,
  type TerminalId,
  type Trace,
  type TraceStage,
} from "../../protocol/index.ts";
import type { Draft } from "../core/draft.ts";
import type { Effect } from "../core/effects.ts";
import { hallTimeAt } from "../core/hall-time.ts";
import type { TerminalInput } from "../core/inputs.ts";
import type { AnyKeyName } from "../core/key-gestures.ts";
import type { TerminalState } from "../core/terminal-state.ts";

/** From the first edge of a press to its last. */
interface Touch {
  readonly from: MonoMs;
  readonly to: MonoMs;
}

type Edge = "pressed" | "released";

interface Passage {
  /** Hall time minus own monotonic time, as it was known when the input was journalled: one for the whole passage. */
  readonly offset: number;
  readonly clock: "hall" | "own";
  published: boolean;
  shown: boolean;
}

/** Down again so much later than it went up, and it is another press. */
const BOUNCE_MAX = milliseconds(100);
/** Inputs followed at once. */
const PASSAGES_MAX = 64;

/**
 * Watches the runtime step and tells where the time of an input goes: from the edge of a key to the send, and from the
 * face that answers to what the devices are told. It changes nothing, and stands only where traces are asked for.
 */
export class PressTracer {
  readonly #trace: Trace;
  readonly #terminalId: TerminalId;
  readonly #clock: Clock;
  readonly #touches = new Map<AnyKeyName, Touch & { readonly last: Edge }>();
  readonly #drafts = new WeakMap<Draft, { readonly touch: Touch; readonly knownAt: MonoMs }>();
  readonly #passages = new Map<number, Passage>();
  #begun: MonoMs;

  constructor(trace: Trace, terminalId: TerminalId, clock: Clock) {
    this.#trace = trace;
    this.#terminalId = terminalId;
    this.#clock = clock;
    this.#begun = clock.mono();
  }

  /** The core has taken `input`; what it ordered is carried out next. */
  stepped(input: TerminalInput, state: TerminalState, effects: readonly Effect[]): void {
    this.#begun = this.#clock.mono();
    if (input.type === "key-edge") this.#noteEdge(input.key, input.edge, input.at);
    for (const effect of effects) {
      if (effect.type === "journal") this.#noteDraft(effect.draft, input);
    }
    if (input.type === "journalled") this.#noteJournalled(input.draft, input.seq, input.at, state);
  }

  /** Everything ordered by it has been carried out. */
  carriedOut(input: TerminalInput, before: TerminalState, after: TerminalState, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === "send-inputs") this.#noteSent(effect.from, effect.to, after);
    }
    if (input.type === "desired-heard") this.#noteShown(input.at, before, after);
  }

  /** A face with another meaning of the keys answers what was awaited; or whatever is no longer awaited after it. */
  #noteShown(at: MonoMs, before: TerminalState, after: TerminalState): void {
    const [old, shown] = [before.face.desired, after.face.desired];
    if (shown === null || old === shown) return;
    const isOther = old?.basis.epoch !== shown.basis.epoch || old.basis.position !== shown.basis.position;
    const still = isOther ? [] : awaited(after);
    for (const seq of awaited(before)) {
      const passage = this.#passages.get(seq);
      if (passage === undefined || passage.shown || still.includes(seq)) continue;
      passage.shown = true;
      this.#note(after, seq, "face.shown", at, this.#clock.mono());
    }
  }

  #noteEdge(key: AnyKeyName, edge: Edge, at: MonoMs): void {
    const touch = this.#touches.get(key);
    const isAnother =
      touch === undefined || (touch.last === "released" && edge === "pressed" && elapsed(touch.to, at) > BOUNCE_MAX);
    this.#touches.set(key, { from: isAnother ? at : touch.from, to: at, last: edge });
  }

  #noteDraft(draft: Draft, input: TerminalInput): void {
    const key = input.type === "key-edge" ? input.key : keyOf(input);
    const touch = key === null ? undefined : this.#touches.get(key);
    if (key !== null) this.#touches.delete(key);
    this.#drafts.set(draft, { touch: touch ?? { from: input.at, to: input.at }, knownAt: this.#begun });
  }

  #noteJournalled(draft: Draft, seq: number, at: MonoMs, state: TerminalState): void {
    const known = this.#drafts.get(draft);
    if (known === undefined) return;
    this.#passages.set(seq, { ...this.#offsetAt(state, at), published: false, shown: false });
    const [oldest] = this.#passages.keys();
    if (this.#passages.size > PASSAGES_MAX && oldest !== undefined) this.#passages.delete(oldest);
    const { touch, knownAt } = known;
    this.#note(state, seq, "edge", touch.from, touch.to, { input: draft.type });
    this.#note(state, seq, "gesture", touch.to, knownAt);
    this.#note(state, seq, "journal.commit", knownAt, at);
  }

  #noteSent(from: number, to: number, state: TerminalState): void {
    for (const [seq, passage] of this.#passages) {
      if (seq < from || seq > to || passage.published) continue;
      passage.published = true;
      this.#note(state, seq, "publish", this.#begun, this.#clock.mono());
    }
  }

  #offsetAt({ hallTime }: TerminalState, at: MonoMs): Pick<Passage, "offset" | "clock"> {
    const { hallMs, synced } = hallTimeAt(hallTime, at);
    if (synced) return { offset: hallMs - at, clock: "hall" };
    return { offset: this.#clock.now() - this.#clock.mono(), clock: "own" };
  }

  #note(
    { stream }: TerminalState,
    seq: number,
    stage: TraceStage,
    from: MonoMs,
    to: MonoMs,
    fields: Readonly<Record<string, string>> = {},
  ): void {
    const passage = this.#passages.get(seq);
    if (passage === undefined) return;
    const { offset, clock } = passage;
    const input = { terminalId: this.#terminalId, stream, seq };
    this.#trace.note({ input, stage, startMs: from + offset, endMs: to + offset, fields: { ...fields, clock } });
  }
}

const keyOf = (input: TerminalInput): AnyKeyName | null =>
  input.type === "woken" && input.token.for === "key" ? input.token.key : null;

/** Inputs whose answer a face may be. */
function awaited({ press, face }: TerminalState): number[] {
  const seqs = [press.phase === "none" ? null : press.seq, face.overlay?.seq ?? null];
  return seqs.filter((seq) => seq !== null);
}

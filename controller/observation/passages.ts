import {
  type Ack,
  type Clock,
  type DurationMs,
  type EpochMs,
  elapsed,
  type HallId,
  type Input,
  type InputName,
  type MonoMs,
  type StreamId,
  type TerminalId,
  topics,
  type Trace,
  type TraceStage,
} from "../../protocol/index.ts";
import type { HallEvent } from "../core/events.ts";
import { cursorKey } from "../core/state.ts";
import type { Decide } from "../engine/batch.ts";
import type { CommandKey } from "../engine/ports.ts";

export interface PassageOptions {
  readonly hall: HallId;
  readonly clock: Clock;
  readonly hallNow: () => EpochMs;
  /** One input: from its message's arrival to the acknowledgement that covers it. */
  readonly onAcknowledged: (took: DurationMs) => void;
  /** Null: nobody asked for traces. */
  readonly trace: Trace | null;
}

interface Passage {
  readonly input: InputName;
  readonly heardAt: MonoMs;
}

/** Inputs followed at once; the one that came first is forgotten first. */
export const PASSAGES_MAX = 8_192;
/** Hall time comes in whole milliseconds, rounded down: of some samples of one clock, the highest is the best. */
const OFFSETS_MAX = 16;

/** Follows inputs through the controller, for the metrics and, if asked, for traces. Decides nothing. */
export class Passages {
  readonly #options: PassageOptions;
  /** By stream, then by seq, oldest first. */
  readonly #underWay = new Map<string, Map<number, Passage>>();
  /** Inputs whose events may change the face of their own terminal, by the topic of that face: of one commit. */
  readonly #faces = new Map<string, InputName>();
  #offsets: number[] = [];
  #count = 0;
  #heardAt: MonoMs;

  constructor(options: PassageOptions) {
    this.#options = options;
    this.#heardAt = options.clock.mono();
  }

  /** A message from a terminal has come in and is read now. */
  heard(): void {
    this.#heardAt = this.#options.clock.mono();
  }

  /** One of its inputs was handed to the engine. */
  taken(terminalId: TerminalId, stream: StreamId, { seq, type }: Pick<Input, "seq" | "type">): void {
    const passage: Passage = { input: { terminalId, stream, seq }, heardAt: this.#heardAt };
    const key = cursorKey(terminalId, stream);
    const of = this.#underWay.get(key) ?? new Map<number, Passage>();
    this.#underWay.set(key, of);
    if (!of.has(seq)) this.#count += 1;
    of.set(seq, passage);
    if (this.#count > PASSAGES_MAX) this.#forgetOldest();
    if (this.#options.trace !== null) this.#sample();
    this.#note(passage.input, "intake", passage.heardAt, { input: type });
  }

  /** `decide` itself when nobody asked for traces. */
  watching(decide: Decide): Decide {
    const { trace, clock } = this.#options;
    if (trace === null) return decide;
    return (hall, command) => {
      if (command.type !== "apply-input") return decide(hall, command);
      const begun = clock.mono();
      const decided = decide(hall, command);
      const { terminalId, stream, input } = command;
      this.#note({ terminalId, stream, seq: input.seq }, "decide", begun);
      return decided;
    };
  }

  /** Since `begun` these were committed together. */
  committed(keys: readonly CommandKey[], begun: MonoMs): void {
    if (this.#options.trace === null) return;
    for (const { key } of keys) {
      const passage = this.#passageOf(key);
      if (passage !== undefined) this.#note(passage.input, "commit", begun, { together: keys.length });
    }
  }

  /** To be told before the faces are published. `terminalOf` a counter. */
  caused(events: readonly HallEvent[]): void {
    if (this.#options.trace === null) return;
    this.#faces.clear();
    for (const { cause } of events) {
      if (cause.kind !== "input") continue;
      const { terminalId, stream, seq } = cause;
      this.#faces.set(topics.terminal(this.#options.hall, terminalId, "desired"), { terminalId, stream, seq });
    }
  }

  /** Since `begun` something was published under `topic`. */
  published(topic: string, begun: MonoMs): void {
    const input = this.#faces.get(topic);
    if (input === undefined) return;
    this.#faces.delete(topic);
    this.#note(input, "face.publish", begun);
  }

  /** Since `begun` this acknowledgement was sent. */
  acknowledged(terminalId: TerminalId, { stream, upTo }: Pick<Ack, "stream" | "upTo">, begun: MonoMs): void {
    const key = cursorKey(terminalId, stream);
    const of = this.#underWay.get(key);
    if (of === undefined) return;
    for (const [seq, { input, heardAt }] of of) {
      if (seq > upTo) continue;
      of.delete(seq);
      this.#count -= 1;
      this.#options.onAcknowledged(elapsed(heardAt, this.#options.clock.mono()));
      this.#note(input, "ack.publish", begun);
    }
    if (of.size === 0) this.#underWay.delete(key);
  }

  #passageOf(key: string): Passage | undefined {
    const slash = key.lastIndexOf("/");
    return this.#underWay.get(key.slice(0, slash))?.get(Number(key.slice(slash + 1)));
  }

  #forgetOldest(): void {
    for (const [key, of] of this.#underWay) {
      const [oldest] = of.keys();
      if (oldest !== undefined && of.delete(oldest)) this.#count -= 1;
      if (of.size === 0) this.#underWay.delete(key);
      return;
    }
  }

  #sample(): void {
    const { clock, hallNow } = this.#options;
    this.#offsets = [...this.#offsets.slice(1 - OFFSETS_MAX), hallNow() - clock.mono()];
  }

  /** A stage that ends now. */
  #note(
    input: InputName,
    stage: TraceStage,
    begun: MonoMs,
    fields: Readonly<Record<string, string | number>> = {},
  ): void {
    const { trace, clock } = this.#options;
    if (trace === null) return;
    const offset = Math.max(...this.#offsets);
    trace.note({ input, stage, startMs: begun + offset, endMs: clock.mono() + offset, fields });
  }
}

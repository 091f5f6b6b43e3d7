import {
  canonicalJson,
  epochMs,
  type FormerStream,
  HallError,
  type Health,
  INPUT_BYTES_MAX,
  type Input,
  type Log,
  type StreamId,
  type TerminalId,
  type TerminalState,
  type UpEnvelope,
} from "../../protocol/index.ts";
import type { Order } from "../core/commands.ts";
import type { HallEvent } from "../core/events.ts";
import { Acknowledger, type AcknowledgerOptions, cursorOf } from "./acknowledger.ts";
import { digestOf } from "./chain.ts";
import type { Outcome } from "./engine.ts";
import { occurredAt } from "./occurred.ts";
import { type EventStore, QUARANTINE_MAX } from "./ports.ts";
import { expectedSeq, type StreamEntry, StreamLedger } from "./stream-ledger.ts";
import { isCurable } from "./write-fault.ts";

export interface IntakeOptions extends AcknowledgerOptions {
  readonly store: EventStore;
  readonly log: Log;
  /** Told of what is not taken as it came. Must not throw. */
  readonly onRefused?: ((code: IntakeRefusal, terminalId: TerminalId) => void) | undefined;
  /** Told of every input that is handed to the engine. Must not throw. */
  readonly onTaken?: ((terminalId: TerminalId, stream: StreamId, input: Input) => void) | undefined;
}

/** Why an input was put aside as evidence. */
type QuarantineReason = "other-content" | "after-hole" | "key-without-event";

/** Metric label of what the intake does not take. Stable. */
export type IntakeRefusal = QuarantineReason | "foreign-stream" | "oversized-input";

/** Since the start of the controller: for the metrics. */
export interface IntakeCounters {
  /** Committed for the first time, refused and rejected ones included. */
  applied: number;
  repeated: number;
  /** Inputs of another stream than the terminal was last born with: neither applied nor acknowledged. */
  foreignStream: number;
  /** Inputs put aside because an earlier one of their stream is missing. */
  beyondGap: number;
  needs: number;
  oversized: number;
  quarantined: number;
  acks: number;
}

/**
 * What becomes of the inputs of terminals: each seq of a stream is applied once and in order, whatever the wire
 * repeats, loses or reorders, and is acknowledged after its commit, never before.
 */
export interface Intake {
  readonly counters: Readonly<IntakeCounters>;
  /** An envelope that fits its schema, from the terminal whose certificate this is. */
  receive(terminalId: TerminalId, envelope: UpEnvelope): void;
  /** To be called once `note-birth` of this birth is committed: by then a hole, if there is one, is known. */
  answerBirth(terminalId: TerminalId, birth: TerminalState): void;
  answerHealth(terminalId: TerminalId, health: Health): void;
}

export function createIntake(options: IntakeOptions): Intake {
  return new StreamIntake(options);
}

class StreamIntake implements Intake {
  readonly counters: IntakeCounters = {
    applied: 0,
    repeated: 0,
    foreignStream: 0,
    beyondGap: 0,
    needs: 0,
    oversized: 0,
    quarantined: 0,
    acks: 0,
  };
  readonly #options: IntakeOptions;
  readonly #ledger = new StreamLedger();
  readonly #acknowledger: Acknowledger;
  /** Streams that a terminal has left behind and still holds inputs of, as its last birth named them. */
  readonly #former = new Map<TerminalId, readonly FormerStream[]>();
  /** Inputs already quarantined: each raises one alarm, not one per resend. */
  readonly #alarmed = new Set<string>();

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#acknowledger = new Acknowledger(options, this.counters);
  }

  receive(terminalId: TerminalId, envelope: UpEnvelope): void {
    const { engine } = this.#options;
    if (engine.ended) return;
    if (!this.#isItsOwn(terminalId, envelope.stream)) return this.#turnAway(terminalId, envelope);
    const entry = this.#ledger.entry(terminalId, envelope.stream);
    try {
      for (const input of envelope.inputs) this.#take(entry, envelope, input);
    } catch (thrown) {
      if (!(thrown instanceof HallError)) throw thrown;
      engine.halt(thrown);
    }
  }

  answerBirth(terminalId: TerminalId, birth: TerminalState): void {
    const entry = this.#ledger.entry(terminalId, birth.stream);
    // It was told "committed" up to `done`. If this log holds less, it was restored from an older copy: refill it.
    entry.wanted = birth.done;
    this.#acknowledger.due(entry);
    const { former = [] } = birth;
    if (former.length === 0) this.#former.delete(terminalId);
    else this.#former.set(terminalId, former);
    this.#askForFormer(terminalId);
  }

  answerHealth(terminalId: TerminalId, health: Health): void {
    const entry = this.#ledger.entry(terminalId, health.stream);
    entry.wanted = Math.min(Math.max(entry.wanted, health.done), health.head);
    this.#acknowledger.due(entry);
    this.#askForFormer(terminalId);
  }

  /** Asked again with every health: nobody but us would notice that the question, or its answer, was lost. */
  #askForFormer(terminalId: TerminalId): void {
    for (const { stream, head } of this.#former.get(terminalId) ?? []) {
      const entry = this.#ledger.entry(terminalId, stream);
      if (cursorOf(this.#options.engine, entry) >= head) continue;
      entry.wanted = head;
      this.#acknowledger.due(entry);
    }
  }

  #isItsOwn(terminalId: TerminalId, stream: StreamId): boolean {
    if (this.#options.engine.hall.terminals.get(terminalId)?.stream === stream) return true;
    return this.#former.get(terminalId)?.some((former) => former.stream === stream) ?? false;
  }

  /** What is true of a living terminal comes again, once its birth is committed: streams cannot be made up at will. */
  #turnAway(terminalId: TerminalId, { stream, inputs }: UpEnvelope): void {
    this.counters.foreignStream += inputs.length;
    this.#options.onRefused?.("foreign-stream", terminalId);
    this.#options.log.debug("inputs.refused", { terminal: terminalId, stream, reason: "foreign-stream" });
  }

  #take(entry: StreamEntry, envelope: UpEnvelope, input: Input): void {
    const expected = expectedSeq(entry, cursorOf(this.#options.engine, entry));
    if (input.seq === expected) this.#submit(entry, envelope, input);
    else if (input.seq < expected) this.#takeAgain(entry, input);
    else {
      this.counters.beyondGap += 1;
      entry.wanted = Math.max(entry.wanted, input.seq);
      this.#acknowledger.due(entry);
    }
  }

  #submit(entry: StreamEntry, envelope: UpEnvelope, input: Input): void {
    const { engine } = this.#options;
    const text = canonicalJson(input);
    const digest = digestOf(text);
    const oversized = Buffer.byteLength(text) > INPUT_BYTES_MAX;
    const { terminalId, stream } = entry;
    if (oversized) {
      this.counters.oversized += 1;
      this.#options.onRefused?.("oversized-input", terminalId);
    }
    entry.underWay.set(input.seq, digest);
    const occurred = occurredAt(envelope, input, engine.time().at);
    const order = { type: "apply-input", terminalId, stream, input, occurred } as const;
    const key = { key: inputKey(entry, input.seq), digest, answerOf: refusalIn };
    this.#options.onTaken?.(terminalId, stream, input);
    const unusable = oversized ? "too-large" : undefined;
    engine.submit(order, (outcome) => this.#settle(entry, order, outcome), { key, unusable });
  }

  #settle(entry: StreamEntry, order: InputOrder, outcome: Outcome): void {
    const { seq } = order.input;
    if (outcome.type === "repeated" || outcome.type === "conflict") return this.#passOver(entry, order, outcome);
    entry.underWay.delete(seq);
    if (outcome.type === "committed") {
      this.counters.applied += 1;
      this.#acknowledger.due(entry, { seq, code: refusalIn(outcome.events) });
      return;
    }
    if (outcome.type === "unwritten") return; // Neither acknowledged nor asked for: its terminal holds it.
    this.#acknowledger.due(entry);
  }

  /**
   * The store has this input's key although its stream still expects it. Keys and events are committed together, so the
   * log has lost its last events. The input is kept as evidence and recorded as rejected, so that its stream goes on,
   * and acknowledged with the answer that is stored.
   */
  #passOver(entry: StreamEntry, order: InputOrder, found: KeyFound): void {
    const { seq } = order.input;
    if (!this.#quarantine(entry, order.input, "key-without-event")) return void entry.underWay.delete(seq);
    this.#options.engine.submit(
      order,
      (outcome) => {
        entry.underWay.delete(seq);
        if (outcome.type === "unwritten") return;
        this.#acknowledger.due(entry, { seq, code: found.type === "repeated" ? found.answer : "" });
      },
      { unusable: "key-without-event" },
    );
  }

  #takeAgain(entry: StreamEntry, input: Input): void {
    const digest = digestOf(canonicalJson(input));
    const underWay = entry.underWay.get(input.seq);
    if (underWay === digest) {
      this.counters.repeated += 1; // Its acknowledgement comes with the commit.
      return;
    }
    const stored = underWay === undefined ? this.#options.store.findKey(inputKey(entry, input.seq)) : null;
    if (stored?.digest === digest) {
      this.counters.repeated += 1;
      this.#acknowledger.due(entry, { seq: input.seq, code: stored.answer });
      return;
    }
    const known = underWay !== undefined || stored !== null;
    if (this.#quarantine(entry, input, known ? "other-content" : "after-hole")) this.#acknowledger.due(entry);
  }

  /** False when the disk takes no evidence now: nothing is acknowledged then, and its terminal sends it again. */
  #quarantine(entry: StreamEntry, input: Input, reason: QuarantineReason): boolean {
    const { log, onRefused } = this.#options;
    const key = inputKey(entry, input.seq);
    const { terminalId, stream } = entry;
    onRefused?.(reason, terminalId);
    if (this.#alarmed.has(key)) return true;
    if (!this.#keepEvidence(entry, input, reason)) return false;
    for (const oldest of this.#alarmed) {
      if (this.#alarmed.size < QUARANTINE_MAX) break;
      this.#alarmed.delete(oldest);
    }
    this.#alarmed.add(key);
    this.counters.quarantined += 1;
    log.error("input.quarantined", { terminal: terminalId, stream, seq: input.seq, reason });
    return true;
  }

  #keepEvidence({ terminalId, stream }: StreamEntry, input: Input, reason: QuarantineReason): boolean {
    const { store, engine } = this.#options;
    const atMs = epochMs(Math.floor(engine.time().at));
    try {
      store.quarantine({ atMs, terminalId, stream, seq: input.seq, reason, content: canonicalJson(input) });
      return true;
    } catch (thrown) {
      if (thrown instanceof HallError && isCurable(thrown)) return false;
      throw thrown;
    }
  }
}

type InputOrder = Extract<Order, { type: "apply-input" }>;
type KeyFound = Extract<Outcome, { type: "repeated" | "conflict" }>;

const inputKey = (entry: StreamEntry, seq: number): string => `${entry.terminalId}/${entry.stream}/${seq}`;

/** The code of the refusal among an input's events, or the empty text: what its repeats are answered with. */
function refusalIn(events: readonly HallEvent[]): string {
  for (const event of events) if (event.type === "intent.refused") return event.data.code;
  return "";
}

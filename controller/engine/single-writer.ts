import { assert, HallError, messageOf, seconds } from "../../protocol/index.ts";
import type { ClockMark } from "../core/clock-mark.ts";
import type { Command, Order } from "../core/commands.ts";
import type { EventDraft, HallEvent } from "../core/events.ts";
import type { HallState, HallView } from "../core/state.ts";
import { type Decide, decideTotally, notBefore, recorded, type Unusable } from "./batch.ts";
import { chainHash, recordOf } from "./chain.ts";
import { HallClock, type HallTime } from "./hall-clock.ts";
import { PoisonList } from "./poison.ts";
import type { CommandKey, LogHead, LogRecord } from "./ports.ts";
import { isCurable, probeUntilWritable, type WriteFault, type WriteFaultCode } from "./write-fault.ts";
import type {
  CommittedListener,
  Engine,
  EngineOptions,
  IdempotencyKey,
  MachineBoot,
  Outcome,
  SubmitOptions,
} from "./engine.ts";

/** Orders in one commit: bounds how long a flush keeps everybody else waiting. */
export const BATCH_MAX = 128;
/** How often a hall that has never known the time asks for it. */
const CLOCK_ASKED_EVERY = seconds(1);

interface Waiting {
  readonly command: Command;
  readonly done: (outcome: Outcome) => void;
  readonly options: SubmitOptions;
}

interface Batch {
  readonly records: LogRecord[];
  readonly events: HallEvent[];
  readonly keys: Map<string, CommandKey>;
  readonly answers: (() => void)[];
  readonly asked: Waiting[];
}

export function createEngine(options: EngineOptions): Engine {
  return new SingleWriter(options);
}

class SingleWriter implements Engine {
  readonly #options: EngineOptions;
  readonly #hallClock: HallClock;
  readonly #poison: PoisonList;
  readonly #committedListeners: CommittedListener[] = [];
  readonly #flushedListeners: (() => void)[] = [];
  readonly #writableListeners: ((fault: WriteFault | null) => void)[] = [];
  #phase: "open" | "flushing" | "suspended" | "ended" = "open";
  #fault: WriteFault | null = null;
  #stopProbing = (): void => {};
  /** From then on this process has written, and a failure puts in doubt what it wrote. */
  #hasWritten = false;
  #waiting: Waiting[] = [];
  #flushAsked = false;
  #head: LogHead;
  #recordedAt: HallState["lastRecordedAtMs"];
  readonly #boot: MachineBoot;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#head = options.store.head();
    this.#poison = new PoisonList(options.store);
    this.#recordedAt = options.hall.lastRecordedAtMs;
    // Without a name the machine's boot is this process: its position is in the log no other's.
    this.#boot = options.boot ?? { id: `@${this.#head.seq}`, sinceMs: 0 };
    this.#hallClock = new HallClock(options.clock, this.#recordedAt);
    assert(options.hall.position === this.#head.seq, "the hall is the fold of the whole log");
    if (!this.#hallClock.isKnown) this.#awaitTime();
  }

  get hall(): HallView {
    return this.#options.hall;
  }

  get head(): LogHead {
    return this.#head;
  }

  get ended(): boolean {
    return this.#phase === "ended";
  }

  get unwritable(): WriteFault | null {
    return this.#fault;
  }

  get backlog(): number {
    return this.#waiting.length;
  }

  time(): HallTime {
    return this.#hallClock.read();
  }

  submit(order: Order, done: (outcome: Outcome) => void, options: SubmitOptions = {}): void {
    if (this.#phase === "ended") return;
    if (this.#fault !== null) return this.#answerUnwritten([done], this.#fault);
    const { at, trusted } = this.time();
    const commandId = this.#options.random.uuid();
    const guessed = this.#hallClock.isGuess;
    const command: Command = { ...order, commandId, at, clockTrusted: trusted, mark: this.#mark(), guessed };
    this.#waiting.push({ command, done, options });
    this.#askForFlush();
  }

  /** Of the hall's time as it was read last. */
  #mark(): ClockMark {
    const { id, sinceMs } = this.#boot;
    return { boot: id, ms: Math.floor(this.#hallClock.readAt + sinceMs) };
  }

  onCommitted(listener: CommittedListener): void {
    this.#committedListeners.push(listener);
  }

  onFlushed(listener: () => void): void {
    this.#flushedListeners.push(listener);
  }

  onWritable(listener: (fault: WriteFault | null) => void): void {
    this.#writableListeners.push(listener);
  }

  halt(error: HallError): void {
    if (this.#phase === "ended") return;
    if (this.#mayReadOn(error)) return this.#suspend(error, []);
    this.#end();
    this.#options.log.error("engine.halted", { code: error.code, message: error.message });
    this.#options.onFatal(error);
  }

  stop(): void {
    assert(this.#phase !== "flushing", "an engine is stopped between flushes");
    while (this.#phase === "open" && this.#waiting.length > 0) this.#flush();
    this.#end();
  }

  #end(): void {
    this.#phase = "ended";
    this.#waiting = [];
    this.#stopProbing();
  }

  /** A process that has written nothing rests on nothing it could be wrong about: it may show what the disk holds. */
  #mayReadOn(error: HallError): boolean {
    if (this.#options.rebuild === undefined) return false;
    return isCurable(error) || (error.code === "STORE_FAILED" && !this.#hasWritten);
  }

  #suspend(error: HallError, asked: readonly Waiting[]): void {
    if (this.#phase === "suspended") return;
    const { hall, rebuild, store, clock } = this.#options;
    try {
      if (hall.position !== this.#head.seq) Object.assign(hall, rebuild?.());
    } catch (thrown) {
      this.#end();
      return this.#options.onFatal(thrown instanceof HallError ? thrown : error);
    }
    this.#recordedAt = hall.lastRecordedAtMs;
    const unanswered = [...asked, ...this.#waiting.splice(0)].map(({ done }) => done);
    this.#phase = "suspended";
    this.#stopProbing = probeUntilWritable({
      store,
      clock,
      onWritable: () => this.#resume(),
      onLost: (lost) => this.#lose(lost),
    });
    this.#answerUnwritten(unanswered, this.#blame(error));
  }

  #awaitTime(): void {
    const { clock, log } = this.#options;
    const asked = clock.every(CLOCK_ASKED_EVERY, () => {
      if (!this.#hallClock.isKnown) return;
      asked.cancel();
      log.info("clock.set");
      this.#resume();
    });
    this.#phase = "suspended";
    this.#stopProbing = () => asked.cancel();
    const message = "the clock has never been set: set it, and the hall begins";
    this.#fault = { code: "CLOCK_UNSET", message, sinceMs: this.time().at };
    log.error("clock.unset", { wallClockMs: clock.now() });
  }

  /** From now on this is why nothing is written; one line, and everybody is told. */
  #blame({ code, message }: HallError): WriteFault {
    const fault = { code: code as WriteFaultCode, message, sinceMs: this.time().at };
    this.#fault = fault;
    this.#options.log.error("store.unwritable", { code, message });
    for (const listener of this.#writableListeners) listener(fault);
    return fault;
  }

  #answerUnwritten(unanswered: readonly ((outcome: Outcome) => void)[], fault: WriteFault): void {
    this.#options.clock.soon(() => {
      if (this.#phase !== "ended") for (const done of unanswered) done({ type: "unwritten", fault });
    });
  }

  /** I18: after a failed fsync only a process that reads the disk afresh may write on it. */
  #resume(): void {
    const code = this.#fault?.code ?? "STORE_FAILED";
    if (!isCurable({ code })) {
      this.#end();
      this.#options.log.warn("store.answers-again", { code });
      return this.#options.onFatal(new HallError(code, "the disk takes writes again; start anew"));
    }
    this.#phase = "open";
    this.#fault = null;
    if (code !== "CLOCK_UNSET") this.#options.log.info("store.writable");
    for (const listener of this.#writableListeners) listener(null);
  }

  /** It was full, and now it fails: from then on nothing cures it. */
  #lose(error: HallError): void {
    if (this.#fault?.code === error.code) return;
    if (this.#mayReadOn(error)) return void this.#blame(error);
    this.#end();
    this.#options.log.error("engine.halted", { code: error.code, message: error.message });
    this.#options.onFatal(error);
  }

  #askForFlush(): void {
    if (this.#flushAsked) return;
    this.#flushAsked = true;
    this.#options.clock.soon(() => {
      this.#flushAsked = false;
      if (this.#phase === "open") this.#flush();
      if (this.#waiting.length > 0) this.#askForFlush();
    });
  }

  #flush(): void {
    this.#phase = "flushing";
    const batch: Batch = { records: [], events: [], keys: new Map(), answers: [], asked: [] };
    if (!this.#commit(batch)) return;
    try {
      this.#tell(batch);
    } catch (bug) {
      this.#end();
      throw bug;
    }
    if (this.#phase === "flushing") this.#phase = "open";
  }

  /** False when the writer has ended. A bug is thrown on, and leaves an ended writer behind, whoever may catch it. */
  #commit(batch: Batch): boolean {
    try {
      batch.asked.push(...this.#waiting.splice(0, BATCH_MAX));
      for (const waiting of batch.asked) this.#take(batch, waiting);
      if (batch.events.length > 0) this.#options.assertInvariants?.(this.hall, batch.events);
      this.#append(batch);
      return true;
    } catch (thrown) {
      if (thrown instanceof HallError) {
        if (this.#mayReadOn(thrown)) this.#suspend(thrown, batch.asked);
        else this.halt(thrown);
        return false;
      }
      this.#end();
      throw thrown;
    }
  }

  #take(batch: Batch, { command, done, options }: Waiting): void {
    const { key } = options;
    const earlier = key && (batch.keys.get(key.key) ?? this.#options.store.findKey(key.key));
    if (key && earlier) {
      const { answer, firstSeq } = earlier;
      const same = earlier.digest === key.digest;
      batch.answers.push(() => done(same ? { type: "repeated", answer, firstSeq } : { type: "conflict" }));
      return;
    }
    const at = notBefore(command.at, this.#recordedAt);
    const timed = at === command.at ? command : { ...command, at, clockTrusted: false };
    const decided = this.#decide(timed, options.unusable ?? this.#poison.verdictOn(timed));
    if (!decided.ok) {
      batch.answers.push(() => done({ type: "rejected", rejection: decided.error }));
      return;
    }
    const firstSeq = this.#options.hall.position + 1;
    const events = this.#foldAll(batch, decided.value, timed);
    if (key) batch.keys.set(key.key, { key: key.key, digest: key.digest, firstSeq, answer: answerOf(key, events) });
    const position = this.#options.hall.position;
    batch.answers.push(() => done({ type: "committed", events, position }));
  }

  #decide(command: Command, unusable: Unusable): ReturnType<Decide> {
    const { decide, hall, log } = this.#options;
    const onUndecidable = (thrown: unknown): void => {
      log.error("input.undecidable", { type: command.type, message: messageOf(thrown) });
    };
    return decideTotally({ decide, hall, command, unusable, onUndecidable });
  }

  #foldAll(batch: Batch, drafts: readonly EventDraft[], command: Command): HallEvent[] {
    try {
      return drafts.map((draft) => this.#fold(batch, recorded(draft, command, this.hall.position + 1)));
    } catch (bug) {
      this.#poison.remember(command, command.at);
      throw bug;
    }
  }

  #fold(batch: Batch, event: HallEvent): HallEvent {
    const { hall, evolve } = this.#options;
    evolve(hall, event);
    assert(hall.position === event.seq, "evolve moves the position to the event's seq");
    const record = recordOf(event);
    const previous = batch.records.at(-1)?.hash ?? this.#head.hash;
    batch.records.push({ seq: event.seq, record, hash: chainHash(previous, record) });
    batch.events.push(event);
    this.#recordedAt = event.recordedAtMs;
    return event;
  }

  #append({ records, keys }: Batch): void {
    if (records.length === 0 && keys.size === 0) return;
    this.#options.store.append({ records, keys: [...keys.values()] });
    this.#hasWritten = true;
    const last = records.at(-1);
    if (last === undefined) return;
    this.#head = { seq: last.seq, hash: last.hash };
  }

  #tell({ events, answers }: Batch): void {
    if (events.length > 0) for (const listener of this.#committedListeners) listener(events, this.hall);
    for (const answer of answers) answer();
    for (const listener of this.#flushedListeners) listener();
  }
}

const answerOf = (key: IdempotencyKey, events: readonly HallEvent[]): string => key.answerOf?.(events) ?? "";

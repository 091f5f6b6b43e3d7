import type { Clock, HallError, Log, Random } from "../../protocol/index.ts";
import type { Order, Rejection } from "../core/commands.ts";
import type { HallEvent } from "../core/events.ts";
import type { HallState, HallView } from "../core/state.ts";
import type { Decide, Unusable } from "./batch.ts";
import type { HallTime } from "./hall-clock.ts";
import type { EventStore, LogHead } from "./ports.ts";
import type { WriteFault } from "./write-fault.ts";

/** What became of a submitted order. It is told after the commit of everything it rests on, never before. */
export type Outcome =
  /** Its events are on disk; `position` is the log's last seq after it. `events` may be empty: nothing was to do. */
  | { readonly type: "committed"; readonly events: readonly HallEvent[]; readonly position: number }
  /** The same command was committed before, or stands in the same batch: the first one's answer. */
  | { readonly type: "repeated"; readonly answer: string; readonly firstSeq: number }
  /** The key belongs to a command with another content. */
  | { readonly type: "conflict" }
  | { readonly type: "rejected"; readonly rejection: Rejection }
  /** The disk takes nothing now: it neither happened nor was refused, and may be asked again. */
  | { readonly type: "unwritten"; readonly fault: WriteFault };

/** Makes a command act at most once, across restarts. */
export interface IdempotencyKey {
  readonly key: string;
  /** Of the command's content: 64 lower-case hex digits. */
  readonly digest: string;
  /** What repeats are answered with, from the command's own events. Pure. Default: the empty text. */
  readonly answerOf?: (events: readonly HallEvent[]) => string;
}

export interface SubmitOptions {
  readonly key?: IdempotencyKey;
  /** For `apply-input`: why the edge already knows that it cannot be applied. It is recorded as rejected. */
  readonly unusable?: Unusable;
}

export type CommittedListener = (events: readonly HallEvent[], hall: HallView) => void;

/**
 * The single writer. Between two turns of the event loop its hall equals the log on disk: orders wait until the end of
 * the turn in which they came, are decided and folded one after the other, and are committed together.
 */
export interface Engine {
  /** The hall as committed. */
  readonly hall: HallView;
  readonly head: LogHead;
  /** True after a failure or a stop: what the hall says then may never have been committed. */
  readonly ended: boolean;
  /** Why nothing is recorded now; null while everything is. Every order is answered `unwritten` meanwhile. */
  readonly unwritable: WriteFault | null;
  /** Orders that wait for the next commit: an edge may turn callers away when it grows. */
  readonly backlog: number;
  /** The hall's time, for everything that is stamped or measured in it. */
  time(): HallTime;
  /** `done` runs exactly once, after the commit; never, once the engine has failed or stopped. */
  submit(order: Order, done: (outcome: Outcome) => void, options?: SubmitOptions): void;
  /** Runs after every commit that brought events, in the order of registration, before any `done`. It may submit. */
  onCommitted(listener: CommittedListener): void;
  /** Runs once after all `done`s of a flush. */
  onFlushed(listener: () => void): void;
  /** Runs when writing ceased, with the hall as committed, and when it goes on: then with null. It may submit. */
  onWritable(listener: (fault: WriteFault | null) => void): void;
  /**
   * After a refused write it reads on and waits for the medium. After anything else writing ends for good: one line in
   * the log, `onFatal`, and nobody is answered any more.
   */
  halt(error: HallError): void;
  /** Commits what waits, then takes nothing more. */
  stop(): void;
}

/** Which boot of the machine this process lives in: what bridges a restart while nobody has set the clock. */
export interface MachineBoot {
  readonly id: string;
  /** Milliseconds from the machine's boot to 0 of the process's monotonic clock. */
  readonly sinceMs: number;
}

export interface EngineOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Absent: this process is a boot of its own. */
  readonly boot?: MachineBoot | undefined;
  readonly random: Random;
  readonly log: Log;
  readonly decide: Decide;
  readonly evolve: (hall: HallState, event: HallEvent) => void;
  /** The fold of everything in the store; the engine owns it from now on. */
  readonly hall: HallState;
  /**
   * The fold of everything in the store, once more: after a failed commit `hall` is ahead of it. Without it no failure
   * is survived.
   */
  readonly rebuild?: () => HallState;
  /** The process must end soon after. */
  readonly onFatal: (error: HallError) => void;
  /** I3, I5, I6...: throws a Bug when a batch broke one. Nothing of that batch is committed. */
  readonly assertInvariants?: (hall: HallView, events: readonly HallEvent[]) => void;
}

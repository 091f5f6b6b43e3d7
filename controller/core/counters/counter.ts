import {
  type CounterId,
  type CounterPhase,
  type EpochMs,
  present,
  RATING_KEEP,
  type TerminalId,
} from "../../../protocol/index.ts";
import type { Counter, HallView } from "../state.ts";

export type CounterView = NonNullable<ReturnType<HallView["counters"]["get"]>>;

/** A counter nobody has signed on to yet. */
export function closedCounter(counterId: CounterId, terminalId: TerminalId, epoch: number, position: number): Counter {
  return {
    counterId,
    terminalId,
    onDuty: null,
    onDutySinceMs: null,
    basis: { epoch, position },
    visit: null,
    rating: null,
    paused: null,
    pausePlanned: false,
    signOffPlanned: false,
    question: null,
    lastBadge: null,
    lastWordMs: 0,
    assistanceAtMs: null,
  };
}

/** What the counter is doing: the key to the gesture table. */
export function phaseOf(counter: CounterView): CounterPhase {
  if (counter.onDuty === null) return "closed";
  if (counter.question !== null) return "question";
  if (counter.visit !== null) return counter.visit.phase;
  if (counter.paused !== null) return "paused";
  return counter.rating === null ? "idle" : "rating";
}

export function counterAt(hall: HallView, terminalId: TerminalId): CounterView | null {
  const counterId = hall.counterAt.get(terminalId);
  return counterId === undefined ? null : counterOf(hall, counterId);
}

export const counterOf = (hall: HallView, counterId: CounterId): CounterView =>
  present(hall.counters.get(counterId), `counter ${counterId}`);

/** True while the keypad still belongs to the finished visit: the first 15 s of its rating window. */
export function keypadIsKept(hall: HallView, counter: CounterView, at: EpochMs): boolean {
  const window = counter.rating === null ? undefined : hall.ratings.get(counter.rating);
  return window !== undefined && window.state === "open" && at - window.openedAtMs < RATING_KEEP;
}

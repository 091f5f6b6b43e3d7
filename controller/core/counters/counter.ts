import {
  type CounterId,
  type CounterPhase,
  type EpochMs,
  present,
  RATING_KEEP,
  type TerminalId,
} from "../../../protocol/index.ts";
import type { Counter, HallView, Visit } from "../state.ts";

export type CounterView = NonNullable<ReturnType<HallView["counters"]["get"]>>;

/** A counter nobody has signed on to yet. */
export function closedCounter(counterId: CounterId, terminalId: TerminalId, epoch: number, position: number): Counter {
  return {
    counterId,
    terminalId,
    onDuty: null,
    colleague: null,
    maintenance: null,
    onDutySinceMs: null,
    basis: { epoch, position },
    visit: null,
    rating: null,
    armedSinceMs: null,
    paused: null,
    pause: null,
    pausePlanned: false,
    signOffPlanned: false,
    question: null,
    lastBadge: null,
    lastWordMs: 0,
    assistanceAtMs: null,
    extended: null,
    extendedUntilMs: 0,
  };
}

/** What the counter is doing: the key to the gesture table. */
export function phaseOf(counter: CounterView): CounterPhase {
  if (counter.maintenance !== null) return "maintenance";
  if (counter.onDuty === null) return "closed";
  if (counter.question !== null) return "question";
  if (counter.visit !== null) return visitPhase(counter.visit);
  if (counter.paused !== null) return "paused";
  if (counter.armedSinceMs !== null) return "armed";
  return counter.rating === null ? "idle" : "rating";
}

/** Somebody is at the window, or taken to be there. */
export const isServing = (visit: Pick<Visit, "phase" | "presumedAtMs"> | null): boolean =>
  visit !== null && (visit.phase === "serving" || visit.presumedAtMs !== null);

const visitPhase = ({ phase, presumedAtMs }: Pick<Visit, "phase" | "presumedAtMs">): CounterPhase =>
  phase === "called" && presumedAtMs !== null ? "presumed" : phase;

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

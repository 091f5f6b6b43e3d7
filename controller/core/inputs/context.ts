import type { EpochMs, Input, InputPayload, InputType, Result, VisitId } from "../../../protocol/index.ts";
import type { Occurred } from "../commands.ts";
import type { CounterView } from "../counters/counter.ts";
import type { MonoMark } from "../mono-mark.ts";
import { byStaff, byTerminal, draft } from "../drafts.ts";
import type { Actor, EventDraft, RefusalCode } from "../events.ts";
import type { HallView } from "../state.ts";

/** All that deciding about one counter may look at, whoever asks: a key, its clerk's page, or the clock. */
export interface CounterContext {
  readonly hall: HallView;
  readonly counter: CounterView;
  /** The controller's clock now. */
  readonly at: EpochMs;
  /** When it happened at the counter. */
  readonly occurred: Occurred;
  /** The same by the terminal's own clock. Absent where nobody pressed a key. */
  readonly mark?: MonoMark;
  /** A UUID from the edge: names the visit and the call that may begin here. */
  readonly commandId: string;
}

/** The same for an input of the counter's terminal. */
export interface InputContext extends CounterContext {
  readonly input: Input;
}

/** What follows from an intent, or why nothing does. */
export type Decided = Result<EventDraft[], RefusalCode>;

export type BodyOf<K extends InputType> = Extract<InputPayload, { type: K }>["body"];

/** The clerk on duty, or the terminal where nobody is. */
export const actorAt = (counter: CounterView): Actor =>
  counter.onDuty === null ? byTerminal(counter.terminalId) : byStaff(counter.onDuty);

/** The intent is on record, changes nothing, and says why. */
export function refuseIntent({ counter, input }: InputContext, code: RefusalCode): EventDraft[] {
  const type = input.type as InputType;
  const refusal = { counterId: counter.counterId, input: type, code, basis: input.basis ?? null };
  return [draft("intent.refused", refusal, actorAt(counter))];
}

/** The fact is on record and is not the latest word for the live hall. */
export function recordFact({ counter, input }: InputContext, reason: string, visitId?: VisitId): EventDraft[] {
  const type = input.type as InputType;
  const fact = { counterId: counter.counterId, input: type, reason };
  return [draft("fact.recorded", fact, actorAt(counter), visitId ?? null)];
}

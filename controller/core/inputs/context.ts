import type { EpochMs, Input, InputPayload, InputType, VisitId } from "../../../protocol/index.ts";
import type { Occurred } from "../commands.ts";
import type { CounterView } from "../counters/counter.ts";
import { byStaff, byTerminal, draft } from "../drafts.ts";
import type { Actor, EventDraft, RefusalCode } from "../events.ts";
import type { HallView } from "../state.ts";

/** All that deciding about one input of one counter may look at. */
export interface InputContext {
  readonly hall: HallView;
  readonly counter: CounterView;
  readonly input: Input;
  /** The controller's clock now. */
  readonly at: EpochMs;
  readonly occurred: Occurred;
  /** A UUID from the edge: names the visit and the call that this input may begin. */
  readonly commandId: string;
}

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

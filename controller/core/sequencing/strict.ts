import { type EpochMs, PASSED_OVER_MAX, type TicketNumber } from "../../../protocol/index.ts";
import { configuredCounter } from "../configured.ts";
import type { CounterView } from "../counters/counter.ts";
import { bindingKey } from "../queue/lines.ts";
import { comparePlaces, type Place } from "../queue/waiting-line.ts";
import type { HallView } from "../state.ts";

/** Who is next at a counter, or why nobody is. */
export type Choice =
  | { readonly chosen: Place }
  | { readonly chosen: null; readonly because: "nobody-waiting" | "too-fresh" };

type Line = NonNullable<ReturnType<HallView["lines"]["get"]>>;

/**
 * The default order: rank, then time entered, over all lines the counter may call from. A ticket is not called before
 * the paper can be in the hand; nobody behind such a ticket is called in its stead, for they are fresher still.
 */
export function chooseStrictly(hall: HallView, counter: CounterView, at: EpochMs): Choice {
  let best: Place | undefined;
  for (const line of linesAt(hall, counter)) {
    const head = line.first();
    if (head !== undefined && (best === undefined || comparePlaces(head, best) < 0)) best = head;
  }
  if (best === undefined) return { chosen: null, because: "nobody-waiting" };
  return isTooFresh(hall, best, at) ? { chosen: null, because: "too-fresh" } : { chosen: best };
}

export function isTooFresh(hall: HallView, { enteredAtMs }: Pick<Place, "enteredAtMs">, at: EpochMs): boolean {
  return at - enteredAtMs < (hall.configuration?.rules.callableAfterMs ?? 0);
}

/** Its queues, and the tickets bound to this very counter or to the person on duty at it. */
export function linesAt(hall: HallView, { counterId, onDuty }: CounterView): readonly Line[] {
  const queues = configuredCounter(hall, counterId)?.queues ?? [];
  const lines = queues.map((queueId) => hall.lines.get(queueId));
  if (hall.boundLines.size > 0) {
    lines.push(hall.boundLines.get(bindingKey({ counterId, staffId: null })));
    if (onDuty !== null) lines.push(hall.boundLines.get(bindingKey({ counterId: null, staffId: onDuty })));
  }
  return lines.filter((line) => line !== undefined);
}

/** Earlier tickets that wait for this counter too and that `place` goes before by its rank; the first ones. */
export function passedOverBy(hall: HallView, counter: CounterView, place: Place): TicketNumber[] {
  return numbersOf(
    hall,
    linesAt(hall, counter).flatMap((line) => line.olderBehind(place, PASSED_OVER_MAX)),
  );
}

/** Tickets whose turn would have come before `place`, for one that is called out of order. */
export function passedOverInOrder(hall: HallView, counter: CounterView, place: Place): TicketNumber[] {
  return numbersOf(
    hall,
    linesAt(hall, counter).flatMap((line) => line.before(place, PASSED_OVER_MAX)),
  );
}

function numbersOf(hall: HallView, places: readonly Place[]): TicketNumber[] {
  const first = places.toSorted(comparePlaces).slice(0, PASSED_OVER_MAX);
  return first.flatMap(({ ticketId }) => hall.tickets.get(ticketId)?.number ?? []);
}

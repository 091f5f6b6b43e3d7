import { type CounterId, present, type StaffId } from "../../../protocol/index.ts";
import { configuredCounter, configuredPerson, type Person } from "../configured.ts";
import type { CounterView } from "../counters/counter.ts";
import type { HallView } from "../state.ts";

export type { Person } from "../configured.ts";

export const personOf = (hall: HallView, staffId: StaffId): Person =>
  present(configuredPerson(hall, staffId), `staff ${staffId}`);

/** Of the A post or rostered, of the B post, or admitted to stand in (ATT-57, ATT-59). */
export const isAuthorised = ({ counters, backup, admitted }: Person, counterId: CounterId): boolean =>
  [counters, backup, admitted].some((windows) => windows.includes(counterId));

export const isShared = (hall: HallView, counterId: CounterId): boolean =>
  configuredCounter(hall, counterId)?.shared === true;

export function peopleAt({ onDuty, colleague }: CounterView): readonly StaffId[] {
  const people: StaffId[] = [];
  if (onDuty !== null) people.push(onDuty);
  if (colleague !== null) people.push(colleague);
  return people;
}

/**
 * Who of the A post is away when this person signs on: B covers unasked (ATT-57), a third person stands in (ATT-59).
 * Null for somebody of the A post, and where the A post is there.
 */
export function coverOf(hall: HallView, person: Person, counter: CounterView): StaffId | null {
  const { counterId } = counter;
  if (person.counters.includes(counterId)) return null;
  const own = (hall.configuration?.staff ?? []).filter((entry) => entry.counters.includes(counterId));
  const isThere = own.some(({ id }) => peopleAt(counter).includes(id));
  return isThere ? null : (own[0]?.id ?? null);
}

import type { CounterId, StaffId } from "../../protocol/index.ts";
import type { HallConfiguration } from "./configuration.ts";
import type { HallView } from "./state.ts";

export type ConfiguredCounter = HallConfiguration["counters"][number];
export type Person = HallConfiguration["staff"][number];

interface Register {
  readonly counters: ReadonlyMap<CounterId, ConfiguredCounter>;
  readonly staff: ReadonlyMap<StaffId, Person>;
}

type Configuration = NonNullable<HallView["configuration"]>;

/** Made once for each configuration, which never changes: every face and every call asks it several times. */
const registers = new WeakMap<Configuration, Register>();

export const configuredCounter = (hall: HallView, counterId: CounterId): ConfiguredCounter | undefined =>
  hall.configuration === null ? undefined : registerOf(hall.configuration).counters.get(counterId);

export const configuredPerson = (hall: HallView, staffId: StaffId): Person | undefined =>
  hall.configuration === null ? undefined : registerOf(hall.configuration).staff.get(staffId);

function registerOf(configuration: Configuration): Register {
  const known = registers.get(configuration);
  if (known !== undefined) return known;
  const register: Register = {
    counters: new Map(configuration.counters.map((counter) => [counter.id, counter])),
    staff: new Map(configuration.staff.map((person) => [person.id, person])),
  };
  registers.set(configuration, register);
  return register;
}

import {
  type CounterId,
  type Level,
  later,
  type MonoMs,
  type Random,
  type ServiceId,
  type TicketNumber,
  unreachable,
} from "../../protocol/index.ts";
import { happens, pick, secondsBetween } from "./draws.ts";
import type { PlateReading } from "./plate-reading.ts";

/** One window as it looks from the hall. */
export interface WindowSight {
  readonly plate: PlateReading;
  readonly keypad: "dark" | "asking" | "thanks";
}

export interface CitizenSight {
  readonly at: MonoMs;
  readonly windows: ReadonlyMap<CounterId, WindowSight>;
}

export type Citizen =
  | { readonly phase: "entering"; readonly serviceId: ServiceId; readonly takesAt: MonoMs }
  | { readonly phase: "at-kiosk" }
  | { readonly phase: "waiting"; readonly number: TicketNumber; readonly leavesAt: MonoMs }
  | { readonly phase: "walking"; readonly number: TicketNumber; readonly to: CounterId; readonly arrivesAt: MonoMs }
  | { readonly phase: "at-window"; readonly number: TicketNumber; readonly counterId: CounterId }
  | {
      readonly phase: "parting";
      readonly number: TicketNumber;
      readonly counterId: CounterId;
      readonly dueAt: MonoMs;
      /** The key about to be pressed; null for those who walk away from the keypad. */
      readonly level: Level | null;
    }
  | { readonly phase: "gone" };

export type CitizenInput =
  | ({ readonly type: "looked" } & CitizenSight)
  | { readonly type: "ticket-taken"; readonly at: MonoMs; readonly number: TicketNumber }
  | { readonly type: "kiosk-refused" };

export type CitizenEffect =
  | { readonly type: "take-ticket"; readonly serviceId: ServiceId }
  | { readonly type: "rate"; readonly counterId: CounterId; readonly level: Level };

/** Share of people who rate: product default of the demonstration, no hall's figure. */
const RATES = 0.75;
const LEVELS: readonly (readonly [Level, number])[] = [
  [5, 62],
  [4, 22],
  [3, 9],
  [2, 5],
  [1, 2],
];
/** Share of people who give up early: their numbers become no-shows. */
const IMPATIENT = 0.1;
/** Seconds. */
const SHORT_PATIENCE: readonly [number, number] = [10, 60];
const LONG_PATIENCE: readonly [number, number] = [600, 1200];

type Step = [citizen: Citizen, effects: readonly CitizenEffect[]];

export const arrive = (at: MonoMs, serviceId: ServiceId, random: Random): Citizen => ({
  phase: "entering",
  serviceId,
  takesAt: later(at, secondsBetween(random, 0.5, 2.5)),
});

/** Somebody who was in the hall before we looked: has a ticket, and is patient. */
export const withTicket = (at: MonoMs, number: TicketNumber, random: Random): Citizen => ({
  phase: "waiting",
  number,
  leavesAt: later(at, secondsBetween(random, ...LONG_PATIENCE)),
});

export function stepCitizen(citizen: Citizen, input: CitizenInput, random: Random): Step {
  switch (input.type) {
    case "ticket-taken": {
      if (citizen.phase !== "at-kiosk") return [citizen, []];
      const patience = happens(random, IMPATIENT) ? SHORT_PATIENCE : LONG_PATIENCE;
      const leavesAt = later(input.at, secondsBetween(random, ...patience));
      return [{ phase: "waiting", number: input.number, leavesAt }, []];
    }
    case "kiosk-refused":
      return citizen.phase === "at-kiosk" ? [{ phase: "gone" }, []] : [citizen, []];
    case "looked":
      return look(citizen, input, random);
    default:
      return unreachable(input);
  }
}

function look(citizen: Citizen, sight: CitizenSight, random: Random): Step {
  switch (citizen.phase) {
    case "entering":
      if (sight.at < citizen.takesAt) return [citizen, []];
      return [{ phase: "at-kiosk" }, [{ type: "take-ticket", serviceId: citizen.serviceId }]];
    case "waiting":
      return [wait(citizen, sight, random), []];
    case "walking":
      if (sight.at < citizen.arrivesAt) return [citizen, []];
      return [{ phase: "at-window", number: citizen.number, counterId: citizen.to }, []];
    case "at-window":
      return [standAtWindow(citizen, sight, random), []];
    case "parting":
      return part(citizen, sight);
    case "at-kiosk":
    case "gone":
      return [citizen, []];
    default:
      return unreachable(citizen);
  }
}

function wait(citizen: Extract<Citizen, { phase: "waiting" }>, sight: CitizenSight, random: Random): Citizen {
  for (const [counterId, { plate }] of sight.windows) {
    if (plate.sign !== "called" || plate.number !== citizen.number) continue;
    const arrivesAt = later(sight.at, secondsBetween(random, 2, 5));
    return { phase: "walking", number: citizen.number, to: counterId, arrivesAt };
  }
  return sight.at < citizen.leavesAt ? citizen : { phase: "gone" };
}

/** While the plate shows the number it is one's turn; then the keypad asks, or it was another's turn after all. */
function standAtWindow(
  citizen: Extract<Citizen, { phase: "at-window" }>,
  sight: CitizenSight,
  random: Random,
): Citizen {
  const { number, counterId } = citizen;
  const seen = sight.windows.get(counterId);
  if (seen === undefined || seen.plate.sign === "unclear" || seen.plate.sign === "dark") return citizen;
  const { plate } = seen;
  if ((plate.sign === "called" || plate.sign === "serving") && plate.number === number) return citizen;
  const rates = seen.keypad === "asking" && happens(random, RATES);
  const dueAt = later(sight.at, rates ? secondsBetween(random, 2, 15) : secondsBetween(random, 1, 3));
  return { phase: "parting", number, counterId, dueAt, level: rates ? pick(random, LEVELS) : null };
}

function part(citizen: Extract<Citizen, { phase: "parting" }>, sight: CitizenSight): Step {
  const { counterId, level } = citizen;
  const stillAsked = sight.windows.get(counterId)?.keypad === "asking";
  if (level !== null && !stillAsked) return [{ phase: "gone" }, []]; // Too slow: the next visit has begun.
  if (sight.at < citizen.dueAt) return [citizen, []];
  return [{ phase: "gone" }, level === null ? [] : [{ type: "rate", counterId, level }]];
}

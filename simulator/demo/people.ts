import type { Clock, CounterId, Timer } from "../../protocol/index.ts";
import { HallFloor, type HallSenses } from "../people/hall-floor.ts";
import { leadComes } from "../people/lead.ts";
import { seededRandom } from "../people/seeded-random.ts";
import type { DemoCounters } from "./counters.ts";
import type { HallApi } from "./hall-api.ts";
import type { DemoHall } from "./hall-plan.ts";

/** How long a finger rests on a key, milliseconds. A long press must be longer than the terminal asks for. */
const HELD = { short: 140, long: 1700 } as const;

/** Lets people into the hall; they leave when the timer is cancelled. */
export function admitPeople(hall: DemoHall, counters: DemoCounters, api: HallApi, clock: Clock, seed: number): Timer {
  const senses: HallSenses = {
    windows: () => counters.windows(),
    board: () => api.board(),
    press: (counterId, button, held) => counters.act(counterId, { type: "press", button, heldForMs: HELD[held] }),
    tapOwnBadge: (counterId) => {
      const badge = counters.badgeValue(counterId, "own");
      if (badge !== undefined) counters.act(counterId, { type: "tap", badge });
    },
    rate: (counterId, level) => counters.act(counterId, { type: "rate", level }),
    takeTicket: (serviceId) => api.takeTicket(serviceId),
  };
  const served = new Map(
    hall.counters.map(({ counterId, queues }) => [
      counterId,
      hall.services.filter(({ queueId }) => queues.includes(queueId)).map(({ serviceId }) => serviceId),
    ]),
  );
  const services = hall.services.map(({ serviceId, weight }) => [serviceId, weight] as const);
  const floor = new HallFloor(senses, { services, served }, clock, seededRandom(seed));
  const life = floor.start();
  const glances = api.watchBoard();
  const tapLeadsBadge = (counterId: CounterId): boolean => {
    const badge = counters.badgeValue(counterId, "lead");
    return badge !== undefined && counters.act(counterId, { type: "tap", badge });
  };
  const lead = leadComes({ windows: () => counters.windows(), tapLeadsBadge }, clock);
  return {
    cancel: () => {
      life.cancel();
      glances.cancel();
      lead.cancel();
    },
  };
}

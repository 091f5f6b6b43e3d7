import type { EventBodies, EventType, HallEvent } from "../../controller/core/events.ts";

/** What every event of one type says, in order. */
export const bodiesOf = <K extends EventType>(events: readonly HallEvent[], type: K): EventBodies[K][] =>
  events.flatMap((event) => (event.type === type ? [event.data as EventBodies[K]] : []));

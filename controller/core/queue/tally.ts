import type { QueueId } from "../../../protocol/index.ts";
import type { TicketOutcome } from "../events.ts";
import type { HallState, Tally } from "../state.ts";

/** The column of the day's tally in which a closed ticket counts (I6). */
export const OUTCOME_COLUMN: { readonly [K in TicketOutcome]: keyof Tally } = {
  served: "served",
  "no-show": "noShow",
  "day-ended": "dayEnded",
  cancelled: "cancelled",
  declined: "declined",
  "not-printed": "notPrinted",
};

export const emptyTally = (): Tally => ({
  issued: 0,
  served: 0,
  noShow: 0,
  dayEnded: 0,
  cancelled: 0,
  declined: 0,
  notPrinted: 0,
});

export const tallyOf = (hall: HallState, queueId: QueueId): Tally => {
  const tally = hall.tally.get(queueId) ?? emptyTally();
  hall.tally.set(queueId, tally);
  return tally;
};

import { type BusinessDate, present, type QueueId, TicketNumber } from "../../../protocol/index.ts";
import type { HallConfiguration } from "../configuration.ts";
import { isIn, leftOutOn, numbersDrawn } from "../numbers-drawn.ts";
import type { HallView } from "../state.ts";

type QueueConfiguration = HallConfiguration["queues"][number];

export interface DrawnNumber {
  readonly number: TicketNumber;
  /** How many numbers the series will have drawn today, this one and the skipped ones included. */
  readonly ordinal: number;
}

/**
 * The next number of a queue's series on `date`: the series starts again every business day, wraps after its last, and
 * skips every number whose ticket is still open, or that was left out at a restore. Null when all of them are.
 */
export function drawNumber(hall: HallView, queueId: QueueId, date: BusinessDate): DrawnNumber | null {
  const queue = present(
    hall.configuration?.queues.find((entry) => entry.id === queueId),
    `queue ${queueId}`,
  );
  const length = seriesLength(queue);
  const leftOut = leftOutOn(hall, queueId, date, length);
  const drawn = numbersDrawn(hall, queueId, date, length);
  for (let step = 0; step < length; step += 1) {
    const number = numberAt(queue, drawn + step);
    if (leftOut.some((stretch) => isIn(stretch, drawn + step, length))) continue;
    if (!hall.openNumbers.has(number)) return { number, ordinal: drawn + step + 1 };
  }
  return null;
}

/** How many numbers a queue has before it begins anew. */
export const seriesLength = ({ first, last }: QueueConfiguration): number => last - first + 1;

/** How many digits follow a queue's letter. */
export const digitsOf = ({ last }: Pick<QueueConfiguration, "last">): number => (last > 999 ? 4 : 3);

/** `index` counts from 0 and wraps at the series' length. */
function numberAt(queue: QueueConfiguration, index: number): TicketNumber {
  const value = queue.first + (index % seriesLength(queue));
  return TicketNumber.parse(`${queue.letter}${String(value).padStart(digitsOf(queue), "0")}`);
}

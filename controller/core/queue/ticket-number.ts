import { type BusinessDate, present, type QueueId, TicketNumber } from "../../../protocol/index.ts";
import type { HallConfiguration } from "../configuration.ts";
import { numbersDrawn } from "../numbers-drawn.ts";
import type { HallView } from "../state.ts";

type QueueConfiguration = HallConfiguration["queues"][number];

export interface DrawnNumber {
  readonly number: TicketNumber;
  /** How many numbers the series will have drawn today, this one and the skipped ones included. */
  readonly ordinal: number;
}

/**
 * The next number of a queue's series on `date`: the series starts again every business day, wraps after its last, and
 * skips every number whose ticket is still open. Null when all of them are.
 */
export function drawNumber(hall: HallView, queueId: QueueId, date: BusinessDate): DrawnNumber | null {
  const queue = present(
    hall.configuration?.queues.find((entry) => entry.id === queueId),
    `queue ${queueId}`,
  );
  const length = queue.last - queue.first + 1;
  const drawn = numbersDrawn(hall, queueId, date, length);
  for (let step = 0; step < length; step += 1) {
    const number = numberAt(queue, drawn + step);
    if (!hall.openNumbers.has(number)) return { number, ordinal: drawn + step + 1 };
  }
  return null;
}

/** `index` counts from 0 and wraps at the series' length. */
function numberAt(queue: QueueConfiguration, index: number): TicketNumber {
  const digits = queue.last > 999 ? 4 : 3;
  const value = queue.first + (index % (queue.last - queue.first + 1));
  return TicketNumber.parse(`${queue.letter}${String(value).padStart(digits, "0")}`);
}

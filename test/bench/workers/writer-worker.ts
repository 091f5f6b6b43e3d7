import { HallConfiguration } from "../../../controller/core/configuration.ts";
import { openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { earlier, minutes, seconds } from "../../../protocol/index.ts";
import { QUEUES } from "../bench-hall.ts";
import { HallWriter } from "../hall-writer.ts";
import { writeDays } from "../written-days.ts";
import { serveOrders } from "../worker.ts";

const orders = {
  /** Every clerk signed on, `tickets` waiting, all of them since a few minutes. */
  openHall({ directory, hall, tickets }: { directory: string; hall: unknown; tickets: number }): { events: number } {
    const configuration = HallConfiguration.parse(hall);
    const writer = new HallWriter(directory, earlier(systemClock.now(), minutes(3)));
    writer.start(configuration);
    for (let n = 1; n <= configuration.counters.length; n += 1) writer.tap(n);
    writer.flush();
    writer.wait(seconds(1));
    for (let n = 0; n < tickets; n += 1) {
      writer.ticket(QUEUES[n % QUEUES.length] ?? "a");
      if (n % 1_000 === 999) writer.wait(seconds(1));
    }
    writer.flush();
    const events = writer.position;
    writer.close();
    return { events };
  },
  /** Days of a busy hall, until the log has `events`. */
  writeDays({ directory, hall, events }: { directory: string; hall: unknown; events: number }) {
    return writeDays(directory, HallConfiguration.parse(hall), events);
  },
  dropSnapshots({ directory }: { directory: string }): void {
    const store = openEventStore(directory);
    store.dropSnapshots();
    store.close();
  },
};
export type WriterOrders = typeof orders;
serveOrders(orders);

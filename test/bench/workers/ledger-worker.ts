import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { type LedgerPace, type LedgerYear, measureLedger, writeLedgerYear } from "../ledger-year.ts";
import { serveOrders } from "../worker.ts";

const orders = {
  /** The log of a year; how many events it has. */
  write({ directory, year }: { directory: string; year: LedgerYear }): number {
    return writeLedgerYear(directory, year);
  },
  /** In a process that has derived nothing yet. */
  derive({ directory, year }: { directory: string; year: LedgerYear }): LedgerPace {
    const reader = openLogReader(directory);
    const pace = measureLedger(reader, year);
    reader.close();
    return pace;
  },
};
export type LedgerOrders = typeof orders;
serveOrders(orders);

import type { EventStore } from "../../controller/index.ts";
import { HallError } from "../../protocol/index.ts";
import type { Mutant } from "./mutant.ts";

const storeOnly = (name: string, fault: string, patch: (store: EventStore) => Partial<EventStore>): Mutant => ({
  name,
  fault,
  seams: () => ({ store: (store) => ({ ...store, ...patch(store) }) }),
});

export const STORING: readonly Mutant[] = [
  storeOnly("failed-commit-told", "a commit that the disk refused is taken for done", (store) => ({
    append(batch) {
      try {
        store.append(batch);
      } catch (thrown) {
        if (!(thrown instanceof HallError)) throw thrown;
      }
    },
  })),
  storeOnly("no-request-keys", "a kiosk that asks again gets another ticket", (store) => ({
    append: (batch) => store.append({ ...batch, keys: batch.keys.filter(({ key }) => /\/\d+$/u.test(key)) }),
  })),
  storeOnly("cut-log-trusted", "a log of which the end is missing is gone on with", () => ({ lastKeyAt: () => 0 })),
  {
    name: "restore-unsaid",
    fault: "a copy is put back and nobody says so",
    seams: () => ({ restore: () => {} }),
  },
  storeOnly("record-edited", "a record is changed after its hash was made", (store) => ({
    append({ records, keys }) {
      const edited = records.map((record) => ({ ...record, record: record.record.replace('"level":1', '"level":5') }));
      store.append({ records: edited, keys });
    },
  })),
];

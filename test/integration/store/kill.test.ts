import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { verifyChain } from "../../../controller/engine/chain.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { BusyWriter, runLogCommand } from "./child-process.ts";
import { startHall, temporaryDirectory } from "./store-directory.ts";

const KILLS = 20;

describe("a real process on a real file", () => {
  test(`${KILLS} times kill -9: nothing reported is missing, the chain holds, the next start goes on`, async () => {
    const directory = temporaryDirectory();
    const random = new SeededRandom(20);
    const lengths: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const writer = new BusyWriter(directory);
      await writer.firstReport();
      await wait(random.next() * 60);
      await writer.kill();
      const { store, engine } = startHall(directory); // Verifies whole, and takes the lock the dead one held.
      expect(engine.head.seq).toBeGreaterThanOrEqual(Math.max(...writer.reported));
      expect(engine.hall.position).toBe(engine.head.seq);
      expect(verifyChain(store.read(1, Number.MAX_SAFE_INTEGER)).ok).toBe(true);
      store.close();
      lengths.push(engine.head.seq);
    }
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths.at(-1)).toBeGreaterThan(KILLS);
  });

  test("a second controller is refused while one runs, and the log can be read meanwhile", async () => {
    const directory = temporaryDirectory();
    const writer = new BusyWriter(directory);
    await writer.firstReport();
    expect(() => openEventStore(directory)).toThrow(/another controller works on/u);
    const { code, out } = runLogCommand("verify", "--data", directory);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^[1-9]\d* events verified, head [0-9a-f]{64}; no day is signed.*\n$/u) as string,
    });
    const reader = openLogReader(directory);
    const before = reader.head().seq;
    while (reader.head().seq === before) await wait(1);
    reader.close();
    await writer.kill();
    openEventStore(directory).close();
  });
});

import { openDaySigner, openLogSeal } from "../../../controller/adapters/authority/log-seal.ts";
import { openEventStore } from "../../../controller/adapters/store/sqlite-event-store.ts";
import { assembleHallEngine } from "../../../controller/assembled-engine.ts";
import type { HallConfiguration } from "../../../controller/core/configuration.ts";
import { DaySealing } from "../../../controller/day-sealing.ts";
import type { Engine } from "../../../controller/engine/engine.ts";
import type { Order } from "../../../controller/core/commands.ts";
import { minutes, silentLog } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { testConfiguration } from "../../support/test-hall.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

export interface SealedHall {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  /** Orders that are on disk when it returns. */
  run(...orders: readonly Order[]): void;
  /** On to the next business day, with whatever has to be signed at the close. */
  nextDay(): void;
  stop(): void;
}

const DAY = minutes(24 * 60);

/** A hall on a real store whose days pass by hand. `signs` false: as halls were before signatures. */
export function openSealedHall(
  directory: string,
  options: { readonly signs?: boolean; readonly clock?: VirtualClock; readonly configuration?: HallConfiguration } = {},
): SealedHall {
  const { signs = true, clock = new VirtualClock(), configuration = testConfiguration(2) } = options;
  const store = openEventStore(directory);
  const onFatal = (error: Error): never => {
    throw error;
  };
  const parts = { store, seal: openLogSeal(directory), clock, random: new SeededRandom(1), log: silentLog };
  const hall = assembleHallEngine({ ...parts, onFatal });
  const { engine } = hall;
  const run: SealedHall["run"] = (...orders) => {
    for (const order of orders) engine.submit(order, () => {});
    clock.advance(minutes(1));
  };
  run({ type: "start", version: "test", configuration });
  const sealing = signs
    ? new DaySealing({ engine, store, signer: openDaySigner(directory), clock, log: silentLog })
    : null;
  sealing?.begin();
  run({ type: "tick" });
  return {
    engine,
    clock,
    run,
    nextDay() {
      clock.advance(DAY);
      run({ type: "tick" });
      clock.advance(minutes(1));
    },
    stop() {
      sealing?.close();
      hall.close();
    },
  };
}

import { canonicalJson } from "../../../../protocol/index.ts";
import { freezeHall } from "../../../../controller/core/snapshot.ts";
import type { HallView } from "../../../../controller/core/state.ts";
import { digestOf } from "../../../../controller/engine/chain.ts";
import { openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { exportLog } from "../../../../controller/log-command/show-log.ts";
import type { GoldenHall } from "./golden-hall.ts";

export const stateHash = (hall: HallView): string => digestOf(canonicalJson(freezeHall(hall)));

/** As `hallward log export` prints them. */
export function goldenLines({ disk }: GoldenHall): string[] {
  disk.crash();
  return [...exportLog(openMemoryEventStore(disk))];
}

// The virtual reader keeps the contract of a badge reader: what runs with it in the demonstration runs with a real one.
import type { CanonicalBadge } from "../../../hardware/index.ts";
import { assert, milliseconds } from "../../../protocol/index.ts";
import { VirtualBadgeReader } from "../../../simulator/devices/virtual-badge-reader.ts";
import { badgeReaderContract } from "../../contract/badge-reader-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

badgeReaderContract("virtual", async () => {
  const clock = new VirtualClock();
  const reader = new VirtualBadgeReader(clock);
  let resting: CanonicalBadge | null = null;
  const rest = (): void => {
    if (resting !== null) reader.tap(resting);
  };
  clock.every(milliseconds(50), rest);
  return {
    reader,
    lay: (badge) => {
      resting = badge;
      rest();
    },
    lift: () => (resting = null),
    unplug: async () => reader.ail({ state: "fault", fault: "unplugged" }),
    plug: async () => reader.ail({ state: "ok" }),
    pass: (duration) => clock.advanceSettled(duration),
    until: async (what, holds) => assert(holds(), what),
    release: () => reader.close(),
  };
});

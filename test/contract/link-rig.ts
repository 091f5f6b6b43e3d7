import { assert } from "../../protocol/base/assert.ts";
import { milliseconds, seconds } from "../../protocol/base/time.ts";
import type { VirtualClock } from "../support/virtual-clock.ts";
import type { ByteLinkRig } from "./byte-link-contract.ts";

/** A rig's parts when the device is a fake and time is moved by hand. */
export interface LinkParts extends Pick<ByteLinkRig, "link" | "say" | "stall"> {
  readonly plug: () => void;
  readonly unplug: () => void;
  readonly heard: readonly number[];
  readonly clock: VirtualClock;
}

export function rigOf({ link, say, stall, heard, clock, ...cable }: LinkParts): ByteLinkRig {
  return {
    link,
    say,
    ...(stall === undefined ? {} : { stall }),
    heard: () => Buffer.from(heard).toString("latin1"),
    plug: async () => cable.plug(),
    unplug: async () => cable.unplug(),
    until: async (what, holds) => {
      for (let step = 0; step < 600 && !holds(); step += 1) await clock.advanceSettled(milliseconds(100));
      assert(holds(), `within a minute: ${what}`);
    },
    linger: () => clock.advanceSettled(seconds(10)),
    afterwards: async () => {
      cable.plug();
      await clock.advanceSettled(seconds(10));
      assert(clock.pending === 0, "a closed link leaves no timer");
    },
    release: () => link.close(),
  };
}

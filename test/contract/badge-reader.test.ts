// The RDM6300 reader, its bytes over a fake link, keeps the contract of a badge reader. test/system/hardware runs the
// same over a pty.
import { encodeRdm6300 } from "../../hardware/codecs/rdm6300.ts";
import { createRdm6300Reader } from "../../hardware/drivers/rdm6300-reader.ts";
import type { CanonicalBadge } from "../../hardware/ports/badge-reader.ts";
import { assert } from "../../protocol/base/assert.ts";
import { milliseconds } from "../../protocol/base/time.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeLink } from "../unit/hardware/fake-link.ts";
import { badgeReaderContract } from "./badge-reader-contract.ts";

const FRAME_EVERY = milliseconds(50);

for (const crLf of [false, true]) {
  badgeReaderContract(crLf ? "ID-12" : "RDM6300", async () => {
    const clock = new VirtualClock();
    const link = new FakeLink();
    let resting: CanonicalBadge | null = null;
    const send = (): void => {
      if (resting !== null) link.say(encodeRdm6300(resting, { crLf }));
    };
    const module = clock.every(FRAME_EVERY, send);
    link.plug();
    const reader = createRdm6300Reader({ link, clock });
    return {
      reader,
      lay: (badge) => {
        resting = badge;
        send();
      },
      lift: () => (resting = null),
      unplug: async () => link.unplug(),
      plug: async () => link.plug(),
      pass: (duration) => clock.advanceSettled(duration),
      until: async (what, holds) => assert(holds(), what),
      release: async () => {
        await reader.close();
        module.cancel();
        assert(clock.pending === 0, "a closed reader leaves no timer");
      },
    };
  });
}

// The fake link and the healing link over a fake device keep the same contract as the real serial line, which
// test/system/hardware runs over a pty.
import { createHealingLink } from "../../hardware/links/healing-link.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeDevice } from "../unit/hardware/fake-device.ts";
import { FakeLink } from "../unit/hardware/fake-link.ts";
import { byteLinkContract } from "./byte-link-contract.ts";
import { rigOf } from "./link-rig.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

byteLinkContract("fake link", async () => {
  const link = new FakeLink();
  return rigOf({
    link,
    plug: () => link.plug(),
    unplug: () => link.unplug(),
    say: (text) => link.say(latin1(text)),
    heard: link.heard,
    clock: new VirtualClock(),
  });
});

for (const mute of [false, true]) {
  byteLinkContract(`healing link, its loss ${mute ? "found by the watchdog" : "told by the channel"}`, async () => {
    const device = new FakeDevice();
    const clock = new VirtualClock();
    device.mute = mute;
    return rigOf({
      link: createHealingLink({ name: "fake device", connect: device.connect, clock }),
      plug: () => device.plug(),
      unplug: () => device.unplug(),
      say: (text) => device.say(latin1(text)),
      heard: device.heard,
      clock,
    });
  });
}

// The simulator's reader, and every badge reader over its emulated wire, keep the contract of a badge reader.
// test/system/hardware runs the same over a pty; badge-reader-contract.ts takes a rig over a kernel's device.
import { bytesOfBadge } from "../../hardware/codecs/badge-form.ts";
import { reportOfCard } from "../../hardware/codecs/hid-badge.ts";
import { encodeRdm6300 } from "../../hardware/codecs/rdm6300.ts";
import { wedgeReports } from "../../hardware/codecs/wedge-keys.ts";
import { type BridgeFrame, encodeBridge } from "../../hardware/codecs/wiegand-bridge.ts";
import { wiegandOf } from "../../hardware/codecs/wiegand.ts";
import { createRawHidReader, createWedgeReader } from "../../hardware/drivers/hid-reader.ts";
import { createOsdpReader } from "../../hardware/drivers/osdp-reader.ts";
import { createPn532Reader } from "../../hardware/drivers/pn532-reader.ts";
import { createRdm6300Reader } from "../../hardware/drivers/rdm6300-reader.ts";
import { createWiegandReader } from "../../hardware/drivers/wiegand-reader.ts";
import type { BadgeReader, CanonicalBadge } from "../../hardware/ports/badge-reader.ts";
import { assert } from "../../protocol/base/assert.ts";
import { type Clock, milliseconds } from "../../protocol/base/time.ts";
import { VirtualBadgeReader } from "../../simulator/devices/virtual-badge-reader.ts";
import { OsdpPeripheral } from "../../simulator/wire/osdp-peripheral.ts";
import { Pn532Chip } from "../../simulator/wire/pn532-chip.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { FakeHidLink } from "../unit/hardware/fake-hid-link.ts";
import { WiredLink } from "../unit/hardware/wired-link.ts";
import { badgeReaderContract, type BadgeReaderRig } from "./badge-reader-contract.ts";

const REPEATS = milliseconds(50);
const KEY = Uint8Array.from({ length: 16 }, (_, at) => at * 7 + 1);

/** What stands at the far end of a wire. */
interface Device {
  readonly reader: BadgeReader;
  readonly cable: { plug(): void; unplug(): void };
  readonly lay: (badge: CanonicalBadge) => void;
  readonly lift?: () => void;
  readonly reset?: () => void;
  /** Readers that repeat a resting card themselves, or are asked. */
  readonly repeats: boolean;
}

function rigOf(make: (clock: VirtualClock) => Device): () => Promise<BadgeReaderRig> {
  return async () => {
    const clock = new VirtualClock();
    const { reader, cable, lay, lift, reset, repeats } = make(clock);
    let resting: CanonicalBadge | null = null;
    const repeating = repeats ? clock.every(REPEATS, () => resting !== null && lay(resting)) : null;
    cable.plug();
    return {
      reader,
      lay(badge) {
        resting = badge;
        lay(badge);
      },
      lift() {
        resting = null;
        lift?.();
      },
      async unplug() {
        cable.unplug();
        reset?.();
      },
      plug: async () => cable.plug(),
      pass: (duration) => clock.advanceSettled(duration),
      async until(what, holds) {
        for (let tries = 0; tries < 100 && !holds(); tries += 1) await clock.advanceSettled(milliseconds(50));
        assert(holds(), what);
      },
      async release() {
        await reader.close();
        repeating?.cancel();
        assert(clock.pending === 0, "a closed reader leaves no timer");
      },
    };
  };
}

badgeReaderContract(
  "virtual",
  rigOf((clock) => {
    const reader = new VirtualBadgeReader(clock);
    const cable = {
      plug: () => reader.ail({ state: "ok" }),
      unplug: () => reader.ail({ state: "fault", fault: "unplugged" }),
    };
    return { reader, cable, lay: (badge) => reader.tap(badge), repeats: true };
  }),
);

for (const crLf of [false, true]) {
  const make = (clock: Clock): Device => {
    const link = new WiredLink();
    const say = (badge: CanonicalBadge): void => link.say(encodeRdm6300(badge, { crLf }));
    return { reader: createRdm6300Reader({ link, clock }), cable: link, lay: say, repeats: true };
  };
  badgeReaderContract(crLf ? "ID-12" : "RDM6300", rigOf(make));
}

const FRAMES: readonly (readonly [string, BridgeFrame, number])[] = [
  ["hex lines, 32 bits", { format: "hex-line", content: "identifier", bits: 34 }, 4],
  ["hex lines, 24 bits", { format: "hex-line", content: "identifier", bits: 26 }, 3],
  ["hex lines of Wiegand-34", { format: "hex-line", content: "wiegand", bits: 34, fill: "front" }, 4],
  ["decimal lines", { format: "decimal-line", content: "identifier", digits: 10 }, 4],
  ["3+5 lines", { format: "decimal-line", content: "facility-number" }, 3],
  ["counted bits", { format: "counted-bits", bits: 26 }, 3],
];

for (const [name, frame, bytes] of FRAMES) {
  const make = (clock: Clock): Device => {
    const link = new WiredLink();
    const say = (badge: CanonicalBadge): void => link.say(encodeBridge(frame, bytesOfBadge(badge).slice(-bytes)));
    return { reader: createWiegandReader({ link, clock, frame }), cable: link, lay: say, repeats: true };
  };
  badgeReaderContract(`Wiegand bridge, ${name}`, rigOf(make));
}

for (const keys of [null, { key: KEY, commissioning: false, draw: (count: number) => new Uint8Array(count).fill(9) }]) {
  const make = (clock: Clock): Device => {
    const link = new WiredLink();
    const peripheral = new OsdpPeripheral({ address: 5, key: keys?.key ?? null, say: (bytes) => link.say(bytes) });
    link.hear = (bytes) => peripheral.hear(bytes);
    return {
      reader: createOsdpReader({ link, clock, address: 5, keys }),
      cable: link,
      lay: (badge) => peripheral.lay(wiegandOf(bytesOfBadge(badge)), clock.mono()),
      lift: () => peripheral.lift(clock.mono()),
      reset: () => peripheral.reset(),
      repeats: false,
    };
  };
  badgeReaderContract(keys === null ? "OSDP in clear" : "OSDP, secure channel", rigOf(make));
}

badgeReaderContract(
  "PN532",
  rigOf((clock) => {
    const link = new WiredLink();
    const chip = new Pn532Chip((bytes) => link.say(bytes));
    link.hear = (bytes) => chip.hear(bytes);
    return {
      reader: createPn532Reader({ link, clock }),
      cable: link,
      lay: (badge) => (chip.card = bytesOfBadge(badge)),
      lift: () => (chip.card = null),
      reset: () => chip.reset(),
      repeats: false,
    };
  }),
);

badgeReaderContract(
  "keyboard wedge",
  rigOf((clock) => {
    const cable = new FakeHidLink();
    const type = (badge: CanonicalBadge): void => {
      const digits = Number.parseInt(badge, 16).toString().padStart(10, "0");
      for (const report of wedgeReports(digits)) cable.say(report);
    };
    const text = { kind: "decimal", digits: 10 } as const;
    return { reader: createWedgeReader({ link: cable, clock, text }), cable, lay: type, repeats: true };
  }),
);

badgeReaderContract(
  "raw HID",
  rigOf((clock) => {
    const cable = new FakeHidLink();
    const report = { reportId: 1, offset: 2, length: 4, endian: "little" } as const;
    const send = (badge: CanonicalBadge): void => cable.say(reportOfCard(report, bytesOfBadge(badge)));
    return { reader: createRawHidReader({ link: cable, clock, report }), cable, lay: send, repeats: true };
  }),
);

import { bytesOfBadge } from "../../../../hardware/codecs/badge-form.ts";
import { encodeRdm6300 } from "../../../../hardware/codecs/rdm6300.ts";
import { wiegandOf } from "../../../../hardware/codecs/wiegand.ts";
import { createOsdpReader } from "../../../../hardware/drivers/osdp-reader.ts";
import { createPn532Reader } from "../../../../hardware/drivers/pn532-reader.ts";
import { createRdm6300Reader } from "../../../../hardware/drivers/rdm6300-reader.ts";
import { createSerialLink } from "../../../../hardware/links/serial-link.ts";
import type { BadgeReader, CanonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { OsdpPeripheral } from "../../../../simulator/wire/osdp-peripheral.ts";
import { Pn532Chip } from "../../../../simulator/wire/pn532-chip.ts";
import { badgeReaderContract, type BadgeReaderRig } from "../../../contract/badge-reader-contract.ts";
import { HEARS_QUICKLY, SerialGadget } from "./serial-gadget.ts";
import { LONG, passed, until } from "./time.ts";

const clock = systemClock;
const REPEATS = milliseconds(50);
const KEY = Uint8Array.from({ length: 16 }, (_, at) => at * 7 + 1);

interface FarReader {
  lay(badge: CanonicalBadge): void;
  lift(): void;
  /** Its power is gone. */
  reset?(): void;
  stop(): void;
}

async function rigOf(reader: BadgeReader, gadget: SerialGadget, far: FarReader): Promise<BadgeReaderRig> {
  await gadget.plug();
  return {
    reader,
    lay: (badge) => far.lay(badge),
    lift: () => far.lift(),
    plug: () => gadget.plug(),
    async unplug() {
      await gadget.unplug();
      far.reset?.();
    },
    pass: passed,
    until,
    longAfter: LONG,
    async release() {
      far.stop();
      await reader.close();
      await gadget.release();
    },
  };
}

const linkTo = (gadget: SerialGadget, baudRate = 9600) => createSerialLink({ path: gadget.path, baudRate, clock });

/** The contract of a badge reader, for kinds that hang on a serial line: one that talks, and two that are asked. */
export function serialReaderContracts(name: string): void {
  badgeReaderContract(`RDM6300 ${name}`, async () => {
    const gadget = new SerialGadget("reader");
    const reader = createRdm6300Reader({ link: linkTo(gadget), clock });
    let resting: CanonicalBadge | null = null;
    const say = (): void => {
      if (resting !== null) gadget.say(encodeRdm6300(resting));
    };
    const repeating = clock.every(REPEATS, say);
    return rigOf(reader, gadget, {
      lay(badge) {
        resting = badge;
        say();
      },
      lift: () => (resting = null),
      stop: () => repeating.cancel(),
    });
  });

  badgeReaderContract(`OSDP, secure channel, ${name}`, async () => {
    const gadget = new SerialGadget("osdp");
    const peripheral = new OsdpPeripheral({ address: 5, key: KEY, say: (bytes) => gadget.say(bytes) });
    const hearing = gadget.listen((bytes) => peripheral.hear(bytes), HEARS_QUICKLY);
    const keys = { key: KEY, commissioning: false, draw: (count: number) => new Uint8Array(count).fill(9) };
    return rigOf(createOsdpReader({ link: linkTo(gadget), clock, address: 5, keys }), gadget, {
      lay: (badge) => peripheral.lay(wiegandOf(bytesOfBadge(badge)), clock.mono()),
      lift: () => peripheral.lift(clock.mono()),
      reset: () => peripheral.reset(),
      stop: () => hearing.stop(),
    });
  });

  badgeReaderContract(`PN532 ${name}`, async () => {
    const gadget = new SerialGadget("pn532");
    const chip = new Pn532Chip((bytes) => gadget.say(bytes));
    const hearing = gadget.listen((bytes) => chip.hear(bytes), HEARS_QUICKLY);
    return rigOf(createPn532Reader({ link: linkTo(gadget, 115_200), clock }), gadget, {
      lay: (badge) => (chip.card = bytesOfBadge(badge)),
      lift: () => (chip.card = null),
      reset: () => chip.reset(),
      stop: () => hearing.stop(),
    });
  });
}

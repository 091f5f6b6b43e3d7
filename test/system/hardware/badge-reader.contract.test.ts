// The RDM6300 reader over a serial line, its bytes through a real pty, keeps the contract of a badge reader. Only the
// reader's own time is moved by hand: the line below it lives in real time.
import { encodeRdm6300 } from "../../../hardware/codecs/rdm6300.ts";
import { createRdm6300Reader } from "../../../hardware/drivers/rdm6300-reader.ts";
import { createSerialLink } from "../../../hardware/links/serial-link.ts";
import type { CanonicalBadge } from "../../../hardware/ports/badge-reader.ts";
import type { ByteLink } from "../../../hardware/ports/byte-link.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { milliseconds } from "../../../protocol/base/time.ts";
import { badgeReaderContract, type BadgeReaderRig } from "../../contract/badge-reader-contract.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { PtyDevice } from "./pty-device.ts";
import { scratchPath } from "./scratch-path.ts";
import { Witness } from "./witness.ts";

const FRAME_EVERY = 50;

/** Tells how many bytes came through, so that virtual time waits for real bytes. */
function counted(link: ByteLink, onCount: (bytes: number) => void): ByteLink {
  return {
    name: link.name,
    write: (bytes) => link.write(bytes),
    close: () => link.close(),
    open: (listener) =>
      link.open({
        onUp: () => listener.onUp(),
        onDown: (fault) => listener.onDown(fault),
        onBytes: (chunk) => {
          listener.onBytes(chunk);
          onCount(chunk.length);
        },
      }),
  };
}

badgeReaderContract("RDM6300 over a pty", async (): Promise<BadgeReaderRig> => {
  const { path, clear } = await scratchPath("reader");
  const clock = new VirtualClock();
  const witness = new Witness();
  const polling = setInterval(witness.poke, 5);
  let arrived = 0;
  let expected = 0;
  let isClosed = false;
  const link = counted(createSerialLink({ path, baudRate: 9600, clock: systemClock }), (bytes) => {
    arrived += bytes;
    witness.poke();
  });
  const reader = createRdm6300Reader({ link, clock });
  let device: PtyDevice | null = await PtyDevice.plug(path);
  let resting: CanonicalBadge | null = null;

  const send = (): void => {
    if (resting === null || device === null || isClosed) return;
    const frame = encodeRdm6300(resting);
    expected += frame.length;
    device.say(frame);
  };
  const through = () => witness.until("all bytes came through", () => arrived === expected || device === null);
  return {
    reader: {
      driver: reader.driver,
      open: (listener) => reader.open(listener),
      close: () => {
        isClosed = true;
        return reader.close();
      },
    },
    lay: (badge) => {
      resting = badge;
      send();
    },
    lift: () => (resting = null),
    unplug: async () => {
      await device?.unplug();
      device = null;
    },
    plug: async () => {
      device = await PtyDevice.plug(path);
    },
    pass: async (duration) => {
      await through();
      for (let passed = 0; passed < duration; passed += FRAME_EVERY) {
        clock.advance(milliseconds(FRAME_EVERY));
        send();
        await through();
      }
    },
    until: (what, holds) => witness.until(what, holds),
    release: async () => {
      clearInterval(polling);
      await reader.close();
      await device?.unplug();
      await clear();
    },
  };
});

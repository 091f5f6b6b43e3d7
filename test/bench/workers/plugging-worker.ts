import {
  type CanonicalBadge,
  createAlphaNameplate,
  createRdm6300Reader,
  createSerialKeypad,
  encodeRdm6300,
} from "../../../hardware/index.ts";
import { createHealingLink } from "../../../hardware/links/healing-link.ts";
import { openSerialChannel } from "../../../hardware/links/serial-channel.ts";
import { assert, type Level, minutes, seconds } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { FakeSerial } from "../../unit/hardware/fake-serial.ts";
import { serveOrders } from "../worker.ts";

// The drivers and links of the product over serial lines below serialport's binding, on a clock that a day takes
// seconds of.

const PLUGGED = seconds(40);
const UNPLUGGED = seconds(20);
const KEYS = new Map<number, Level>([1, 2, 3, 4, 5].map((level) => [0x30 + level, level as Level]));
const FRAME = { header: [], length: { kind: "fixed", bytes: 1 }, keyAt: 0, checksum: { kind: "none" } } as const;
const PATH = "/dev/serial/by-id/device";

function counterOn(clock: VirtualClock) {
  const heard = { badges: 0, keys: 0 };
  const lines = [
    new FakeSerial("read-fails"),
    new FakeSerial("read-never-ends"),
    new FakeSerial("read-fails"),
  ] as const;
  const links = lines.map((line) =>
    createHealingLink({ name: PATH, clock, connect: () => openSerialChannel(PATH, 9600, clock, line) }),
  );
  const [first, second, third] = links;
  assert(first !== undefined && second !== undefined && third !== undefined, "a link for each line");
  const reader = createRdm6300Reader({ link: first, clock });
  const keypad = createSerialKeypad({ link: second, clock, frame: FRAME, keys: KEYS });
  const sign = createAlphaNameplate({ link: third, clock, columns: 15, rows: 1 });
  const nothing = (): void => {};
  const open = async (): Promise<void> => {
    await Promise.all([
      reader.open({ onBadge: () => (heard.badges += 1), onBadFrame: nothing, onHealth: nothing }),
      keypad.open({ onEdge: () => (heard.keys += 1), onHealth: nothing }),
      sign.open({ onHealth: nothing, onReport: nothing }),
    ]);
  };
  return { lines, heard, open, devices: [reader, keypad, sign] };
}

/** Bytes, after everything that can go has gone. */
function heapUsed(): number {
  assert(globalThis.gc !== undefined, "started with --expose-gc");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const orders = {
  /** A minute a round: plugged in, used, pulled out. Rejects when a device was not heard in every round. */
  async day({ hours }: { hours: number }) {
    const clock = new VirtualClock();
    const { lines, heard, open, devices } = counterOn(clock);
    await open();
    const rounds = hours * 60;
    let before = Number.NaN;
    for (let round = 0; round < rounds; round += 1) {
      for (const line of lines) line.plug();
      await clock.advanceSettled(PLUGGED);
      const badge = (round + 1).toString(16).toUpperCase().padStart(8, "0") as CanonicalBadge;
      lines[0].say(encodeRdm6300(badge));
      lines[1].say(Uint8Array.of(0x31 + (round % 5)));
      await clock.settle();
      for (const line of lines) {
        line.heard.length = 0;
        line.unplug();
      }
      await clock.advanceSettled(UNPLUGGED);
      if (round === Math.min(60, rounds - 1)) before = heapUsed();
    }
    assert(heard.badges === rounds && heard.keys === 2 * rounds, "every device was heard in every round");
    const grownMB = (heapUsed() - before) / 1e6;
    const closing = Promise.all(devices.map((device) => device.close()));
    await clock.advanceSettled(minutes(1));
    await closing;
    const handles = lines.reduce((sum, line) => sum + line.held, 0);
    return { rounds, timers: clock.pending, handles, grownMB };
  },
};
export type PluggingOrders = typeof orders;

serveOrders(orders);

import { assert, minutes, seconds } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { serveOrders } from "../worker.ts";
import { devicesOn } from "./plugged-devices.ts";

// The drivers and links of the product over what stands below them in its own tests (serialport's binding, node-hid,
// libgpiod's tools), on a clock that a day takes seconds of.

const PLUGGED = seconds(40);
const UNPLUGGED = seconds(20);

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
    const devices = devicesOn(clock);
    const held = (): number => devices.reduce((sum, device) => sum + device.held(), 0);
    await Promise.all(devices.map((device) => device.open()));
    const rounds = hours * 60;
    let before = Number.NaN;
    let heldMost = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const device of devices) device.plug();
      await clock.advanceSettled(PLUGGED);
      for (const device of devices) device.use(round);
      await clock.advanceSettled(seconds(1));
      for (const device of devices) device.unplug();
      await clock.advanceSettled(UNPLUGGED);
      heldMost = Math.max(heldMost, held());
      if (round === Math.min(60, rounds - 1)) before = heapUsed();
    }
    const heardAll = devices.every((device) => device.heard() === device.perRound * rounds);
    assert(heardAll, "each was heard in every round");
    const grownMB = (heapUsed() - before) / 1e6;
    for (const device of devices) device.plug();
    await clock.advanceSettled(PLUGGED);
    assert(held() >= devices.length, "each is in use when it is closed");
    const closing = Promise.all(devices.map((device) => device.close()));
    await clock.advanceSettled(minutes(1));
    await closing;
    return { rounds, devices: devices.length, timers: clock.pending, handles: heldMost + held(), grownMB };
  },
};
export type PluggingOrders = typeof orders;

serveOrders(orders);

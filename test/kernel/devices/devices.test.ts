// Proves on a real kernel, in one virtual machine, that the product's drivers keep the contracts of their ports:
// gpiomon and onoff on gpio-sim, serialport on a USB serial gadget, node-hid on USB input gadgets and uhid, each
// unplugged and plugged in again. Every test here is one that the machine ran.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeviceFact } from "./device-fact.ts";
import { DeviceMachine, keyOf } from "./device-machine.ts";

/** DEVICE_PARTS chooses fewer. */
const chosen = (process.env["DEVICE_PARTS"] ?? "gpiod,onoff,serial,libusb,hidraw").split(",");

const machine = await DeviceMachine.make();
const parts = [...new Set(machine.tests.map(({ part }) => part))].filter((part) => chosen.includes(part));
const facts = new Map<string, DeviceFact>();

beforeAll(async () => {
  for (const [key, fact] of await machine.run(parts)) facts.set(key, fact);
}, 1_600_000);

afterAll(() => {
  const guestMs = [...facts.values()].reduce((sum, fact) => sum + fact.guestMs, 0);
  process.stdout.write(`devices: ${facts.size} tests, ${Math.round(guestMs / 1000)} s of the machine's time\n`);
  machine.remove();
});

test.each(machine.tests.filter(({ part }) => parts.includes(part)))("$part: $test", (one) => {
  const fact = facts.get(keyOf(one));
  if (fact === undefined) return expect.unreachable(`it never ended\n${machine.lastWords()}`);
  expect(fact.fault).toBeNull();
});

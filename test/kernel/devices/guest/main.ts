// Runs in the machine, one part at a time: `main.mjs PART`. On the host `main.mjs --list` tells which tests there are.
import { openSync, writeSync } from "node:fs";
import { messageOf } from "../../../../protocol/base/errors.ts";
import { elapsed, minutes } from "../../../../protocol/base/time.ts";
import { systemClock } from "../../../../hardware/system/system-clock.ts";
import type { DeviceFact, DeviceTests } from "../device-fact.ts";
import { type Case, cases } from "./suite.ts";

/** One driver of node-hid is all that a process can have: a process for each part. */
const PARTS: Readonly<Record<string, () => Promise<unknown>>> = {
  gpiod: () => import("./gpiod.suite.ts"),
  onoff: () => import("./onoff.suite.ts"),
  serial: () => import("./serial.suite.ts"),
  libusb: () => import("./libusb.suite.ts"),
  hidraw: () => import("./hidraw.suite.ts"),
};
/** The virtual serial port on which the host listens. */
const PORT = "/dev/vport0p1";
const TEST_WITHIN = minutes(10);

async function casesOf(part: string): Promise<readonly Case[]> {
  const before = cases.length;
  await PARTS[part]?.();
  return cases.slice(before);
}

async function list(): Promise<DeviceTests> {
  const tests: DeviceTests = [];
  for (const part of Object.keys(PARTS)) for (const { title } of await casesOf(part)) tests.push({ part, test: title });
  return tests;
}

/** Null when it passed. */
async function faultOf({ run }: Case): Promise<string | null> {
  const late = new Promise<string>((resolve) => {
    systemClock.after(TEST_WITHIN, () => resolve("it does not end"));
  });
  const ran = run().then(
    () => null,
    (thrown: unknown) => `${messageOf(thrown)}\n${thrown instanceof Error ? (thrown.stack ?? "") : ""}`,
  );
  return Promise.race([ran, late]);
}

async function runPart(part: string): Promise<void> {
  const port = openSync(PORT, "w");
  for (const one of await casesOf(part)) {
    const start = systemClock.mono();
    const fault = await faultOf(one);
    const guestMs = Math.round(elapsed(start, systemClock.mono()));
    const fact: DeviceFact = { part, test: one.title, fault, guestMs };
    process.stdout.write(`${fault === null ? "passed" : "FAILED"} ${guestMs} ms: ${one.title}\n`);
    writeSync(port, `${JSON.stringify(fact)}\n`);
  }
}

const [word = "", held = ""] = process.argv.slice(2);
if (word === "--list") process.stdout.write(JSON.stringify(await list()));
else if (word === "--hold") await (await import("./hold.ts")).hold(held);
else {
  await runPart(word);
  process.exit(0);
}

// Proves that the firmware archive becomes a working counter on a box with a real systemd: installed by its own script,
// ready when it says so, its keys taken through sysfs by onoff, started again when it is killed or hangs, and back by
// itself after a power cut with every input it had journalled.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { elapsed } from "../../../protocol/index.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { unpackGpioSim } from "../machine/gpio-sim-modules.ts";
import { buildMachine, PROJECT } from "../machine/virtual-machine.ts";
import { CounterBox } from "./counter-box.ts";

/** Goal for the unit, on the scale of `systemd-analyze security`. */
const EXPOSURE_MAX = 2.5;

const scratch = mkdtempSync(join(tmpdir(), "hallward-firmware-"));
let box: CounterBox | null = null;
afterAll(async () => {
  await box?.remove();
  rmSync(scratch, { recursive: true, force: true });
});

function buildFirmware(): string {
  execFileSync(process.execPath, [join(PROJECT, ".ci/firmware/build-firmware.ts"), "--arch", "x64", "--out", scratch]);
  const archive = readdirSync(scratch).find((name) => name.endsWith("-x64.tar.gz"));
  return join(scratch, archive ?? "");
}

test("the firmware is installed, killed, hung, cut from power, and comes back unattended", async () => {
  const begun = systemClock.mono();
  const step = (line: string): void =>
    void process.stdout.write(`firmware: ${line}, ${Math.round(elapsed(begun, systemClock.mono()) / 1000)} s\n`);
  box = await CounterBox.make(buildMachine(), buildFirmware(), unpackGpioSim(scratch));
  step("box and archive made");
  await box.powerOn("rehearse");
  step(await box.until((line) => line.startsWith("installed ")));
  step(await box.until((line) => line.startsWith("active ")));
  const exposure = await box.until((line) => line.startsWith("security "));
  step(exposure);
  expect(Number(/: ([\d.]+)/u.exec(exposure)?.[1])).toBeLessThanOrEqual(EXPOSURE_MAX);
  step(await box.until((line) => line.startsWith("assisted ")));
  step(await box.until((line) => line.startsWith("watchdog ")));
  const atHang = box.journalled;
  await box.until((line) => line.startsWith("journalled ") && Number(line.split(" ")[1]) > atHang);
  const cut = await box.cutPower(new SeededRandom(1));
  const promised = box.journalled;
  step(`power cut, ${cut.dropped} of ${cut.pending} writes lost, ${promised} inputs journalled`);
  const found = box.journal();
  expect(found.intact).toBe(true);
  expect(found.seqs).toEqual(Array.from({ length: found.seqs.length }, (_, index) => index + 1));
  expect(found.seqs.length).toBeGreaterThanOrEqual(promised);

  await box.powerOn("again");
  step(`by itself: ${await box.until((line) => line.startsWith("active "))}`);
  await box.until((line) => line.startsWith("journalled ") && Number(line.split(" ")[1]) > found.taps);
  expect(box.said.some((line) => line.startsWith("installed"))).toBe(false);
  await box.cutPower(new SeededRandom(2));
  const after = box.journal();
  expect(after.seqs.slice(0, found.seqs.length)).toEqual(found.seqs);
  expect(after.boot).toBeGreaterThan(found.boot);
  step("done");
});

// The kernel types what a keyboard says into the console: never what a badge reader says that is ours.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { canonicalBadge } from "../../../../hardware/ports/badge-reader.ts";
import { milliseconds } from "../../../../protocol/base/time.ts";
import { ReaderDiary } from "../../../contract/badge-reader-contract.ts";
import { ConsoleEar } from "./console-ear.ts";
import { digitsOf, READER, wedgeRig } from "./hid-contracts.ts";
import type { MakeHidDevice } from "./hid-rig.ts";
import { passed, until } from "./time.ts";
import { driverOfSerial } from "./usb-gadget.ts";

const BADGE = canonicalBadge("0086F444");

/** A wedge reader, plugged in and not ours yet, and somebody at the console. */
async function atConsole(makeDevice: MakeHidDevice) {
  const ear = new ConsoleEar();
  const rig = wedgeRig("libusb", makeDevice);
  const diary = new ReaderDiary();
  await rig.plug();
  return {
    rig,
    diary,
    driver: () => driverOfSerial(READER.name),
    /** A card, and what of it appears on the console. */
    tap: async (): Promise<string> => {
      ear.heard(); // What came before, when the reader was not ours.
      rig.lay(BADGE);
      await passed(milliseconds(200));
      rig.lift();
      await passed(milliseconds(500));
      return ear.heard();
    },
    release: async (): Promise<void> => {
      await rig.release();
      ear.close();
    },
  };
}

export function consoleTests(makeDevice: MakeHidDevice): void {
  test("a wedge reader's digits reach the console before and after it is ours, and never while it is", async () => {
    const { rig, diary, driver, tap, release } = await atConsole(makeDevice);
    try {
      expect(driver(), "a keyboard like any other").toBe("usbhid");
      expect(await tap(), "a keyboard like any other").toContain(digitsOf(BADGE));
      await rig.reader.open(diary);
      await until("well", () => diary.isOk);
      expect(await tap(), "while it is ours").toBe("");
      expect(driver(), "taken from the kernel").toBe("usbfs");
      await rig.unplug();
      await until("a fault", () => !diary.isOk);
      await rig.plug();
      await until("well", () => diary.isOk);
      expect(await tap(), "plugged in again").toBe("");
      expect(driver(), "taken again").toBe("usbfs");
      expect(diary.badges).toEqual([BADGE, BADGE]);
      await rig.reader.close();
      expect(driver(), "given back to the kernel").toBe("usbhid");
      expect(await tap(), "given back to the kernel").toContain(digitsOf(BADGE));
    } finally {
      await release();
    }
  });

  test("kill -9: the reader is nobody's, its digits reach no console, and the next owner reads it", async () => {
    const { rig, diary, driver, tap, release } = await atConsole(makeDevice);
    const owner = spawn(process.execPath, [process.argv[1] ?? "", "--hold", "libusb"], { stdio: "inherit" });
    const exit = once(owner, "exit");
    try {
      await until("it has an owner", () => driver() === "usbfs");
      owner.kill("SIGKILL");
      await exit;
      expect(await tap(), "after the kill").toBe("");
      await rig.reader.open(diary);
      await until("well", () => diary.isOk);
      expect(await tap(), "with the next owner").toBe("");
      expect(diary.badges).toEqual([BADGE]);
    } finally {
      owner.kill("SIGKILL");
      await release();
    }
  });
}

// Why a serial line could not be opened is told by a stable word, whatever the binding says.
import { expect, test } from "vitest";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { faultOfOpening, openSerialChannel } from "../../../hardware/links/serial-channel.ts";

test.each([
  ["Error: No such file or directory, cannot open /dev/ttyACM0", "absent"],
  ["Error: No such device or address, cannot open /dev/ttyACM0", "absent"],
  ["Error: No such device, cannot open /dev/ttyACM0", "absent"],
  ["Error: Permission denied, cannot open /dev/ttyACM0", "denied"],
  ["Error: Operation not permitted, cannot open /dev/ttyACM0", "denied"],
  ["Error Resource temporarily unavailable Cannot lock port", "busy"],
  ["Error: Device or resource busy, cannot open /dev/ttyACM0", "busy"],
  ["Error: Input/output error, cannot open /dev/ttyACM0", "failed"],
])("%s", (message, fault) => {
  expect(faultOfOpening(message)).toBe(fault);
});

test("a path that leads nowhere is absent, a file that is no line is a failure with its reason", async () => {
  expect(await openSerialChannel("/nowhere/reader", 9600, new VirtualClock())).toEqual({
    ok: false,
    error: { fault: "absent" },
  });
  const opened = await openSerialChannel("/dev/null", 9600, new VirtualClock());
  expect(opened.ok ? "opened" : opened.error.fault).toBe("failed");
  expect(opened.ok ? "opened" : opened.error.detail).toContain("Inappropriate ioctl");
});

// Devices that are not there say so once, and take every order without a word.
import { expect, test } from "vitest";
import { createAbsentDevices } from "../../../hardware/drivers/absent.ts";
import type { DeviceHealth } from "../../../hardware/ports/device-health.ts";

test("each absent device reports the fault once, and does nothing", async () => {
  const { buttons, badgeReader, ratingKeypad, nameplate } = createAbsentDevices();
  const health: DeviceHealth[] = [];
  const nothingElse = () => expect.unreachable("an absent device has nothing to report");
  const onHealth = (said: DeviceHealth) => void health.push(said);
  await buttons.open({ onHealth, onEdge: nothingElse });
  await badgeReader.open({ onHealth, onBadge: nothingElse, onBadFrame: nothingElse });
  await ratingKeypad.open({ onHealth, onEdge: nothingElse });
  await nameplate.open({ onHealth });
  buttons.light("call", "blink");
  buttons.beep("attention");
  ratingKeypad.show("asking");
  nameplate.show({ lines: [] });
  const devices = [buttons, badgeReader, ratingKeypad, nameplate];
  await Promise.all(devices.map((device) => device.close()));
  expect(health).toEqual(devices.map(() => ({ state: "fault", fault: "absent" })));
  expect(devices.map(({ driver }) => driver)).toEqual(devices.map(() => "absent"));
});

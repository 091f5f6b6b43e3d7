import { expect, test } from "vitest";
import { type DeviceFaults, stepDevice } from "../../../terminal/core/devices.ts";

// A device may say the same thing every second; the hall hears of changes only, each fault raised and cleared by name.
test.each<[string, DeviceFaults, string | null, string[]]>([
  ["fine from the start", {}, null, []],
  ["a first fault", {}, "unplugged", ["unplugged raised"]],
  ["the same fault again", { "badge-reader": "unplugged" }, "unplugged", []],
  ["well again", { "badge-reader": "unplugged" }, null, ["unplugged cleared"]],
  ["another fault", { "badge-reader": "unplugged" }, "busy", ["unplugged cleared", "busy raised"]],
  ["another device's fault is its own", { nameplate: "unplugged" }, null, []],
])("%s", (_, before, fault, changes) => {
  const [after, effects] = stepDevice(before, "badge-reader", fault);
  expect(effects.map((effect) => `${effect.fault} ${effect.state}`)).toEqual(changes);
  expect(after["badge-reader"] ?? null).toBe(fault);
});

// Proves that the panel's page shows the hall's time and not its browser's.
import { expect, test } from "vitest";
import { clockTime } from "../../../../controller/web/design/clock-time.ts";
import { takeZone } from "../../../../simulator/panel/pages/take-zone.ts";

const NOON_UTC = Date.UTC(2026, 2, 2, 12);

test.each([
  { zone: "Asia/Shanghai", time: "20:00" },
  { zone: "America/New_York", time: "07:00" },
  { zone: "Asia/Kathmandu", time: "17:45" },
])("in a hall in $zone the panel's clock shows $time at noon of UTC", ({ zone, time }) => {
  const root: { readonly dataset: Record<string, string> } = { dataset: {} };
  takeZone({ zone }, root);
  expect(clockTime(NOON_UTC, root.dataset["zone"])).toBe(time);
});

// Proves that the ring around a key is full exactly when the terminal takes the press for a long one.
import { expect, test } from "vitest";
import { ASSISTANCE_HOLD, LONG_PRESS } from "../../../../protocol/index.ts";
import { inQuarters, LONG_FROM, ringOf } from "../../../../simulator/panel/pages/hold.ts";

test("the page's thresholds are the terminal's", () => {
  expect(LONG_FROM).toEqual({ call: LONG_PRESS, pause: ASSISTANCE_HOLD });
});

test.each([
  ["call", 0, 0],
  ["call", 750, 0.5],
  ["call", 1500, 1],
  ["pause", 1500, 0.5],
  ["pause", 3000, 1],
  ["pause", 9000, 1],
  ["call", -5, 0],
] as const)("%s held for %d ms: the ring is at %d", (button, heldMs, share) => {
  expect(ringOf(button, heldMs)).toBe(share);
});

test("without motion the ring moves in quarters, and is full only when full", () => {
  expect([0.1, 0.26, 0.99, 1].map(inQuarters)).toEqual([0, 0.25, 0.75, 1]);
});

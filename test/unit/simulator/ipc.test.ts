import { expect, test } from "vitest";
import { CounterView, DARK_VIEW, HandMessage, TerminalMessage } from "../../../simulator/wire/ipc.ts";

// What a visitor of the panel may make a terminal process do: these, and nothing else.
test.each([
  { type: "press", button: "call", heldForMs: 120 },
  { type: "finger", button: "pause", edge: "pressed" },
  { type: "tap", badge: "0086F444" },
  { type: "rate", level: 5 },
  { type: "close" },
])("hands may do $type", (message) => {
  expect(HandMessage.safeParse(message).success).toBe(true);
});

test.each([
  ["an unknown act", { type: "reboot" }],
  ["an unknown button", { type: "press", button: "reset", heldForMs: 100 }],
  ["a press without end", { type: "press", button: "call", heldForMs: 60_000 }],
  ["a badge that is no badge", { type: "tap", badge: "../../etc" }],
  ["a sixth level", { type: "rate", level: 6 }],
  ["an extra field", { type: "close", force: true }],
  ["not an object", "close"],
])("refused: %s", (_what, message) => {
  expect(HandMessage.safeParse(message).success).toBe(false);
});

test("a dark counter is a view like any other", () => {
  expect(CounterView.parse(DARK_VIEW)).toEqual(DARK_VIEW);
  expect(TerminalMessage.safeParse({ type: "view", view: DARK_VIEW }).success).toBe(true);
});

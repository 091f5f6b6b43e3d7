import { expect, test } from "vitest";
import { epochMs, type TechnicianCommand } from "../../../protocol/index.ts";
import { type AnsweredCommands, type CommandHearing, stepCommand } from "../../../terminal/core/commands.ts";

const COMMAND: TechnicianCommand = {
  v: 1,
  commandId: "0f0e0d0c-0000-4000-8000-000000000001",
  epoch: 7,
  expiresAtMs: 10_000,
  order: "identify",
};
const NONE: AnsweredCommands = [];
const IN_TIME: CommandHearing = { hallMs: epochMs(9999), epochSeen: 7 };

// An order is carried out once, in its own epoch, before it expires; and it is always answered.
test.each<[string, CommandHearing, boolean, string]>([
  ["in time", IN_TIME, true, "done"],
  ["at its expiry", { ...IN_TIME, hallMs: epochMs(10_000) }, false, "expired"],
  ["of an epoch that is over", { ...IN_TIME, epochSeen: 8 }, false, "expired"],
  ["before hall time is known", { ...IN_TIME, hallMs: null }, false, "failed"],
])("%s", (_, hearing, carriedOut, outcome) => {
  const [, effects] = stepCommand([], COMMAND, hearing);
  expect(effects.some(({ type }) => type === "carry-out")).toBe(carriedOut);
  expect(effects.at(-1)).toMatchObject({ type: "reply", reply: { commandId: COMMAND.commandId, outcome } });
});

test("a repeat gets the first answer again and does nothing", () => {
  const [once] = stepCommand([], COMMAND, IN_TIME);
  const [twice, effects] = stepCommand(once, COMMAND, { ...IN_TIME, hallMs: epochMs(99_999) });
  expect(effects).toEqual([
    { type: "reply", reply: { v: 1, commandId: COMMAND.commandId, outcome: "done", detail: "" } },
  ]);
  expect(twice).toEqual(once);
});

test("remembers a bounded number of orders", () => {
  const commands = Array.from({ length: 100 }, (_, i) => ({ ...COMMAND, commandId: `id-${i}` }));
  const answered = commands.reduce((state, command) => stepCommand(state, command, IN_TIME)[0], NONE);
  expect(answered).toHaveLength(64);
});

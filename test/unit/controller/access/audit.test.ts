// Who looked at whose record, and who did what from a page, stands in the log with the account's name; nobody is on
// record for looking at their own.
import { expect, test } from "vitest";
import { AccountId } from "../../../../controller/core/access/actor.ts";
import { counterId, staffId, TestHall } from "../../../support/test-hall.ts";

const manager = AccountId.parse("manager");
const by = { kind: "account", accountId: manager };

test("a view is one event: the account, whom it was of, each once and in order, and which days", () => {
  const hall = new TestHall();
  const view = { what: "sheet", people: [staffId(2), staffId(1), staffId(2)], from: null, to: null };
  const [seen, ...more] = hall.run({ type: "note-view", accountId: manager, view });
  expect(more).toEqual([]);
  expect(seen).toMatchObject({
    type: "record.viewed",
    actor: by,
    data: { accountId: "manager", what: "sheet", people: ["s01", "s02"] },
  });
});

test("a call for help that was answered from the hall page names who answered it", () => {
  const hall = new TestHall();
  hall.input(1, "assistance-requested");
  const [answered] = hall.run({ type: "clear-assistance", counterId: counterId(1), by: manager });
  expect(answered).toMatchObject({ type: "assistance.answered", actor: by });
});

test("signing in, out and being locked out stand in the log, and change nothing in the hall", () => {
  const hall = new TestHall();
  for (const deed of ["signed-in", "locked-out", "signed-out"] as const) {
    const [noted] = hall.run({ type: "note-account", accountId: manager, deed });
    expect(noted).toMatchObject({ type: `account.${deed}`, actor: by });
  }
});

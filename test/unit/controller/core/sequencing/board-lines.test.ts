import { describe, expect, test } from "vitest";
import { BOARD_LINES_MAX } from "../../../../../protocol/index.ts";
import { boardOf } from "../../../../../controller/projections/board.ts";
import { TestHall, testConfiguration } from "../../../../support/test-hall.ts";

// In a rush the hall remembers no more called tickets than the board can show: each call costs the same.

const AT_ONCE = { callableAfterMs: 0, announcementSlotMs: 0, noShowAfterMs: 0 };

function rush(calls: number): TestHall {
  const hall = new TestHall(testConfiguration(1, AT_ONCE));
  hall.signOn(1);
  for (let n = 0; n < calls; n += 1) hall.ticket();
  hall.input(1, "call-next");
  for (let n = 1; n < calls; n += 1) hall.input(1, "no-show", hall.visit(1));
  return hall;
}

describe("a rush of calls", () => {
  test("leaves the board's own number of lines behind, the newest ones", () => {
    const { hall, now } = rush(4 * BOARD_LINES_MAX);
    expect(hall.boardLines.length).toBeLessThanOrEqual(BOARD_LINES_MAX + 1);
    const numbers = boardOf(hall, now).lines.map(({ ticketNumber }) => ticketNumber);
    expect(numbers).toHaveLength(BOARD_LINES_MAX);
    expect([numbers.at(0), numbers.at(-1)]).toEqual(["A048", "A037"]);
  });

  test("does not push a ticket that is still at its window off", () => {
    const hall = new TestHall(testConfiguration(2, AT_ONCE));
    hall.signOn(1);
    hall.signOn(2);
    for (let n = 0; n < 3 * BOARD_LINES_MAX; n += 1) hall.ticket();
    hall.input(2, "call-next");
    hall.input(1, "call-next");
    for (let n = 2; n < 3 * BOARD_LINES_MAX; n += 1) hall.input(1, "no-show", hall.visit(1));
    hall.wait(6_000);
    const { now } = hall;
    expect(boardOf(hall.hall, now).lines.map(({ ticketNumber }) => ticketNumber)).toEqual(["A036", "A001"]);
  });
});

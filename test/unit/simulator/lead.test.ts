// Whoever leads the hall comes to work too: one badge, at a window that is serving, as soon as there is one.
import { expect, test } from "vitest";
import type { WindowSight } from "../../../simulator/people/citizen.ts";
import { leadComes } from "../../../simulator/people/lead.ts";
import { CounterId, seconds, TicketNumber } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const [FIRST, SECOND] = [CounterId.parse("1"), CounterId.parse("2")];

test("the lead waits for a window that is serving, tries until the badge is taken, and goes no further", () => {
  const clock = new VirtualClock();
  const windows = new Map<CounterId, WindowSight>([
    [FIRST, { plate: { sign: "idle" }, keypad: "dark" }],
    [SECOND, { plate: { sign: "closed" }, keypad: "dark" }],
  ]);
  const taps: CounterId[] = [];
  let isTaken = false;
  leadComes({ windows: () => windows, tapLeadsBadge: (counterId) => (taps.push(counterId), isTaken) }, clock);
  clock.advance(seconds(5));
  expect(taps).toEqual([]); // An idle window would ask for a take-over.
  windows.set(SECOND, { plate: { sign: "serving", number: TicketNumber.parse("A001") }, keypad: "dark" });
  clock.advance(seconds(2));
  expect(taps).toEqual([SECOND, SECOND]);
  isTaken = true;
  clock.advance(seconds(60));
  expect(taps).toEqual([SECOND, SECOND, SECOND]);
});

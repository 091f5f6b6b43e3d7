import { expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/index.ts";
import { quarterHours } from "../../../../simulator/day/quarter-hours.ts";
import { spreadOf } from "../../../../simulator/day/spread.ts";
import { ticketStory } from "../../../../simulator/day/ticket-lives.ts";
import { windowWork } from "../../../../simulator/day/window-work.ts";
import { CounterId, epochMs } from "../../../../protocol/index.ts";

// A day of four tickets, computed by hand. 08:00 in Shanghai is midnight UTC.
const MINUTE = 60_000;
const START = epochMs(Date.UTC(2026, 2, 2));
const at = (minute: number, type: string, data: object): HallEvent =>
  ({
    type,
    data,
    recordedAtMs: START + minute * MINUTE,
    occurredAtMs: START + minute * MINUTE,
  }) as unknown as HallEvent;

const DAY = [
  at(0, "staff.signed-on", { counterId: "1" }),
  at(1, "ticket.issued", { ticketId: "a" }),
  at(2, "ticket.issued", { ticketId: "b" }),
  at(3, "ticket.called", { ticketId: "a", counterId: "1" }), // Waited 2.
  at(4, "visit.started", { counterId: "1" }),
  at(10, "ticket.issued", { ticketId: "c" }),
  at(14, "visit.ended", { counterId: "1" }), // Served 10.
  at(14, "ticket.closed", { ticketId: "a", counterId: "1", outcome: "served" }),
  at(16, "ticket.called", { ticketId: "b", counterId: "1" }), // Waited 14.
  at(18, "ticket.closed", { ticketId: "b", counterId: "1", outcome: "no-show" }),
  at(18, "ticket.called", { ticketId: "c", counterId: "1" }), // Waited 8.
  at(19, "visit.started", { counterId: "1" }),
  at(20, "ticket.re-entered", { ticketId: "b" }),
  at(29, "visit.ended", { counterId: "1" }), // Served 10.
  at(29, "ticket.closed", { ticketId: "c", counterId: "1", outcome: "served" }),
  at(30, "ticket.called", { ticketId: "b", counterId: "1" }),
  at(31, "visit.started", { counterId: "1" }),
  at(36, "visit.ended", { counterId: "1" }), // Served 5.
  at(36, "ticket.closed", { ticketId: "b", counterId: "1", outcome: "served" }),
  at(37, "ticket.issued", { ticketId: "d" }),
  at(50, "staff.signed-off", { counterId: "1" }),
];

test("waiting times, outcomes and the line of a day by hand", () => {
  const { lives, queue } = ticketStory(DAY);
  const waits = lives.flatMap((life) =>
    life.firstCalledAtMs === null ? [] : (life.firstCalledAtMs - life.issuedAtMs) / MINUTE,
  );
  expect(waits).toEqual([2, 14, 8]);
  expect(lives.map(({ outcome }) => outcome)).toEqual(["served", "served", "served", null]);
  expect(spreadOf(waits)).toEqual({ meanMs: 8, p50Ms: 8, p90Ms: 14, maxMs: 14 });
  let [waiting, most] = [0, 0];
  for (const { by } of queue) most = Math.max(most, (waiting += by));
  expect({ waiting, most }).toEqual({ waiting: 1, most: 2 }); // d still waits.
});

test("a quarter hour begins with whoever waits from the one before", () => {
  const { queue } = ticketStory(DAY);
  const came = [1, 2, 10, 37].map((minute) => START + minute * MINUTE);
  expect(quarterHours({ startMs: START }, came, queue)).toEqual([
    { from: "08:00", arrivals: 3, waitingMost: 2 },
    { from: "08:15", arrivals: 0, waitingMost: 2 },
    { from: "08:30", arrivals: 1, waitingMost: 1 },
  ]);
});

test("a window's duty and serving time", () => {
  const [one] = windowWork(DAY, [CounterId.parse("1")]);
  expect(one).toMatchObject({ dutyMs: 50 * MINUTE, servedMs: 25 * MINUTE });
});

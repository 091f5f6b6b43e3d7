import { expect, test } from "vitest";
import { counterPhases, openTickets, waitingReadings } from "../../../../controller/observation/hall-readings.ts";
import { epochMs, present } from "../../../../protocol/index.ts";
import { TestHall, testConfiguration } from "../../../support/test-hall.ts";

// What the metrics say of tickets and counters is what the hall holds.

test("every service has its line, also where nobody waits, with its longest wait", () => {
  const { hall, now } = new TestHall(testConfiguration(2));
  expect(waitingReadings(hall, now)).toEqual([
    { queue: "a", service: "apply", tickets: 0, oldestMs: 0 },
    { queue: "a", service: "tax", tickets: 0, oldestMs: 0 },
    { queue: "b", service: "social", tickets: 0, oldestMs: 0 },
  ]);
  expect(openTickets(hall)).toEqual([
    ["called", 0],
    ["serving", 0],
    ["held", 0],
    ["unconfirmed", 0],
  ]);
  expect(counterPhases(hall)).toEqual([["closed", 2]]);
});

test("waiting tickets are counted by service, and the oldest of them is timed", () => {
  const morning = new TestHall(testConfiguration(1));
  morning.ticket("tax");
  const [ticket] = [...morning.hall.tickets.values()];
  const later = epochMs(present(ticket, "the ticket").enteredAtMs + 90_000);
  expect(waitingReadings(morning.hall, later)).toContainEqual({
    queue: "a",
    service: "tax",
    tickets: 1,
    oldestMs: 90_000,
  });
});

test("tickets that nobody has confirmed after a restore are in no line, and counted apart", () => {
  const morning = new TestHall(testConfiguration(1));
  morning.ticket("tax");
  morning.run({ type: "note-restore", madeAtMs: epochMs(morning.now - 60_000) });
  expect(waitingReadings(morning.hall, morning.now).every(({ tickets }) => tickets === 0)).toBe(true);
  expect(openTickets(morning.hall)).toContainEqual(["unconfirmed", 1]);
});

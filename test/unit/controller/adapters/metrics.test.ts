import { expect, test } from "vitest";
import { createMetrics } from "../../../../controller/adapters/metrics.ts";
import { milliseconds } from "../../../../protocol/index.ts";

// What a scrape shows: what was told, and what is true at that moment.

test("told and read figures stand in one scrape; a second scrape counts nothing twice", async () => {
  let position = 5;
  const metrics = createMetrics({
    journalPosition: () => position,
    epoch: () => 2,
    backlog: () => 0,
    breaches: () => 0,
    clockTrusted: () => true,
    terminalsOnline: () => 6,
    connections: () => 6,
    listeners: () => 1,
    waiting: () => [["a", 3]],
    inputs: () => [["applied", 9]],
    acks: () => 10,
    needs: () => 0,
  });
  metrics.refused("foreign-topic");
  metrics.committed(milliseconds(0.4), 3);
  await metrics.text();
  position = 8;
  const lines = (await metrics.text()).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "hallward_journal_position 8",
      "hallward_terminals_online 6",
      'hallward_tickets_waiting{queue="a"} 3',
      'hallward_inputs_total{fate="applied"} 9',
      "hallward_acks_total 10",
      'hallward_messages_refused_total{code="foreign-topic"} 1',
      'hallward_commit_seconds_bucket{le="0.0005"} 1',
      "hallward_events_total 3",
    ]),
  );
  expect(lines.some((line) => line.startsWith("nodejs_eventloop_lag_seconds "))).toBe(true);
});

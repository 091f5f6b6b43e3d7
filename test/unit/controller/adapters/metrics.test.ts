import { expect, test } from "vitest";
import { createMetrics } from "../../../../controller/adapters/metrics.ts";
import { TERMINALS_SHOWN_MAX } from "../../../../controller/adapters/metrics/terminal-metrics.ts";
import { milliseconds } from "../../../../protocol/index.ts";
import { quietSources, terminalReading } from "../../../support/metric-sources.ts";

// What a scrape shows: what was told, and what is true at that moment.

const scrape = async (metrics: ReturnType<typeof createMetrics>): Promise<string[]> =>
  (await metrics.text()).split("\n");

test("told and read figures stand in one scrape; a second scrape counts nothing twice", async () => {
  let position = 5;
  const metrics = createMetrics({
    ...quietSources(),
    logPosition: () => position,
    writable: () => false,
    waiting: () => [{ queue: "a", service: "tax", tickets: 3, oldestMs: 61_000 }],
    ticketsOpen: () => [["called", 2]],
    inputs: () => [["applied", 9]],
    acks: () => 10,
  });
  metrics.refused("foreign-topic");
  metrics.intentRefused("nobody-waiting");
  metrics.committed(milliseconds(0.4), 3);
  metrics.acknowledged(milliseconds(4));
  metrics.snapshotSaved(milliseconds(30), 5);
  metrics.loopDelayed(milliseconds(700));
  await metrics.text();
  position = 8;
  const lines = await scrape(metrics);
  expect(lines).toEqual(
    expect.arrayContaining([
      'hallward_build_info{version="9.9.9"} 1',
      "hallward_log_position 8",
      "hallward_store_writable 0",
      'hallward_tickets_waiting{queue="a",service="tax"} 3',
      'hallward_ticket_wait_oldest_seconds{queue="a",service="tax"} 61',
      'hallward_tickets_open{phase="called"} 2',
      'hallward_inputs_total{fate="applied"} 9',
      "hallward_acks_total 10",
      'hallward_messages_refused_total{code="foreign-topic"} 1',
      'hallward_intents_refused_total{code="nobody-waiting"} 1',
      'hallward_commit_seconds_bucket{le="0.0005"} 1',
      "hallward_commit_events_sum 3",
      "hallward_events_total 3",
      'hallward_ack_seconds_bucket{le="0.005"} 1',
      "hallward_snapshot_seconds_sum 0.03",
      "hallward_snapshot_position 5",
      'hallward_loop_delay_seconds_bucket{le="0.5"} 0',
      "hallward_loop_delay_seconds_count 1",
    ]),
  );
  expect(lines.some((line) => line.startsWith("nodejs_eventloop_lag_p99_seconds "))).toBe(true);
  expect(lines.some((line) => line.startsWith("process_resident_memory_bytes "))).toBe(true);
});

test("a terminal has a line for everything it says of itself, and none for what it has not said", async () => {
  const silent = { ...terminalReading("t-2"), heardAgoMs: null, faults: [], health: null };
  const lines = await scrape(
    createMetrics({
      ...quietSources(),
      terminals: () => [terminalReading("t-1"), silent],
    }),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'hallward_terminal_online{terminal="t-2"} 1',
      'hallward_terminal_journal_depth{terminal="t-1"} 7',
      'hallward_terminal_reconnects_total{terminal="t-1"} 2',
      'hallward_terminal_clock_offset_seconds{terminal="t-1"} -0.25',
      'hallward_terminal_silence_seconds{terminal="t-1"} 1.5',
      'hallward_terminal_faces_behind{terminal="t-1"} 1',
      'hallward_terminal_device_fault{terminal="t-1",device="badge-reader",fault="unplugged"} 1',
    ]),
  );
  expect(lines.filter((line) => line.includes('"t-2"'))).toHaveLength(2);
});

test("however many terminals come, the scrape stays bounded", async () => {
  const terminals = Array.from({ length: TERMINALS_SHOWN_MAX + 100 }, (_, at) => terminalReading(`t-${at}`));
  const lines = await scrape(createMetrics({ ...quietSources(), terminals: () => terminals }));
  expect(lines.filter((line) => line.startsWith("hallward_terminal_online{"))).toHaveLength(TERMINALS_SHOWN_MAX);
});

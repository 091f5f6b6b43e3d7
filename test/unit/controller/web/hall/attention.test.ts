// Proves what the hall page puts before a manager, in which order, and what it leaves alone.
import { describe, expect, test } from "vitest";
import { attentionOf, byAttention, WAIT_LONG_MS } from "../../../../../controller/web/pages/hall/attention.ts";
import { faultWords } from "../../../../../controller/web/pages/hall/device-words.ts";
import { spanOf } from "../../../../../controller/web/pages/hall/durations.ts";
import type {
  CounterOverview,
  HallOverview,
  QueueOverview,
  TerminalOverview,
} from "../../../../../controller/web/pages/hall/hall-contract.ts";
import { bilingual, CounterId, QueueId, TerminalId } from "../../../../../protocol/index.ts";

const NOW = Date.UTC(2026, 2, 2, 2);
const MINUTE = 60_000;

const counter = (id: string, change: Partial<CounterOverview> = {}): CounterOverview => ({
  counter: CounterId.parse(id),
  terminal: TerminalId.parse(`t${id}`),
  title: bilingual("综合", "General"),
  phase: "idle",
  sinceMs: null,
  person: null,
  colleague: null,
  onDutySinceMs: null,
  ticketNumber: null,
  callCount: 0,
  waiting: 0,
  vacant: false,
  assistanceSinceMs: null,
  pause: null,
  held: { count: 0, numbers: [] },
  extended: false,
  ratings: { asked: 0, given: 0 },
  ...change,
});
const queue = (longestSinceMs: number | null): QueueOverview => ({
  queue: QueueId.parse("a"),
  letter: "A",
  names: [bilingual("综合", "General")],
  waiting: 1,
  longestSinceMs,
  issued: 1,
  served: 0,
  noShow: 0,
  open: 1,
});
const WELL = { backlog: 0, clockOffsetMs: 0, reconnects: 0, messagesRefused: 0 };
const terminal = (id: string, change: Partial<TerminalOverview> = {}): TerminalOverview => ({
  terminal: TerminalId.parse(`t${id}`),
  counter: CounterId.parse(id),
  online: true,
  sinceMs: NOW - MINUTE,
  firmware: "1",
  face: { sent: 1, shown: 1 },
  faults: [],
  health: WELL,
  ...change,
});
const hall = (counters: CounterOverview[], queues: QueueOverview[] = []): HallOverview => ({
  hall: bilingual("大厅", "Hall"),
  working: true,
  alarms: [],
  restored: null,
  counters,
  queues,
  today: { issued: 0, served: 0, noShow: 0, waiting: 0, held: 0, ratingsAsked: 0, ratingsGiven: 0 },
});
const pausedUntil = (untilMs: number | null) => ({
  phase: "paused" as const,
  pause: { reason: bilingual("会议", "Meeting"), sinceMs: NOW - MINUTE, untilMs },
});

test("a hall in which all is well asks for nothing", () => {
  const quiet = hall([counter("1"), counter("2", pausedUntil(NOW + 1)), counter("3", pausedUntil(null))], [queue(NOW)]);
  expect(attentionOf(quiet, [terminal("1")], NOW)).toEqual([]);
});

test("a call for assistance comes first, then what is lost, vacant, overdue, long waited for, unwell", () => {
  const counters = [
    counter("1", pausedUntil(NOW - 1)),
    counter("2", { vacant: true }),
    counter("3", { assistanceSinceMs: NOW - MINUTE }),
    counter("4", { assistanceSinceMs: NOW - 5 * MINUTE }),
  ];
  const terminals = [terminal("1", { health: { ...WELL, messagesRefused: 1 } }), terminal("2", { online: false })];
  const found = attentionOf(hall(counters, [queue(NOW - WAIT_LONG_MS)]), terminals, NOW);
  expect(found.map(({ key }) => key)).toEqual([
    "assistance 4",
    "assistance 3",
    "terminal-lost t2",
    "vacancy 2",
    "pause-over 1",
    "long-wait a",
    "terminal-ill t1",
  ]);
  expect(found[0]?.counter).toBe("4");
});

describe("a terminal is unwell", () => {
  test.each([
    ["clock 2.1 s ahead", { clockOffsetMs: 2_100 }, 1],
    ["clock 2.1 s behind", { clockOffsetMs: -2_100 }, 1],
    ["clock 2 s off", { clockOffsetMs: 2_000 }, 0],
    ["clock unknown", { clockOffsetMs: null }, 0],
    ["20 inputs on their way", { backlog: 20 }, 0],
    ["21 inputs on their way", { backlog: 21 }, 1],
    ["a message refused", { messagesRefused: 1 }, 1],
  ])("%s", (_what, change, count) => {
    const found = attentionOf(hall([]), [terminal("1", { health: { ...WELL, ...change } })], NOW);
    expect(found).toHaveLength(count);
  });

  test("a device of it fails: its name comes before everything else that ails it", () => {
    const faults = [{ device: "badge-reader", fault: "unplugged" }];
    const [found] = attentionOf(hall([]), [terminal("1", { faults, health: { ...WELL, messagesRefused: 1 } })], NOW);
    expect(found).toMatchObject({ kind: "terminal-ill", what: { zh: "读卡器被拔出", en: "Badge reader unplugged" } });
    expect(faultWords({ device: "fan", fault: "slow" })).toEqual({ zh: "fanslow", en: "fan slow" });
  });

  test("and says nothing of itself while nobody has heard it", () => {
    expect(attentionOf(hall([]), [terminal("1", { health: null })], NOW)).toEqual([]);
  });
});

test("windows that need somebody come first, all others stay in the hall's order", () => {
  const counters = [
    counter("1"),
    counter("2", { vacant: true }),
    counter("3"),
    counter("4", { assistanceSinceMs: NOW }),
  ];
  const found = attentionOf(hall(counters), [], NOW);
  expect(byAttention(counters, found).map((each) => each.counter)).toEqual(["4", "2", "1", "3"]);
});

test.each([
  [-5_000, "刚刚"],
  [59_999, "刚刚"],
  [60_000, "1分钟"],
  [59 * MINUTE, "59分钟"],
  [61 * MINUTE, "1小时1分"],
  [49 * 60 * MINUTE, "2天"],
])("%d ms are told as %s", (ms, told) => {
  expect(spanOf(NOW - ms, NOW).zh).toBe(told);
});

import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import {
  BUDGETS_MAX,
  SESSIONS_PER_TERMINAL_MAX,
  TRAFFIC_LIMITS,
} from "../../../../../controller/adapters/broker/broker-limits.ts";
import { ClientBudgets } from "../../../../../controller/adapters/broker/client-budgets.ts";
import { RefusalLog } from "../../../../../controller/adapters/broker/refusal-log.ts";
import { Sessions } from "../../../../../controller/adapters/broker/sessions.ts";
import { TokenBucket } from "../../../../../controller/adapters/broker/token-bucket.ts";
import { TrafficGate } from "../../../../../controller/adapters/broker/traffic-gate.ts";
import { HallId, type LogFields, minutes, milliseconds, seconds, silentLog } from "../../../../../protocol/index.ts";
import { terminalId } from "../../../../support/test-hall.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// What one client has left, over all its connections; time moves by hand.

const T1 = terminalId(1);

test("a bucket refuses without taking, and says when the next one can be had", () => {
  const clock = new VirtualClock();
  const bucket = new TokenBucket({ perSecond: 10, burst: 2, debt: 0 }, clock.mono());
  expect([1, 1, 1].map((count) => bucket.take(count, clock.mono()))).toEqual([0, 0, null]);
  expect(bucket.nextIn(clock.mono())).toBe(100);
  clock.advance(milliseconds(100));
  expect([bucket.nextIn(clock.mono()), bucket.take(1, clock.mono())]).toEqual([0, 0]);
});

test("a new connection goes on with what the former one has left", () => {
  const clock = new VirtualClock();
  const budgets = new ClientBudgets(TRAFFIC_LIMITS);
  const { burst } = TRAFFIC_LIMITS.publishes;
  const gate = () => new TrafficGate(clock, TRAFFIC_LIMITS, budgets.of(T1, clock.mono()).traffic);
  const packets = Buffer.concat([
    Buffer.from([0x10, 0]),
    ...Array.from({ length: burst }, () => Buffer.from([0x30, 0])),
  ]);
  expect(gate().admit(packets)).toEqual({ admitted: true, wait: 0 });
  expect(gate().admit(packets)).toMatchObject({ admitted: true, wait: seconds(5) });
  expect(gate().admit(packets)).toEqual({ admitted: false, code: "flood" });
});

test("budgets are remembered for so many terminals", () => {
  const clock = new VirtualClock();
  const budgets = new ClientBudgets(TRAFFIC_LIMITS);
  const first = budgets.of(T1, clock.mono());
  for (let n = 2; n <= BUDGETS_MAX; n += 1) budgets.of(terminalId(n), clock.mono());
  expect(budgets.of(T1, clock.mono())).toBe(first);
  for (let n = 2; n <= BUDGETS_MAX + 1; n += 1) budgets.of(terminalId(n), clock.mono());
  expect(budgets.of(T1, clock.mono())).not.toBe(first);
});

test("a terminal with too many sockets loses its oldest; one that has closed counts no more", () => {
  const sessions = new Sessions();
  const hall = HallId.parse("h1");
  const open = () => {
    const connection = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    return { connection, tooMuch: sessions.open(connection, { terminalId: T1, fingerprint: "" }, hall) };
  };
  const opened = Array.from({ length: SESSIONS_PER_TERMINAL_MAX }, open);
  expect(opened.map(({ tooMuch }) => tooMuch)).toEqual(opened.map(() => null));
  expect(open().tooMuch?.connection).toBe(opened[0]?.connection);
});

test("a flood of refusals is one line a minute for each peer and code", () => {
  const clock = new VirtualClock();
  const said: LogFields[] = [];
  const log = new RefusalLog(clock, { ...silentLog, warn: (_event, fields = {}) => void said.push(fields) });
  for (let at = 0; at < 1_000; at += 1) log.note("foreign-topic", { terminal: T1 });
  log.note("foreign-topic", { address: "10.0.0.1" });
  log.note("flood", { terminal: T1 });
  expect(said).toHaveLength(3);
  clock.advance(minutes(1));
  log.note("flood", { terminal: T1 });
  expect(said.at(-1)).toEqual({ code: "flood", terminal: T1 });
  expect(said).toHaveLength(4);
});

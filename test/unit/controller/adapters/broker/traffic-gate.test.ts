import { expect, test } from "vitest";
import { BadMessageWatch } from "../../../../../controller/adapters/broker/bad-message-watch.ts";
import { BAD_MESSAGES_MAX, TRAFFIC_LIMITS } from "../../../../../controller/adapters/broker/broker-limits.ts";
import { TrafficGate } from "../../../../../controller/adapters/broker/traffic-gate.ts";
import { IN_FLIGHT_MAX, milliseconds, seconds } from "../../../../../protocol/index.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// How much of one client is let through: the sustained rate for ever, a burst at once, some more delayed, a flood not.

const CONNECT = Buffer.from([0x10, 0]);
const PUBLISH = Buffer.from([0x30, 0]);
const PING = Buffer.from([0xc0, 0]);
const times = (count: number, packet: Buffer): Buffer => Buffer.concat(Array.from({ length: count }, () => packet));
const { perSecond, burst, debt } = TRAFFIC_LIMITS.publishes;

function greetedGate() {
  const clock = new VirtualClock();
  const gate = new TrafficGate(clock, TRAFFIC_LIMITS);
  gate.admit(CONNECT);
  return { clock, gate };
}

test("the sustained rate passes for ever without delay", () => {
  const { clock, gate } = greetedGate();
  for (let second = 0; second < 300; second += 1) {
    expect(gate.admit(times(perSecond, PUBLISH))).toEqual({ admitted: true, wait: 0 });
    clock.advance(seconds(1));
  }
});

test("what exceeds the burst is delayed until the rate has made up for it", () => {
  const { clock, gate } = greetedGate();
  expect(gate.admit(times(burst, PUBLISH))).toEqual({ admitted: true, wait: 0 });
  expect(gate.admit(times(10, PUBLISH))).toEqual({ admitted: true, wait: (10 * 1000) / perSecond });
  clock.advance(milliseconds((11 * 1000) / perSecond));
  expect(gate.admit(PUBLISH)).toEqual({ admitted: true, wait: 0 });
});

test("a terminal that fills its whole window again, input by input, is never cut off", () => {
  const { clock, gate } = greetedGate();
  gate.admit(times(burst, PUBLISH));
  for (let round = 0; round < 100; round += 1) {
    const admission = gate.admit(times(IN_FLIGHT_MAX, PUBLISH));
    expect(admission.admitted).toBe(true);
    if (admission.admitted) clock.advance(admission.wait);
  }
});

test("a flood is refused, of publishes as of pings", () => {
  expect(greetedGate().gate.admit(times(burst + debt + 1, PUBLISH))).toEqual({ admitted: false, code: "flood" });
  const { burst: pings, debt: more } = TRAFFIC_LIMITS.controls;
  expect(greetedGate().gate.admit(times(pings + more + 1, PING))).toEqual({ admitted: false, code: "flood" });
});

test("nothing but CONNECT may come first", () => {
  const gate = new TrafficGate(new VirtualClock(), TRAFFIC_LIMITS);
  expect(gate.admit(PING)).toEqual({ admitted: false, code: "not-connect" });
});

test("a wall clock that is set changes nothing", () => {
  const { clock, gate } = greetedGate();
  gate.admit(times(burst, PUBLISH));
  clock.stepWall(seconds(-86_400));
  expect(gate.admit(PUBLISH)).toMatchObject({ admitted: true, wait: 1000 / perSecond });
});

test("bad messages are forgiven after ten seconds", () => {
  const clock = new VirtualClock();
  const watch = new BadMessageWatch();
  for (let count = 1; count < BAD_MESSAGES_MAX; count += 1) expect(watch.note(clock.mono())).toBe(false);
  clock.advance(seconds(10));
  expect(watch.note(clock.mono())).toBe(false);
  for (let count = 2; count < BAD_MESSAGES_MAX; count += 1) expect(watch.note(clock.mono())).toBe(false);
  expect(watch.note(clock.mono())).toBe(true);
});

import { expect, test } from "vitest";
import type { HallEvent } from "../../../../controller/core/events.ts";
import { decide, evolve } from "../../../../controller/core/hall.ts";
import { emptyHall } from "../../../../controller/core/state.ts";
import { createEngine } from "../../../../controller/engine/single-writer.ts";
import { MemoryDisk, openMemoryEventStore } from "../../../../controller/engine/memory-event-store.ts";
import { TerminalWatch } from "../../../../controller/terminals/terminal-watch.ts";
import {
  type CounterId,
  type DurationMs,
  elapsed,
  Health,
  type MessageFault,
  milliseconds,
  seconds,
  silentLog,
  StreamId,
  TERMINAL_SILENCE_MAX,
  type TerminalId,
  TerminalState,
} from "../../../../protocol/index.ts";
import { upMessages } from "../../../../controller/terminals/up-messages.ts";
import { stateText } from "../../../integration/broker/wills.ts";
import { SeededRandom } from "../../../support/seeded-random.ts";
import { counterId, terminalId, testConfiguration } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

// Who is there and who is not (I9, I10), by births, wills and silence; time moves by hand.

const T1 = terminalId(1);

function openWatch() {
  const clock = new VirtualClock();
  const answered: string[] = [];
  const disconnected: TerminalId[] = [];
  const repeated: CounterId[] = [];
  const engine = createEngine({
    store: openMemoryEventStore(new MemoryDisk()),
    clock,
    random: new SeededRandom(1),
    log: silentLog,
    decide,
    evolve,
    hall: emptyHall(),
    onFatal: (error) => {
      throw error;
    },
  });
  const intake = {
    counters: {
      applied: 0,
      repeated: 0,
      foreignStream: 0,
      beyondGap: 0,
      needs: 0,
      oversized: 0,
      quarantined: 0,
      acks: 0,
    },
    receive: () => void answered.push("up"),
    answerBirth: () => void answered.push("birth"),
    answerHealth: () => void answered.push("health"),
  };
  const watch = new TerminalWatch({
    engine,
    intake,
    clock,
    log: silentLog,
    repeatFace: (counter) => void repeated.push(counter),
    faceRevOf: () => 7,
    disconnect: (id) => void disconnected.push(id),
    onChange() {},
  });
  engine.submit({ type: "start", version: "test", configuration: testConfiguration(2) }, () => {});
  clock.advance(milliseconds(0));
  const receive = upMessages({ intake, watch, log: silentLog });
  const say = (branch: "state" | "up" | "health" | "reported", text: string): MessageFault | null => {
    const fault = receive(T1, branch, text);
    clock.advance(milliseconds(0));
    return fault;
  };
  const tick = (duration = milliseconds(250)): void => {
    for (let left = duration as number; left > 0; left -= 1_000) {
      clock.advance(milliseconds(Math.min(left, 1_000)));
      watch.onTick();
    }
    clock.advance(milliseconds(0));
  };
  const standStill = (duration: DurationMs): void => {
    clock.advance(duration);
    watch.onTick();
    clock.advance(milliseconds(0));
  };
  const note = (type: "device.faulted" | "device.recovered", body: { device: string; fault: string }): void => {
    const actor = { kind: "terminal", terminalId: T1 };
    watch.noteEvents([{ type, actor, data: { counterId: counterId(1), ...body } } as unknown as HallEvent]);
  };
  const first = () => watch.pictures().find(({ terminal }) => terminal === T1);
  return { clock, watch, note, say, tick, standStill, first, answered, disconnected, repeated };
}

const STREAM = StreamId.parse(TerminalState.parse(JSON.parse(stateText("online"))).stream);

const healthText = (changes: Partial<Health> = {}): string => {
  const counters = Object.fromEntries(Object.keys(Health.shape.counters.shape).map((name) => [name, 0]));
  const said = { v: 1, stream: STREAM, session: 1, head: 0, done: 0, uptimeMs: 1, memoryBytes: 5, clockOffsetMs: null };
  return JSON.stringify(Health.parse({ ...said, ...changes, counters }));
};

test("a birth is answered after its commit, with the stream's position and the face", () => {
  const { say, first, answered, repeated } = openWatch();
  expect(first()).toMatchObject({ online: false, sinceMs: null, heardAgoMs: null });
  say("state", stateText("online"));
  expect(answered).toEqual(["birth"]);
  expect(repeated).toEqual([counterId(1)]);
  expect(first()).toMatchObject({ online: true, session: 1, counter: "1", face: { sent: 7, shown: null } });
});

test("its own will shows a terminal as lost, one of an earlier session does not", () => {
  const { say, first } = openWatch();
  say("state", stateText("online", 2));
  say("state", stateText("lost", 1));
  expect(first()).toMatchObject({ online: true, session: 2 });
  say("state", stateText("lost", 2));
  expect(first()).toMatchObject({ online: false });
});

// The monitor names the device within a commit of its fault; a controller that starts anew learns it from the birth.
test("faults of devices are known from the birth, and from then on by the events of the log", () => {
  const { say, first, note } = openWatch();
  const standing = [{ device: "nameplate", fault: "silent" }];
  say("state", stateText("online", 1, standing));
  expect(first()?.faults).toEqual(standing);
  note("device.faulted", { device: "badge-reader", fault: "unplugged" });
  note("device.recovered", { device: "nameplate", fault: "silent" });
  note("device.recovered", { device: "badge-reader", fault: "busy" });
  expect(first()?.faults).toEqual([{ device: "badge-reader", fault: "unplugged" }]);
  say("state", stateText("online", 2));
  expect(first()?.faults).toEqual([]);
});

// Found by the simulator: a terminal that had begun a new stream died, and the late will of the old one, which cannot
// count, made it seem alive for another fifteen seconds.
test("a will that does not count is no sign of life either", () => {
  const { say, tick, first } = openWatch();
  say("state", stateText("online", 2));
  tick(milliseconds(TERMINAL_SILENCE_MAX - 1_000));
  say("state", stateText("lost", 1));
  expect(first()).toMatchObject({ online: true });
  tick(milliseconds(1_000));
  expect(first()).toMatchObject({ online: false });
});

test("silence of fifteen seconds is a loss, and ends the connection so that a living terminal comes back anew", () => {
  const { say, tick, first, disconnected } = openWatch();
  say("state", stateText("online"));
  tick(milliseconds(TERMINAL_SILENCE_MAX - 1));
  expect(first()).toMatchObject({ online: true });
  tick(milliseconds(1));
  expect(first()).toMatchObject({ online: false });
  expect(disconnected).toEqual([T1]);
  tick();
  expect(disconnected).toEqual([T1]);
});

// With a broker of its own such a terminal would be cut off and come back; behind another one it would stay lost.
test("a controller that stood still, or was cut off from its broker, has nobody's silence to tell of", () => {
  const { watch, say, tick, standStill, first } = openWatch();
  say("state", stateText("online"));
  tick();
  standStill(TERMINAL_SILENCE_MAX);
  expect(first()).toMatchObject({ online: true });
  for (let second = 0; second < 30; second += 1) {
    tick(seconds(1));
    watch.listenAnew();
  }
  expect(first()).toMatchObject({ online: true });
  tick(milliseconds(TERMINAL_SILENCE_MAX - 1));
  expect(first()).toMatchObject({ online: true });
  tick(milliseconds(1));
  expect(first()).toMatchObject({ online: false });
});

test("health keeps a terminal alive, whatever the wall clock does; what nobody can read does not", () => {
  const { clock, say, tick, first } = openWatch();
  say("state", stateText("online"));
  for (let round = 0; round < 10; round += 1) {
    clock.stepWall(seconds(-3_600));
    tick(seconds(10));
    say("health", healthText());
  }
  expect(first()).toMatchObject({ online: true, health: { memoryBytes: 5 } });
  expect(Object.keys(first()?.health ?? {})).not.toContain("stream");
  tick(seconds(10));
  expect(say("health", "{}")).toMatchObject({ code: "wrong-version" });
  tick(seconds(5));
  expect(first()).toMatchObject({ online: false });
});

test("health is answered only once its session's birth is on record: the answer would end the births", () => {
  const { say, answered } = openWatch();
  say("health", healthText());
  say("state", stateText("online"));
  say("health", healthText());
  say("state", stateText("online", 2));
  say("health", healthText()); // Of session 1, which another one has followed.
  expect(answered).toEqual(["birth", "health", "birth"]);
});

test("the revision it says it shows counts for the running epoch only", () => {
  const { say, first } = openWatch();
  say("state", stateText("online"));
  const reported = { v: 1, epoch: 1, rev: 4, configuration: "0".repeat(64), firmware: "0.1.0" };
  say("reported", JSON.stringify(reported));
  expect(first()?.face).toEqual({ sent: 7, shown: 4 });
  say("reported", JSON.stringify({ ...reported, epoch: 0 }));
  expect(first()?.face).toEqual({ sent: 7, shown: null });
});

test("a terminal that stays behind is sent its face again: after two seconds, and every five at most", () => {
  const { say, tick, repeated } = openWatch();
  say("state", stateText("online"));
  repeated.length = 0;
  const report = (rev: number): void => {
    say("reported", JSON.stringify({ v: 1, epoch: 1, rev, configuration: "0".repeat(64), firmware: "0.1.0" }));
  };
  report(5);
  tick(seconds(1));
  report(6); // It gets on: this is no lost face.
  tick(seconds(1));
  say("health", healthText());
  expect(repeated).toEqual([]);
  tick(seconds(1));
  say("health", healthText());
  expect(repeated).toEqual([counterId(1)]);
  tick(milliseconds(4_999));
  report(6);
  expect(repeated).toHaveLength(1);
  tick(milliseconds(1));
  report(6);
  expect(repeated).toHaveLength(2);
  report(7);
  tick(seconds(10));
  say("health", healthText());
  expect(repeated).toHaveLength(2);
});

// Principle 5 of attendance rests on it: a session is settled once every terminal has nothing that the log lacks.
test("a terminal counts as empty once this log holds what it was told committed, not a log that is gone", () => {
  const { clock, watch, say, tick } = openWatch();
  say("health", healthText());
  expect(watch.emptyAt(T1)).toBeNull(); // Not born yet.
  say("state", stateText("online"));
  say("health", healthText({ head: 3, done: 2 }));
  expect(watch.emptyAt(T1)).toBeNull();
  // Acknowledged by the hall as it was before it was restored from an older copy.
  say("health", healthText({ head: 3, done: 3 }));
  expect(watch.emptyAt(T1)).toBeNull();
  // Nor while something of a stream that it has left behind is still to come.
  const former = [{ stream: "00000000-0000-4000-8000-000000000777", tail: 1, head: 2 }];
  say("state", JSON.stringify({ ...JSON.parse(stateText("online", 2)), former }));
  say("health", healthText({ session: 2 }));
  expect(watch.emptyAt(T1)).toBeNull();
  say("state", stateText("online", 3));
  // It speaks for the moment at which it was sent: as long ago as it may have been under way.
  tick(seconds(5));
  say("health", healthText({ session: 3 }));
  expect(elapsed(watch.emptyAt(T1) ?? clock.mono(), clock.mono())).toBe(15_000);
});

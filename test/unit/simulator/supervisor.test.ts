import { expect, test } from "vitest";
import { milliseconds, seconds, silentLog } from "../../../protocol/index.ts";
import { type Ending, pauseAfter, Supervisor } from "../../../simulator/demo/supervisor.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const CRASH: Ending = { code: 1, signal: null };

function superviseOne() {
  const clock = new VirtualClock();
  const spawned: { end(ending: Ending): void; closes: number; kills: number }[] = [];
  const finals: Ending[] = [];
  const target = {
    name: "t01",
    spawn(end: (ending: Ending) => void) {
      const child = { end, closes: 0, kills: 0 };
      spawned.push(child);
      return { close: () => void child.closes++, kill: () => void child.kills++ };
    },
    isFinal: ({ code }: Ending) => code === 78,
  };
  const supervisor = new Supervisor(target, clock, silentLog, (ending) => finals.push(ending));
  supervisor.start();
  return { clock, spawned, finals, supervisor };
}

test("a process that dies is started again, after pauses that grow to 10 s and no further", () => {
  const { clock, spawned } = superviseOne();
  for (const pause of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const before = spawned.length;
    spawned.at(-1)?.end(CRASH);
    clock.advance(milliseconds(pause - 1));
    expect(spawned).toHaveLength(before);
    clock.advance(milliseconds(1));
    expect(spawned).toHaveLength(before + 1);
  }
  expect(pauseAfter(1000)).toBe(10_000);
});

test("who has run for 30 s starts afresh with the shortest pause", () => {
  const { clock, spawned } = superviseOne();
  spawned.at(-1)?.end(CRASH);
  clock.advance(seconds(1));
  clock.advance(seconds(30));
  spawned.at(-1)?.end(CRASH);
  clock.advance(milliseconds(500));
  expect(spawned).toHaveLength(3);
});

test("an ending that would repeat itself is reported, and nothing is started again", () => {
  const { clock, spawned, finals } = superviseOne();
  spawned[0]?.end({ code: 78, signal: null });
  clock.advance(seconds(60));
  expect(finals).toEqual([{ code: 78, signal: null }]);
  expect(spawned).toHaveLength(1);
});

test("stop asks first, waits for the end, and starts nothing again", async () => {
  const { clock, spawned, supervisor } = superviseOne();
  const stopped = supervisor.stop();
  expect(spawned[0]).toMatchObject({ closes: 1, kills: 0 });
  spawned[0]?.end({ code: 0, signal: null });
  await stopped;
  clock.advance(seconds(60));
  expect(spawned).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test("who does not close within 900 ms is ended", async () => {
  const { clock, spawned, supervisor } = superviseOne();
  const stopped = supervisor.stop();
  clock.advance(milliseconds(900));
  expect(spawned[0]?.kills).toBe(1);
  spawned[0]?.end({ code: null, signal: "SIGKILL" });
  await stopped;
});

test("stop during a pause starts nothing", async () => {
  const { clock, spawned, supervisor } = superviseOne();
  spawned[0]?.end(CRASH);
  await supervisor.stop();
  clock.advance(seconds(60));
  expect(spawned).toHaveLength(1);
});

test("a power cut kills at once, and nothing is started until the power is back", () => {
  const { clock, spawned, supervisor } = superviseOne();
  supervisor.unplug();
  expect(spawned[0]).toMatchObject({ closes: 0, kills: 1 });
  spawned[0]?.end({ code: null, signal: "SIGKILL" });
  clock.advance(seconds(60));
  expect(spawned).toHaveLength(1);
  supervisor.plugIn();
  expect(spawned).toHaveLength(2);
  supervisor.plugIn();
  expect(spawned).toHaveLength(2);
});

test("power that is back before the process is dead starts it when it is dead, once", () => {
  const { clock, spawned, supervisor } = superviseOne();
  supervisor.unplug();
  supervisor.plugIn();
  expect(spawned).toHaveLength(1);
  spawned[0]?.end({ code: null, signal: "SIGKILL" });
  clock.advance(seconds(1));
  expect(spawned).toHaveLength(2);
});

test("a power cut in the pause before a start stops that start", () => {
  const { clock, spawned, supervisor } = superviseOne();
  spawned[0]?.end(CRASH);
  supervisor.unplug();
  clock.advance(seconds(60));
  expect(spawned).toHaveLength(1);
});

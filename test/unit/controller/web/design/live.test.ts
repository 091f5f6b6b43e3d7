import { expect, test } from "vitest";
import { type EventStream, follow, type Live } from "../../../../../controller/web/design/live.ts";
import { minutes, seconds } from "../../../../../protocol/index.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";

// A page that follows the hall keeps its last good picture, says when the link is down, comes back by itself, and holds
// after a week what it held on the first day.

interface Shown {
  readonly board: { readonly rev: number };
}

class FakeStream implements EventStream {
  readonly listens = new Map<string, (text: string) => void>();
  fail: () => void = () => {};
  closed = false;
  on(event: string, listen: (text: string) => void): void {
    this.listens.set(event, listen);
  }
  onFailure(listen: () => void): void {
    this.fail = listen;
  }
  close(): void {
    this.closed = true;
  }
  send(event: string, text = ""): void {
    this.listens.get(event)?.(text);
  }
}

function openPage() {
  const clock = new VirtualClock();
  const streams: FakeStream[] = [];
  const timers = { pending: 0 };
  const open = (): EventStream => {
    const stream = new FakeStream();
    streams.push(stream);
    return stream;
  };
  const counted: Pick<VirtualClock, "now" | "after"> = {
    now: () => clock.now(),
    after(delay, wake) {
      timers.pending += 1;
      let isPending = true;
      const settle = () => {
        if (isPending) timers.pending -= 1;
        isPending = false;
      };
      const timer = clock.after(delay, () => {
        settle();
        wake();
      });
      return {
        cancel() {
          settle();
          timer.cancel();
        },
      };
    },
  };
  const page = { live: null as Live<Shown> | null };
  const following = follow<Shown>("/api/events", ["board"], { clock: counted, open }, (live) => {
    page.live = live;
  });
  const newest = (): FakeStream => streams.at(-1) as FakeStream;
  return { clock, streams, timers, page, following, newest };
}

test("the last good picture stays while the link is down, with the time it is of", () => {
  const { clock, page, newest } = openPage();
  newest().send("board", '{"rev":7}');
  const heardAtMs = clock.now();
  clock.advance(seconds(3));
  newest().fail();
  expect(page.live).toEqual({ pictures: { board: { rev: 7 } }, link: "down", heardAtMs });
});

test("it comes back by itself, waits longer each time, and a word from a stream given up counts for nothing", () => {
  const { clock, streams, page, newest } = openPage();
  newest().send("board", '{"rev":1}');
  newest().fail();
  clock.advance(seconds(0.5));
  expect(streams).toHaveLength(2);
  newest().fail();
  clock.advance(seconds(0.5));
  expect(streams).toHaveLength(2);
  clock.advance(seconds(0.5));
  expect(streams).toHaveLength(3);
  streams[0]?.send("board", '{"rev":99}');
  expect(page.live?.link).toBe("down");
  newest().send("board", '{"rev":2}');
  expect(page.live).toMatchObject({ pictures: { board: { rev: 2 } }, link: "up" });
});

test("silence of 40 s is a lost link, though nobody closed it; a heartbeat is a sign of life", () => {
  const { clock, page, newest } = openPage();
  newest().send("board", '{"rev":1}');
  clock.advance(seconds(39));
  newest().send("alive");
  clock.advance(seconds(39));
  expect(page.live?.link).toBe("up");
  clock.advance(seconds(2));
  expect(page.live?.link).toBe("down");
});

test("a week of heartbeats, calls and lost links leaves one stream and one timer", () => {
  const { clock, streams, timers, newest, following } = openPage();
  for (let minute = 0; minute < 7 * 24 * 60; minute += 1) {
    newest().send("board", `{"rev":${minute}}`);
    newest().send("alive");
    if (minute % 60 === 59) newest().fail();
    clock.advance(minutes(1));
    newest().send("alive");
  }
  expect(streams.filter(({ closed }) => !closed)).toHaveLength(1);
  expect(newest().listens.size).toBe(2);
  expect(timers.pending).toBe(1);
  following.close();
  expect(timers.pending).toBe(0);
  expect(newest().closed).toBe(true);
});

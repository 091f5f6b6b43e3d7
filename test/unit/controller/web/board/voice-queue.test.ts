import { expect, test } from "vitest";
import { VoiceQueue } from "../../../../../controller/web/pages/board/voice-queue.ts";
import { type BoardVoice, seconds } from "../../../../../protocol/index.ts";
import { VirtualClock } from "../../../../support/virtual-clock.ts";
import { boardWith, lineOf, voiceOf } from "./boards.ts";

// One loudspeaker: calls are spoken one after the other, each once, none cut off; what is over is left out.

function openQueue(zone: string | null = null) {
  const clock = new VirtualClock();
  const spoken: string[] = [];
  const ends: (() => void)[] = [];
  const speaker = { on: true };
  const speak = ({ ticketNumber, callCount }: BoardVoice, onEnd: () => void): boolean => {
    if (!speaker.on) return false;
    spoken.push(`${ticketNumber}/${callCount}`);
    ends.push(onEnd);
    return true;
  };
  const queue = new VoiceQueue({ speak, clock }, zone);
  queue.hear(boardWith([], []));
  return { clock, queue, spoken, speaker, end: (at: number) => ends[at]?.() };
}

test("two calls that come close together are both heard, one after the other", () => {
  const { queue, spoken, end } = openQueue();
  queue.hear(boardWith([lineOf("A001")], [voiceOf("A001")]));
  queue.hear(boardWith([lineOf("A002"), lineOf("A001")], [voiceOf("A002")]));
  expect(spoken).toEqual(["A001/1"]);
  end(0);
  expect(spoken).toEqual(["A001/1", "A002/1"]);
});

test("a picture that comes again repeats nothing; a recall has a callId of its own and its turn", () => {
  const { queue, spoken, end } = openQueue();
  const called = boardWith([lineOf("A001")], [voiceOf("A001")]);
  queue.hear(called);
  queue.hear(called);
  queue.hear(boardWith([lineOf("A001")], [voiceOf("A001", 2)]));
  end(0);
  end(1);
  expect(spoken).toEqual(["A001/1", "A001/2"]);
});

test("a ticket that is no longer called when its turn comes is left out", () => {
  const { queue, spoken, end } = openQueue();
  queue.hear(boardWith([lineOf("A001")], [voiceOf("A001")]));
  queue.hear(boardWith([lineOf("A002"), lineOf("A001")], [voiceOf("A002")]));
  queue.hear(boardWith([lineOf("A003"), lineOf("A002", "serving")], [voiceOf("A003")]));
  end(0);
  expect(spoken).toEqual(["A001/1", "A003/1"]);
});

test("what was on the air before the page opened is not spoken", () => {
  const clock = new VirtualClock();
  const queue = new VoiceQueue({ speak: () => expect.unreachable(), clock }, null);
  const board = boardWith([lineOf("A001")], [voiceOf("A001")]);
  queue.hear(board);
  queue.hear(board);
  expect(queue.waiting).toBe(0);
});

test("the screen of a zone speaks for its zone alone", () => {
  const { queue, spoken } = openQueue("east");
  queue.hear(
    boardWith([lineOf("A001"), lineOf("B001")], [voiceOf("A001"), { ...voiceOf("B001"), zone: "east" } as BoardVoice]),
  );
  expect(spoken).toEqual(["B001/1"]);
});

test("an utterance whose end the browser never reports silences nobody, and its late end ends nothing else", () => {
  const { clock, queue, spoken, end } = openQueue();
  queue.hear(boardWith([lineOf("A001")], [voiceOf("A001")]));
  queue.hear(boardWith([lineOf("A002"), lineOf("A001")], [voiceOf("A002")]));
  queue.hear(boardWith([lineOf("A003"), lineOf("A002")], [voiceOf("A003")]));
  clock.advance(seconds(15));
  end(0);
  expect(spoken).toEqual(["A001/1", "A002/1"]);
});

test("while the sound is off nothing piles up, and nothing old is spoken when it goes on", () => {
  const { queue, spoken, speaker } = openQueue();
  speaker.on = false;
  queue.hear(boardWith([lineOf("A001")], [voiceOf("A001")]));
  expect(queue.waiting).toBe(0);
  speaker.on = true;
  queue.hear(boardWith([lineOf("A002"), lineOf("A001")], [voiceOf("A002")]));
  expect(spoken).toEqual(["A002/1"]);
});

// Proves what a terminal is told to show in each phase of its counter, that a face is always a valid message, and that
// publishers send what changed and only that.
import { expect, test } from "vitest";
import { HallConfiguration } from "../../../../controller/core/configuration.ts";
import { BoardPublisher } from "../../../../controller/projections/board-publisher.ts";
import { faceOf } from "../../../../controller/projections/face.ts";
import { FacePublisher } from "../../../../controller/projections/face-publisher.ts";
import { Announcement, Board, Desired, milliseconds, seconds } from "../../../../protocol/index.ts";
import { badge, counterId, TestHall, testConfiguration } from "../../../support/test-hall.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const faceAt = (hall: TestHall, n: number): Desired =>
  Desired.parse({ ...faceOf(hall.hall, hall.counter(n), hall.now), epoch: 1, rev: 1 });

function openHall(): TestHall {
  const hall = new TestHall(testConfiguration(2));
  hall.signOn(1);
  hall.wait(10_000, 1_000);
  return hall;
}

type Preparation = (hall: TestHall) => void;
const called: Preparation = (hall) => {
  hall.ticket();
  hall.wait(5_000);
  hall.input(1, "call-next");
};
const finished: Preparation = (hall) => void hall.input(1, "service-finished", hall.serve(1));

test.each<[string, Preparation, object]>([
  ["idle", () => undefined, { lamps: { call: "on", pause: "off" }, visit: null, rating: null }],
  ["called", called, { lamps: { call: "blink", pause: "off" }, nameplate: { ticketNumber: "A001" } }],
  ["armed", (hall) => void hall.input(1, "call-next"), { lamps: { call: "on", pause: "off" }, visit: null }],
  [
    "presumed",
    (hall) => {
      called(hall);
      hall.wait(60_000);
    },
    { lamps: { call: "on", pause: "off" }, visit: { phase: "called" }, nameplate: { status: { zh: "正在办理" } } },
  ],
  ["serving", (hall) => void hall.serve(1), { visit: { phase: "serving" }, nameplate: { ticketNumber: "A001" } }],
  ["rating", finished, { visit: null, nameplate: { ticketNumber: null } }],
  ["paused", (hall) => void hall.input(1, "pause"), { lamps: { call: "off", pause: "on" } }],
  ["question", (hall) => hall.signOn(1), { prompt: { zh: "外出？8秒内再刷确认" } }],
])("the face of a counter that is %s", (phase, prepare, part) => {
  const hall = openHall();
  prepare(hall);
  expect(faceAt(hall, 1)).toMatchObject({ phase, basis: hall.counter(1).basis, ...part });
});

test("a closed window shows nobody, and an unknown badge is shown as unknown for 8 s", () => {
  const hall = openHall();
  expect(faceAt(hall, 2)).toMatchObject({ phase: "closed", nameplate: { person: null }, prompt: null });
  hall.input(2, "badge-presented", { badge: badge(999) });
  expect(faceAt(hall, 2).prompt?.en).toBe("Unknown badge, kept on record");
  hall.wait(8_000, 8_000);
  expect(faceAt(hall, 2).prompt).toBe(null);
});

test("the rating window tells the terminal whose it is and when it closes", () => {
  const hall = openHall();
  finished(hall);
  expect(faceAt(hall, 1).rating).toMatchObject({ openedAtMs: hall.now, closesAtMs: hall.now + 60_000 });
});

interface Sent {
  topic: string;
  message: unknown;
  retain: boolean;
}

function publishing(hall: TestHall) {
  const clock = new VirtualClock(hall.now);
  const sent: Sent[] = [];
  const publish = (topic: string, text: string, { retain }: { retain: boolean }) =>
    void sent.push({ topic, message: JSON.parse(text), retain });
  const faces = new FacePublisher(hall.hall, clock, publish);
  const boards = new BoardPublisher(hall.hall, clock, publish, () => undefined);
  return { clock, sent, faces, boards };
}

test("faces: all at first, then only those an event touched, each with the next revision", () => {
  const hall = openHall();
  const { faces, sent } = publishing(hall);
  faces.onCommitted([]);
  expect(sent.map(({ topic }) => topic)).toEqual([
    "hallward/1/test/terminals/t01/desired",
    "hallward/1/test/terminals/t02/desired",
  ]);
  sent.length = 0;
  faces.onCommitted(hall.input(1, "pause"));
  expect(sent).toMatchObject([{ topic: "hallward/1/test/terminals/t01/desired", retain: true, message: { rev: 2 } }]);
  expect(faces.revOf(counterId(1))).toBe(2);
});

test("faces: an event that changes no face sends nothing; a birth gets the face again", () => {
  const hall = openHall();
  const { faces, sent } = publishing(hall);
  faces.onCommitted([]);
  sent.length = 0;
  faces.onCommitted(hall.input(1, "recall", { visitId: "00000000-0000-4000-8000-00000000dead" }));
  expect(sent).toEqual([]);
  faces.repeat(counterId(1));
  expect(sent).toMatchObject([{ message: { rev: 2, phase: "idle" } }]);
});

test("faces: how many wait reaches the other windows with the ticks", () => {
  const hall = openHall();
  const { faces, sent } = publishing(hall);
  faces.onCommitted([]);
  sent.length = 0;
  hall.ticket();
  faces.onTick();
  faces.onTick();
  expect(sent.map(({ message }) => (message as Desired).waiting)).toEqual([1, 1]);
});

test("the board: one picture for changes that come together, the newest call on top, each announcement once", () => {
  const hall = openHall();
  hall.input(2, "badge-presented", { badge: badge(2) });
  hall.ticket();
  hall.ticket();
  hall.wait(6_000, 1_000);
  const { boards, sent, clock } = publishing(hall);
  boards.onCommitted(hall.input(1, "call-next"));
  hall.wait(10, 10);
  boards.onCommitted(hall.input(2, "call-next"));
  clock.advance(milliseconds(40));
  const board = Board.parse(sent.find(({ topic }) => topic.endsWith("/board"))?.message);
  expect(board.lines.map((line) => [line.ticketNumber, line.counterId])).toEqual([
    ["A002", "2"],
    ["A001", "1"],
  ]);
  const calls = sent.filter(({ topic }) => topic.endsWith("/calls"));
  expect(calls.map(({ message, retain }) => [Announcement.parse(message).ticketNumber, retain])).toEqual([
    ["A001", false],
  ]);
  clock.advance(seconds(1));
  expect(sent.filter(({ topic }) => topic.endsWith("/board"))).toHaveLength(1);
});

// A tick on which nothing can look different draws nothing; what ends by the clock alone is seen by the next one.
test("the board: a line that has had its time goes with a tick, without an event", () => {
  const hall = openHall();
  hall.ticket();
  hall.wait(6_000, 1_000);
  const { boards, sent, clock } = publishing(hall);
  const boardsSent = (): Board[] =>
    sent.filter(({ topic }) => topic.endsWith("/board")).map(({ message }) => Board.parse(message));
  hall.input(1, "call-next");
  hall.wait(10, 10);
  hall.input(1, "no-show", hall.serve(1));
  boards.onTick();
  const [first] = boardsSent();
  const until = Math.max(0, ...hall.hall.boardLines.map(({ untilMs }) => untilMs));
  for (let tick = 0; tick < 240; tick += 1) {
    clock.advance(milliseconds(250));
    boards.onTick();
  }
  expect(until).toBeGreaterThan(0);
  expect(first?.lines).not.toEqual([]);
  expect(boardsSent().length).toBeGreaterThan(1);
  expect(boardsSent().at(-1)?.announcing).toEqual([]);
});

// A face that nothing has touched is not derived anew on every tick. So whatever changes by time alone must be known
// before: an answer to a badge, lunch duty at noon, notices of the day, changed hours from their publication.
test("faces: what a tick shows is what the state gives then, all through a day", () => {
  const configuration = HallConfiguration.parse({
    ...testConfiguration(2),
    lunchDuty: [{ staff: ["s01"] }],
    notices: [{ text: { zh: "今日", en: "Today" }, until: "2026-03-02" }],
    hoursChanges: [
      {
        from: "2026-04-01",
        publishedAt: "2026-03-02T12:30",
        sessions: [{ from: "09:00", to: "12:00" }],
      },
    ],
  });
  const hall = new TestHall(configuration);
  hall.signOn(1);
  hall.signOn(1); // Asks whether they are going out.
  const { clock, sent, faces } = publishing(hall);
  faces.onCommitted([]);
  const last = new Map<string, unknown>();
  const look = (stepMs: number): void => {
    clock.advance(milliseconds(stepMs));
    for (let tick = 0; tick < 3; tick += 1) faces.onTick();
    for (const { topic, message } of sent.splice(0)) last.set(topic, message);
    for (const n of [1, 2]) {
      const { epoch: _epoch, rev: _rev, ...face } = last.get(`hallward/1/test/terminals/t0${n}/desired`) as Desired;
      expect(face).toEqual(JSON.parse(JSON.stringify(faceOf(hall.hall, hall.counter(n), clock.now()))));
    }
  };
  for (let quarter = 0; quarter < 100; quarter += 1) look(250);
  clock.stepWall(milliseconds(-20_000)); // Set back: the answer to the badge is to be read again.
  look(250);
  for (let step = 0; step < 2_000; step += 1) look(29_750);
});

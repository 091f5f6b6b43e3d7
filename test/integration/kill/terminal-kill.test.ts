// Proves with real processes that kill -9 of a terminal at any moment loses no tap that showed green and no rating that
// was thanked for.
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePorts } from "../../support/free-ports.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { Caller } from "./callers.ts";
import { ended, Hands, passed, startHallward, until } from "./hands.ts";
import { terminalName } from "./hall-names.ts";
import { type KillHall, writeHall } from "./kill-hall.ts";
import { lostInputs, readJournal, readLog, unorderedInputs } from "./log-judge.ts";

const KILLS = Number(process.env["KILL_ROUNDS"] ?? 30);
const TERMINALS = 4;

let directory = "";
let hall: KillHall;
let controller: ChildProcess;
let hands: Hands[] = [];
let caller: Caller;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-kill-"));
  const [httpPort, mqttPort] = await freePorts(2);
  hall = await writeHall(directory, TERMINALS, httpPort, mqttPort);
  controller = startHallward(["controller", "--config", hall.controllerFile], join(directory, "controller.log"));
  hands = Array.from({ length: TERMINALS }, (_, index) => {
    const file = hall.terminalFile(index + 1);
    const logFile = join(directory, `t${index + 1}.log`);
    const start = () => startHallward(["virtual-terminal", "--config", file], logFile);
    return new Hands(index + 1, new SeededRandom(100 + index), start);
  });
  for (const hand of hands) hand.powerOn();
  await until("every terminal is connected", () => hands.every((hand) => hand.isUp), 60_000);
  await Promise.all(hands.map((hand) => hand.signOn()));
  caller = new Caller(`http://127.0.0.1:${httpPort}`, 300);
}, 90_000);

afterAll(async () => {
  for (const hand of hands) hand.rest();
  caller?.rest();
  await Promise.all(hands.map((hand) => hand.powerOff()));
  controller?.kill("SIGTERM");
  await ended(controller);
  if (process.env["KILL_KEEP"] === undefined) rmSync(directory, { recursive: true, force: true });
});

test(`${KILLS} times kill -9 of a terminal: what was green or thanked for is in the log`, async () => {
  const random = new SeededRandom(11);
  const work = [...hands.map((hand) => hand.work()), caller.work()];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await passed(200 + random.next() * 600);
    const hand = hands[Math.floor(random.next() * hands.length)];
    await hand?.powerOff();
    hand?.powerOn();
  }
  await until("every terminal is back", () => hands.every((hand) => hand.isUp), 60_000);
  await passed(3_000); // Some more service, so that ratings follow the last kill too.
  for (const hand of hands) hand.rest();
  caller.rest();
  await Promise.all(work);
  await until("every journal is acknowledged to its end", () =>
    hands.every((_, index) => {
      const { head, done } = readJournal(hall.terminalDirectory(index + 1));
      return head === done;
    }),
  );
  const log = readLog(directory);
  const badges = new Set(log.events.flatMap((event) => (event.type === "badge.recorded" ? [event.data.badge] : [])));
  const green = hands.flatMap((hand) => hand.greenTaps);
  expect(green.filter((badge) => !badges.has(hall.digestOf(badge)))).toEqual([]);
  const thanked = hands.map((hand) => hand.thanks);
  const rated = hands.map((_, index) => {
    const terminal = terminalName(index + 1);
    const ratings = log.events.filter(
      ({ type, cause }) => type === "rating.given" && cause.kind === "input" && cause.terminalId === terminal,
    );
    return ratings.length;
  });
  for (const [index, thanks] of thanked.entries()) expect(rated[index]).toBeGreaterThanOrEqual(thanks);
  expect(unorderedInputs(log.events)).toEqual([]);
  expect(
    hands.flatMap((_, index) =>
      lostInputs(terminalName(index + 1), readJournal(hall.terminalDirectory(index + 1)), log),
    ),
  ).toEqual([]);
  expect(green.length, "taps that showed green").toBeGreaterThan(10);
  expect(
    thanked.reduce((sum, thanks) => sum + thanks, 0),
    "ratings thanked for",
  ).toBeGreaterThan(0);
  process.stdout.write(`terminal kill: ${JSON.stringify({ kills: KILLS, green: green.length, thanked, rated })}\n`);
}, 300_000);

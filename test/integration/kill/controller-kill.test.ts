// Proves with real processes that the hall survives kill -9 of its controller, twenty times, under load: nothing that
// was acknowledged is lost, no number is given twice, no ticket is at two counters, no press acts late, the state is
// the fold of the log, and the hall goes on.
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evolve } from "../../../controller/core/hall.ts";
import { emptyHall } from "../../../controller/core/state.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { freePorts } from "../../support/free-ports.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { Caller } from "./callers.ts";
import { ended, Hands, passed, startHallward, until } from "./hands.ts";
import { type KillHall, writeHall } from "./kill-hall.ts";
import {
  countCalls,
  doubleCalls,
  latePresses,
  lostInputs,
  readJournal,
  readLog,
  repeatedNumbers,
  stateDigest,
  unorderedInputs,
} from "./log-judge.ts";

const ROUNDS = Number(process.env["KILL_ROUNDS"] ?? 20);
const TERMINALS = 30;
const CALLERS = 8;

let directory = "";
let hall: KillHall;
let controller: ChildProcess;
let hands: Hands[] = [];
let callers: Caller[] = [];
const random = new SeededRandom(7);

const startController = (): ChildProcess =>
  startHallward(["controller", "--config", hall.controllerFile], join(directory, "controller.log"));
const startTerminal = (n: number): ChildProcess =>
  startHallward(["virtual-terminal", "--config", hall.terminalFile(n)], join(directory, `t${n}.log`));

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-kill-"));
  const [httpPort, mqttPort] = await freePorts(2);
  hall = await writeHall(directory, TERMINALS, httpPort, mqttPort);
  controller = startController();
  hands = Array.from({ length: TERMINALS }, (_, index) => {
    const n = index + 1;
    return new Hands(n, new SeededRandom(n), () => startTerminal(n));
  });
  for (const hand of hands) hand.powerOn();
  await until("every terminal is connected", () => hands.every((hand) => hand.isUp), 120_000);
  await Promise.all(hands.map((hand) => hand.signOn()));
  callers = Array.from({ length: CALLERS }, () => new Caller(`http://127.0.0.1:${httpPort}`, 200));
}, 180_000);

afterAll(async () => {
  for (const hand of hands) hand.rest();
  for (const caller of callers) caller.rest();
  await Promise.all(hands.map((hand) => hand.powerOff()));
  controller?.kill("SIGKILL");
  if (process.env["KILL_KEEP"] === undefined) rmSync(directory, { recursive: true, force: true });
});

/** kill -9, start again, and the time until the next ticket is called. */
async function killOnce(): Promise<number> {
  controller.kill("SIGKILL");
  await ended(controller);
  const before = countCalls(directory);
  const start = systemClock.mono();
  controller = startController();
  await until("the hall goes on", () => countCalls(directory) > before);
  return systemClock.mono() - start;
}

/** What must be true of the disks now. Journals are read first: what they hold for done must be in the log. */
function judge(): Record<string, readonly string[]> {
  const journals = hands.map((_, index) => readJournal(hall.terminalDirectory(index + 1)));
  const answered = callers.flatMap((caller) => [...caller.answers.values()]);
  const log = readLog(directory);
  const issued = new Set<string>(
    log.events.flatMap((event) => (event.type === "ticket.issued" ? [event.data.number] : [])),
  );
  const perTerminal = (check: typeof lostInputs) =>
    journals.flatMap((journal, index) => check(`t${String(index + 1).padStart(2, "0")}`, journal, log));
  return {
    breaches: log.breaches,
    lost: perTerminal(lostInputs),
    late: perTerminal(latePresses),
    unordered: unorderedInputs(log.events),
    repeatedNumbers: repeatedNumbers(log.events),
    doubleCalls: doubleCalls(log.events),
    answeredAndGone: answered.filter((number) => !issued.has(number)),
    answeredTwice: answered.filter((number, index) => answered.indexOf(number) !== index),
  };
}

const NOTHING_WRONG = {
  breaches: [],
  lost: [],
  late: [],
  unordered: [],
  repeatedNumbers: [],
  doubleCalls: [],
  answeredAndGone: [],
  answeredTwice: [],
};

/** What the controller said it woke with, and the fold of the log made here: position -> digest of the state. */
function wakings(): { position: number; digest: string }[] {
  return readFileSync(join(directory, "controller.log"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"log.recovered"'))
    .map((line) => JSON.parse(line) as { head: number; state: string })
    .map(({ head, state }) => ({ position: head, digest: state }));
}

test(`${ROUNDS} times kill -9 of the controller under ${TERMINALS} terminals and ${CALLERS} callers`, async () => {
  const work = [...hands.map((hand) => hand.work()), ...callers.map((caller) => caller.work())];
  const pauses: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    await passed(500 + random.next() * 1_500);
    pauses.push(await killOnce());
    expect(judge(), `after round ${round}`).toEqual(NOTHING_WRONG);
  }
  for (const hand of hands) hand.rest();
  for (const caller of callers) caller.rest();
  await Promise.all(work);
  await settled();
  await stopCleanly();
  expect(judge()).toEqual(NOTHING_WRONG);
  expect(callers.reduce((sum, caller) => sum + caller.conflicts, 0)).toBe(0);
  report(pauses);
}, 600_000);

/** I8: with nobody pressing, every journal empties. */
const settled = (): Promise<void> =>
  until("every journal is acknowledged to its end", () =>
    hands.every((_, index) => {
      const { head, done } = readJournal(hall.terminalDirectory(index + 1));
      return head === done;
    }),
  );

/** I7: what it wrote down at its clean end, and what it woke with each time, is the fold of the log. */
async function stopCleanly(): Promise<void> {
  controller.kill("SIGTERM");
  await ended(controller);
  controller = startController();
  await until("it woke once more", () => wakings().length === ROUNDS + 2);
  const { events } = readLog(directory);
  const expected = new Map(wakings().map(({ position, digest }) => [position, digest]));
  const fold = emptyHall();
  const found = new Map<number, string>([[0, expected.has(0) ? stateDigest(fold) : ""]]);
  for (const event of events) {
    evolve(fold, event);
    if (expected.has(event.seq)) found.set(event.seq, stateDigest(fold));
  }
  expect(Object.fromEntries(expected)).toEqual(Object.fromEntries(found));
}

function report(pauses: readonly number[]): void {
  const { events } = readLog(directory);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const sorted = [...pauses].sort((a, b) => a - b);
  const figures = {
    rounds: pauses.length,
    events: events.length,
    tickets: count("ticket.issued"),
    calls: count("ticket.called"),
    ratings: count("rating.given"),
    untilNextCallMs: { median: Math.round(sorted[sorted.length >> 1] ?? 0), max: Math.round(sorted.at(-1) ?? 0) },
  };
  process.stdout.write(`controller kill: ${JSON.stringify(figures)}\n`);
}

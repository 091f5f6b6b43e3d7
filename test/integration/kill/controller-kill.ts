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
import { BadNetwork } from "./bad-network.ts";
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

const TERMINALS = 30;
const CALLERS = 8;

/** What else than the controller can be killed. */
export interface OutsideBroker {
  kill(): Promise<void>;
  /** Resolves when it takes connections again. */
  start(): Promise<void>;
}

/** `frozen`: the controller stands still for a while (SIGSTOP); `terminals`: three are killed, three stand still. */
export type Victim = "controller" | "broker" | "both" | "frozen" | "terminals";

export interface KillDrill {
  readonly rounds: number;
  /** Whom the rounds hit, in turn. */
  readonly victims: readonly Victim[];
  /** Starts the broker of a hall whose controller has none of its own; it is killed when the drill is over. */
  readonly startBroker?: (hall: KillHall, port: number) => Promise<OutsideBroker>;
  /** Between terminals and broker lies a network with bad days. */
  readonly badNetwork?: true;
}

/** Registers the drill: kill -9 under load, round after round; after each the disks are judged. */
export function controllerKillDrill(drill: KillDrill): void {
  const { rounds, victims } = drill;
  beforeAll(() => setUp(drill), 180_000);
  afterAll(tearDown);
  const load = `${TERMINALS} terminals and ${CALLERS} callers`;
  test(`${rounds} times kill -9 of ${victims.join(", ")} under ${load}`, async () => {
    await killAndJudge(drill);
  }, 600_000);
}

let directory = "";
let hall: KillHall;
let controller: ChildProcess;
let broker: OutsideBroker | null = null;
let network: BadNetwork | null = null;
/** How often the controller was killed. */
let killed = 0;
let hands: Hands[] = [];
let callers: Caller[] = [];
const random = new SeededRandom(7);

const startController = (): ChildProcess =>
  startHallward(["controller", "--config", hall.controllerFile], join(directory, "controller.log"));
const startTerminal = (n: number): ChildProcess =>
  startHallward(["virtual-terminal", "--config", hall.terminalFile(n)], join(directory, `t${n}.log`));

async function setUp({ startBroker, badNetwork }: KillDrill): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), "hallward-kill-"));
  const [httpPort, mqttPort, networkPort] = await freePorts(3);
  const terminalsPort = badNetwork ? networkPort : mqttPort;
  const whose = startBroker === undefined ? "own" : "outside";
  hall = await writeHall(directory, TERMINALS, httpPort, mqttPort, whose, terminalsPort);
  if (badNetwork) {
    network = new BadNetwork(mqttPort, new SeededRandom(11));
    await network.listen(networkPort);
  }
  broker = (await startBroker?.(hall, mqttPort)) ?? null;
  controller = startController();
  hands = Array.from({ length: TERMINALS }, (_, index) => {
    const n = index + 1;
    return new Hands(n, new SeededRandom(n), () => startTerminal(n));
  });
  for (const hand of hands) hand.powerOn();
  await until("every terminal is connected", () => hands.every((hand) => hand.isUp), 120_000);
  await Promise.all(hands.map((hand) => hand.signOn()));
  callers = Array.from({ length: CALLERS }, () => new Caller(`http://127.0.0.1:${httpPort}`, 200));
}

async function tearDown(): Promise<void> {
  for (const hand of hands) hand.rest();
  for (const caller of callers) caller.rest();
  await Promise.all(hands.map((hand) => hand.powerOff()));
  controller?.kill("SIGKILL");
  await broker?.kill();
  network?.close();
  if (process.env["KILL_KEEP"] === undefined) rmSync(directory, { recursive: true, force: true });
}

/** kill -9, start again, and the time until the next ticket is called. */
async function killOnce(victim: Victim): Promise<number> {
  if (victim === "frozen" || victim === "terminals") return standStill(victim);
  if (victim !== "broker") await killController();
  if (victim !== "controller") await broker?.kill();
  const before = countCalls(directory);
  const start = systemClock.mono();
  if (victim !== "controller") await broker?.start();
  if (victim !== "broker") controller = startController();
  await until("the hall goes on", () => countCalls(directory) > before);
  return systemClock.mono() - start;
}

/** Up to 8 s of standing still: longer than a press may live, and than a keepalive waits. */
async function standStill(victim: "frozen" | "terminals"): Promise<number> {
  const chosen = Array.from({ length: 6 }, () => hands[Math.floor(random.next() * hands.length)]);
  const [killedOnes, frozenOnes] = [chosen.slice(0, 3), chosen.slice(3)];
  const frozen = victim === "frozen" ? [controller.pid] : frozenOnes.map((hand) => hand?.pid);
  for (const pid of frozen) signal(pid, "SIGSTOP");
  if (victim === "terminals") for (const hand of killedOnes) await hand?.powerOff();
  await passed(1_000 + random.next() * 7_000);
  const before = countCalls(directory);
  const start = systemClock.mono();
  for (const pid of frozen) signal(pid, "SIGCONT");
  if (victim === "terminals") for (const hand of new Set(killedOnes)) hand?.powerOn();
  await until("the hall goes on", () => countCalls(directory) > before);
  return systemClock.mono() - start;
}

function signal(pid: number | undefined, name: "SIGSTOP" | "SIGCONT"): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It is gone: one of the killed was drawn for both.
  }
}

async function killController(): Promise<void> {
  killed += 1;
  controller.kill("SIGKILL");
  await ended(controller);
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

async function killAndJudge({ rounds, victims }: KillDrill): Promise<void> {
  const work = [...hands.map((hand) => hand.work()), ...callers.map((caller) => caller.work())];
  const pauses: { readonly victim: Victim; readonly pauseMs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await passed(500 + random.next() * 1_500);
    const victim = victims[round % victims.length] ?? "controller";
    pauses.push({ victim, pauseMs: await killOnce(victim) });
    expect(judge(), `after round ${round + 1}, kill of ${victim}`).toEqual(NOTHING_WRONG);
  }
  for (const hand of hands) hand.rest();
  for (const caller of callers) caller.rest();
  network?.calm();
  await Promise.all(work);
  await settled();
  await stopCleanly();
  expect(judge()).toEqual(NOTHING_WRONG);
  expect(callers.reduce((sum, caller) => sum + caller.conflicts, 0)).toBe(0);
  report(pauses);
}

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
  await until("it woke once more", () => wakings().length === killed + 2);
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

function report(pauses: readonly { readonly victim: Victim; readonly pauseMs: number }[]): void {
  const { events } = readLog(directory);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const untilNextCallMs = Object.fromEntries(
    Object.entries(Object.groupBy(pauses, ({ victim }) => victim)).map(([victim, of]) => [victim, spanOf(of)]),
  );
  const figures = {
    rounds: pauses.length,
    events: events.length,
    tickets: count("ticket.issued"),
    calls: count("ticket.called"),
    ratings: count("rating.given"),
    untilNextCallMs,
    ...(network && { network: network.counts }),
  };
  process.stdout.write(`controller kill: ${JSON.stringify(figures)}\n`);
}

function spanOf(pauses: readonly { readonly pauseMs: number }[]): { readonly median: number; readonly max: number } {
  const sorted = pauses.map(({ pauseMs }) => Math.round(pauseMs)).sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}

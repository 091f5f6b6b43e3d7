// The drill: real processes, a backup under load, more service after it, the disk gone, the backup put back. Terminals
// refill every fact; no number is given twice; nobody is called whom no person has confirmed.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { present } from "../../../protocol/index.ts";
import type { HallOverview } from "../../../controller/projections/hall-overview.ts";
import { freePorts } from "../../support/free-ports.ts";
import { giveAccount, signIn } from "../../support/signed-in.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { hallward } from "../controller/controller-process.ts";
import { Caller } from "../kill/callers.ts";
import { ended, Hands, passed, startHallward, until } from "../kill/hands.ts";
import { terminalName } from "../kill/hall-names.ts";
import { writeHall } from "../kill/kill-hall.ts";
import { lostInputs, readJournal, readLog, repeatedNumbers, unorderedInputs } from "../kill/log-judge.ts";

const TERMINALS = 2;

/** A hall whose data lie in a folder of their own, apart from its configuration and its terminals. */
async function drillHall() {
  const base = mkdtempSync(join(tmpdir(), "hallward-drill-"));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const [httpPort, mqttPort] = await freePorts(2);
  const hall = await writeHall(base, TERMINALS, httpPort, mqttPort);
  const data = join(base, "data");
  mkdirSync(data);
  for (const folder of ["authority", "enrolment", "keys"]) renameSync(join(base, folder), join(data, folder));
  giveAccount(data, { id: "manager", roles: ["manager"] });
  const configuration = parse(readFileSync(hall.controllerFile, "utf8")) as object;
  writeFileSync(hall.controllerFile, stringify({ ...configuration, directory: "data" }));
  return { ...hall, base, data, url: `http://127.0.0.1:${httpPort}`, backup: join(base, "backup") };
}

type Drill = Awaited<ReturnType<typeof drillHall>>;

function startController({ base, controllerFile }: Drill): ChildProcess {
  const child = startHallward(["controller", "--config", controllerFile], join(base, "controller.log"));
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function startWindows(hall: Drill): Hands[] {
  const hands = Array.from({ length: TERMINALS }, (_, index) => {
    const start = () =>
      startHallward(["virtual-terminal", "--config", hall.terminalFile(index + 1)], join(hall.base, `t${index}.log`));
    return new Hands(index + 1, new SeededRandom(300 + index), start);
  });
  onTestFinished(async () => {
    for (const hand of hands) hand.rest();
    await Promise.all(hands.map((hand) => hand.powerOff()));
  });
  for (const hand of hands) hand.powerOn();
  return hands;
}

const overviewOf = async ({ url }: Drill, headers: Readonly<Record<string, string>>): Promise<HallOverview> =>
  (await (await fetch(`${url}/api/overview`, { headers })).json()) as HallOverview;

async function command(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await hallward(...args).ended;
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

test("a backup made under load, the disk lost after more service: what the terminals know comes back", async () => {
  const hall = await drillHall();
  const first = startController(hall);
  const hands = startWindows(hall);
  await until("every terminal is connected", () => hands.every((hand) => hand.isUp), 60_000);
  await Promise.all(hands.map((hand) => hand.signOn()));
  const caller = new Caller(hall.url, 40);
  const work = [...hands.map((hand) => hand.work()), caller.work()];
  onTestFinished(() => caller.rest());
  await passed(4_000);
  const made = await command("backup", "--config", hall.controllerFile, "--to", hall.backup);
  expect(made).toMatch(/events, \d+ files, verified/u);
  await passed(4_000);
  caller.rest();
  await passed(200);
  first.kill("SIGKILL");
  await ended(first);
  const lost = readLog(hall.data);
  const given = new Set(caller.answers.values());
  rmSync(hall.data, { recursive: true });

  const put = await command("restore", "--config", hall.controllerFile, "--from", hall.backup);
  expect(put).toContain("未确认");
  const position = Number(/: (\d+) events/u.exec(made)?.[1]);
  expect(position).toBeLessThan(lost.events.length);
  startController(hall);
  await until("every terminal is back", () => hands.every((hand) => hand.isUp), 60_000);
  const later = new Caller(hall.url, 40);
  const more = later.work();
  onTestFinished(() => later.rest());
  await passed(3_000);
  const manager = await signIn(hall.url, "manager"); // Accounts came back with the backup.
  const waiting = present((await overviewOf(hall, manager)).restored, "tickets to confirm");
  expect(waiting.total).toBeGreaterThan(0);
  const one = present(waiting.tickets[0], "a ticket");
  const settled = await fetch(`${hall.url}/api/restored/tickets`, {
    method: "POST",
    headers: { "content-type": "application/json", ...manager },
    body: JSON.stringify({ tickets: [one.ticket], how: "confirm" }),
  });
  expect(settled.status).toBe(200);
  await until("the confirmed ticket is called", () => calledSinceRestore(hall).has(one.ticket));
  for (const hand of hands) hand.rest();
  later.rest();
  await Promise.all([...work, more]);
  await until("every journal is acknowledged to its end", () =>
    hands.every((_, index) => {
      const { head, done } = readJournal(hall.terminalDirectory(index + 1));
      return head === done;
    }),
  );

  const log = readLog(hall.data);
  judge(hall, hands, log);
  expect([...later.answers.values()].filter((number) => given.has(number))).toEqual([]);
  const confirmed = new Set([one.ticket]);
  const restoredAt = log.events.findIndex(({ type }) => type === "hall.restored");
  expect(restoredAt).toBe(position);
  const open = new Set(waiting.tickets.map(({ ticket }) => ticket));
  const called = [...calledSinceRestore(hall)].filter((ticket) => open.has(ticket as never));
  expect(called.filter((ticket) => !confirmed.has(ticket as never))).toEqual([]);
  expect(log.hall.epoch).toBeGreaterThan(lost.hall.epoch);
  process.stdout.write(
    `drill: ${JSON.stringify({ lost: lost.events.length - position, open: waiting.total, given: given.size })}\n`,
  );
}, 180_000);

/** Whatever a terminal holds for acknowledged is in the log, once and in its order, and so is every green tap. */
function judge(hall: Drill, hands: readonly Hands[], log: ReturnType<typeof readLog>): void {
  expect(log.breaches).toEqual([]);
  expect(repeatedNumbers(log.events)).toEqual([]);
  expect(unorderedInputs(log.events)).toEqual([]);
  const terminals = hands.map((_, index) => index + 1);
  const missing = terminals.flatMap((n) => lostInputs(terminalName(n), readJournal(hall.terminalDirectory(n)), log));
  expect(missing).toEqual([]);
  const badges = new Set(log.events.flatMap((event) => (event.type === "badge.recorded" ? [event.data.badge] : [])));
  const green = hands.flatMap((hand) => hand.greenTaps);
  expect(green.length).toBeGreaterThan(0);
  expect(green.filter((badge) => !badges.has(hall.digestOf(badge)))).toEqual([]);
}

function calledSinceRestore({ data }: Drill): Set<string> {
  const { events } = readLog(data);
  const from = events.findIndex(({ type }) => type === "hall.restored");
  return new Set(events.slice(from).flatMap((event) => (event.type === "ticket.called" ? [event.data.ticketId] : [])));
}

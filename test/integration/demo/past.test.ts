import { expect, onTestFinished, test } from "vitest";
import { verifyLog } from "../../../controller/log-command/verify-log.ts";
import { openLogReader } from "../../../controller/adapters/store/sqlite-log-reader.ts";
import { openLogSeal, readLogKey } from "../../../controller/adapters/authority/log-seal.ts";
import type { Actor } from "../../../controller/core/access/actor.ts";
import { daysOf } from "../../../controller/core/office/periods-named.ts";
import {
  assembleHallEngine,
  AttendanceKeeper,
  completedHall,
  ControllerConfiguration,
  openHallLog,
  readEvent,
} from "../../../controller/index.ts";
import type {
  AttendanceSheet,
  SessionPicture,
} from "../../../controller/projections/attendance/attendance-pictures.ts";
import { atOnce } from "../../../controller/office/in-turns.ts";
import { recordOf, type Seen } from "../../../controller/projections/attendance/attendance-views.ts";
import { epochMs, minutes, present, seconds, silentLog, Temporal } from "../../../protocol/index.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { controllerConfiguration, type GivenConfiguration } from "../../../simulator/demo/configurations.ts";
import { planHall } from "../../../simulator/demo/hall-plan.ts";
import { writePast } from "../../../simulator/demo/past/write-past.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { signIn } from "../../support/signed-in.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { closed, DemoProcess, freePortPair, listenOn, newDirectory, removeDirectory, until } from "./demo-process.ts";

// The demonstration's fortnight is made by the product's own program: its log verifies, the controller goes on from it,
// and every verdict in it is explained by rule ids and taps. It fits every weekday, the summer's hours and small halls.

const at = (day: string, time = "07:00"): VirtualClock => new VirtualClock(epochMs(Date.parse(`${day}T${time}+08:00`)));

async function pastOf(counters: number, today: string, seed = 1) {
  const directory = hallDirectory();
  const plan = planHall(counters);
  const options = { counters, port: 8080, mqttPort: 8883, data: directory, quiet: true, seed, reader: null };
  const digestOf = (badge: string): string => badge.padStart(64, "0").toLowerCase();
  const given: GivenConfiguration = controllerConfiguration(plan, options, digestOf);
  const past = await writePast(given, { plan, clock: at(today), seed });
  return { directory, plan, ...past };
}

const MANAGER = { id: "manager", name: "大厅管理者", roles: ["manager"], unit: null } as unknown as Actor;

/** The hall started again on `today`, as its pages see it. */
async function withSeen(past: Awaited<ReturnType<typeof pastOf>>, today: string, look: (seen: Seen) => void) {
  const clock = at(today, "07:30");
  const { store, seal } = await openHallLog(past.directory);
  const random = new SeededRandom(1);
  const parts = { store, clock, random, log: silentLog };
  const hall = assembleHallEngine({ ...parts, seal, onFatal: (error) => expect.fail(error.message) });
  const { engine } = hall;
  const keeper = new AttendanceKeeper({ engine, ...parts, emptyAt: () => null });
  const configuration = completedHall(ControllerConfiguration.parse(past.configuration).hall, past.directory);
  engine.submit({ type: "start", version: "test", configuration }, () => {});
  clock.advance(seconds(1));
  keeper.start();
  clock.advance(minutes(1));
  look(present(keeper.seen(), "attendance is kept"));
  keeper.close();
  hall.close();
}

function sessionsOf(seen: Seen, period: string): SessionPicture[] {
  const span = present(daysOf(period), "a period");
  return seen.ledger
    .people()
    .flatMap((member) =>
      atOnce(recordOf(seen, MANAGER, member, period, span)).days.flatMap(({ sessions }) => sessions),
    );
}

/** By its rules, and by its taps, or by the word of every terminal that there was none. */
const isExplained = ({ state, rules, taps, settled }: SessionPicture): boolean =>
  rules.length > 0 && (taps.length > 0 || (settled && state !== "attended"));

test("every verdict of the fortnight is explained by its rules and taps", async () => {
  const past = await pastOf(6, "2026-11-23");
  expect(past.refused).toEqual([]);
  await withSeen(past, "2026-11-23", (seen) => {
    const sessions = sessionsOf(seen, "2026-11");
    const judged = sessions.filter(({ state }) => state !== "rest" && state !== "pending" && state !== "not-due");
    expect(judged).toHaveLength(7 * 10 * 2);
    expect(judged.filter((session) => !isExplained(session))).toEqual([]);
    expect(
      Object.fromEntries(
        Map.groupBy(judged, verdictOf)
          .entries()
          .map(([verdict, of]) => [verdict, of.length]),
      ),
    ).toEqual({
      attended: 128,
      late: 1,
      early: 3,
      absent: 1,
      business: 2,
      leave: 4,
      training: 1,
    });
  });
});

function verdictOf({ state, late, early }: SessionPicture): string {
  if (late > 0) return "late";
  return early > 0 ? "early" : state;
}

test("what the office was asked is on file, and the week hangs with an objection", async () => {
  const past = await pastOf(6, "2026-11-23");
  await withSeen(past, "2026-11-23", ({ hall }) => {
    const papers = [...(hall.office?.documents.values() ?? [])].map(
      ({ document, state }) => `${document.kind} ${state}`,
    );
    expect(papers.toSorted()).toEqual([
      "correction holds",
      "correction waiting",
      "leave holds",
      "leave holds",
      "leave waiting",
      "lunch-duty holds",
      "meeting holds",
      "objection refused",
      "permit holds",
    ]);
    expect([...(hall.office?.publications.values() ?? [])].map(({ period }) => period)).toEqual(["2026-W46"]);
    expect([...(hall.office?.cover.values() ?? [])].map(({ by, covers }) => `${by} ${covers}`)).toContain("lead s105");
  });
});

test("its log verifies with the signature of every day, and is the same for the same seed", async () => {
  const [first, second, other] = [
    await pastOf(2, "2026-11-23"),
    await pastOf(2, "2026-11-23"),
    await pastOf(2, "2026-11-23", 2),
  ];
  const reader = openLogReader(first.directory);
  const verdict = verifyLog(reader, openLogSeal(first.directory), readLogKey(first.directory));
  reader.close();
  expect(verdict).toMatchObject({ sound: true });
  expect(verdict.line).toMatch(/1[0-9] days signed/u);
  expect(await facts(second)).toEqual(await facts(first));
  expect(await facts(other)).not.toEqual(await facts(first));
});

/** What happened when; keys and signatures are each hall's own. */
async function facts({ directory }: { readonly directory: string }): Promise<string[]> {
  const { store } = await openHallLog(directory);
  const events = [...store.read(1, store.head().seq)].map(readEvent);
  store.close();
  return events.map(({ type, occurredAtMs, actor }) => `${occurredAtMs} ${type} ${JSON.stringify(actor)}`);
}

test.each([
  ["a Tuesday", "2026-11-24", 6],
  ["a Wednesday in summer", "2026-07-22", 6],
  ["a Sunday", "2026-11-22", 3],
  ["a Friday, one window", "2026-11-27", 1],
])("the story fits a hall that opens on %s", async (_when, today, counters) => {
  const past = await pastOf(counters, today);
  expect(past.refused).toEqual([]);
  await withSeen(past, today, (seen) => {
    const [from] = [present(past.configuration.hall.attendance?.from, "the first day")];
    const sessions = [...new Set([from.slice(0, 7), today.slice(0, 7)])].flatMap((month) => sessionsOf(seen, month));
    const judged = sessions.filter(({ state }) => state !== "rest" && state !== "pending" && state !== "not-due");
    expect(judged).toHaveLength((counters + 1) * 10 * 2);
    // Where the only window opens late, there is no reader for whoever leads the hall either.
    expect(judged.filter(({ late }) => late > 0)).toHaveLength(counters === 1 ? 2 : 1);
    expect(seen.ledger.published).not.toHaveLength(0);
  });
});

test("a hall that has a log keeps it as it is", async () => {
  const past = await pastOf(1, "2026-11-23");
  const again = await writePast(past.configuration, { plan: past.plan, clock: at("2026-11-24"), seed: 1 });
  expect(again).toMatchObject({ configuration: past.configuration, events: 0 });
});

test("a demonstration that is started for the first time has the fortnight on its sheet", {
  timeout: 60_000,
}, async () => {
  const data = newDirectory();
  onTestFinished(() => removeDirectory(data));
  const [port, [server, mqttPort]] = [await freePortPair(), await listenOn(0)];
  await closed(server);
  const demo = DemoProcess.start({ counters: 1, port, mqttPort, data, history: true });
  onTestFinished(() => demo.dispose());
  await demo.ready();
  const url = `http://127.0.0.1:${port}`;
  const headers = await signIn(url, "manager", demo.passwordOf("manager"));
  const months = await until("attendance is derived", async () => {
    const asked = dates().map((date) => fetch(`${url}/api/attendance/sheets/all/${date.slice(0, 7)}`, { headers }));
    const answers = await Promise.all(asked);
    return answers.every(({ ok }) => ok) ? Promise.all(answers.map((answer) => answer.json())) : null;
  });
  const codes = (months as AttendanceSheet[]).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  expect(codes.filter(({ code }) => code.startsWith("a"))).toHaveLength(2 * 10 * 2);
});

/** One of each month that a fortnight reaches into. */
function dates(): string[] {
  const today = Temporal.Instant.fromEpochMilliseconds(systemClock.now()).toZonedDateTimeISO("Asia/Shanghai");
  const days = [today, today.subtract({ days: 16 })].map((day) => day.toPlainDate().toString());
  return [...new Map(days.map((day) => [day.slice(0, 7), day])).values()];
}

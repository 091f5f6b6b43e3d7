import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRoot, signTerminal } from "../../../controller/adapters/authority/small-ca.ts";
import { readKeyPair } from "../../../controller/adapters/authority/key-pair-file.ts";
import { rootFile } from "../../../controller/adapters/authority/authority-files.ts";
import { type Clock, EnrolmentTicket, later, minutes, present, TerminalId } from "../../../protocol/index.ts";
import { DEMO_HALL, judgedFrom } from "../../../simulator/demo/configurations.ts";
import { controllerFile, terminalDirectory, writeHallFiles } from "../../../simulator/demo/hall-files.ts";
import { planHall } from "../../../simulator/demo/hall-plan.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { askForCertificate } from "../authority/certificate-request.ts";
import { hallDirectory } from "../authority/hall-directory.ts";

// A demonstration that is started again goes on with its terminals; those whose certificate would not do join again.

const hall = planHall(1);
const counter = present(hall.counters[0], "the one counter");

async function openDemo() {
  const data = hallDirectory();
  const clock = new VirtualClock();
  const options = { counters: 1, port: 8080, mqttPort: 8883, data, quiet: true, seed: 1, reader: null };
  const start = (at: Clock = clock) => writeHallFiles(hall, options, at);
  const place = terminalDirectory(data, counter);
  const ticket = join(place, "enrolment.json");
  const certificate = join(place, "certificate.pem");
  await start();
  /** The terminal has joined; its certificate is of `root`. */
  const enrol = async (root = present(readKeyPair(rootFile(data)), "the root")) => {
    const { csr } = await askForCertificate();
    const terminal = TerminalId.parse(counter.terminalId);
    const signed = await signTerminal(root, { csr, hall: DEMO_HALL, terminal, now: clock.now() });
    writeFileSync(certificate, signed.ok ? signed.value : "");
    rmSync(ticket);
  };
  return { clock, start, enrol, ticket, certificate };
}

test("a terminal that has joined keeps its identity, also after 91 days", async () => {
  const demo = await openDemo();
  await demo.enrol();
  demo.clock.advance(minutes(91 * 24 * 60));
  await demo.start();
  expect(existsSync(demo.ticket)).toBe(false);
  expect(existsSync(demo.certificate)).toBe(true);
});

test.each([
  ["in its last 30 days", 3_652 - 29],
  ["after its end", 3_653],
])("a terminal whose certificate is %s joins again", async (_when, days) => {
  const demo = await openDemo();
  await demo.enrol();
  const now = later(demo.clock.now(), minutes(days * 24 * 60));
  await demo.start(Object.assign(new VirtualClock(), { now: () => now }));
  expect(() => EnrolmentTicket.parse(JSON.parse(readFileSync(demo.ticket, "utf8")))).not.toThrow();
  expect(existsSync(demo.certificate)).toBe(false);
});

test("a certificate of another root, and one that is none, make the terminal join again", async () => {
  const demo = await openDemo();
  await demo.enrol(await makeRoot(DEMO_HALL, demo.clock.now()));
  await demo.start();
  expect([existsSync(demo.ticket), existsSync(demo.certificate)]).toEqual([true, false]);
  writeFileSync(demo.certificate, "nonsense");
  rmSync(demo.ticket);
  await demo.start();
  expect([existsSync(demo.ticket), existsSync(demo.certificate)]).toEqual([true, false]);
});

test("a hall that was judged from a day on stays so when its options change", async () => {
  const data = hallDirectory();
  const clock = new VirtualClock();
  const options = { counters: 1, port: 8080, mqttPort: 8883, data, quiet: true, seed: 1, reader: null };
  await writeHallFiles(planHall(1), options, clock, async (given) => judgedFrom(given, "2026-02-16"));
  writeFileSync(join(data, "hall.db"), "");
  await writeHallFiles(planHall(2), { ...options, counters: 2 }, clock);
  const written = readFileSync(controllerFile(data), "utf8");
  expect(written).toContain("from: 2026-02-16");
  expect(written).toContain("t02");
});

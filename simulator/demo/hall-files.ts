import { createHash, createHmac, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { z } from "zod";
import type { CanonicalBadge } from "../../hardware/index.ts";
import { type Clock, type EpochMs, HallError, later, messageOf, minutes, Temporal } from "../../protocol/index.ts";
import {
  controllerConfiguration,
  DEMO_HALL,
  type GivenConfiguration,
  judgedFrom,
  terminalConfiguration,
} from "./configurations.ts";
import type { DemoOptions } from "./demo-options.ts";
import type { DemoCounter, DemoHall } from "./hall-plan.ts";
import { replaceFile } from "./replace-file.ts";

/** Where the demonstration keeps what. */
export const controllerFile = (directory: string): string => join(directory, "controller.yaml");
const logFile = (directory: string): string => join(directory, "hall.db");
export const terminalDirectory = (directory: string, counter: DemoCounter): string =>
  join(directory, "terminals", counter.terminalId);
export const terminalFile = (directory: string, counter: DemoCounter): string =>
  join(terminalDirectory(directory, counter), "terminal.yaml");

/**
 * Writes what the processes start from. A hall that is there already is continued: its keys stay, terminals that have
 * joined keep their identity as long as it is good, and a controller.yaml made from the same plan is left as it is,
 * edits included.
 */
export async function writeHallFiles(
  hall: DemoHall,
  options: DemoOptions,
  clock: Clock,
  beforeItOpens: BeforeItOpens = async (configuration) => configuration,
): Promise<void> {
  try {
    for (const counter of hall.counters) writeTerminal(counter, options);
    const stamp = stampOf(hall, options);
    const strangers = hall.counters.filter((counter) => !isEnrolled(options.data, counter, clock.now()));
    if (isStamped(controllerFile(options.data), stamp) && strangers.length === 0) return;
    await withAuthority({ hall, options, clock, beforeItOpens }, stamp, strangers);
  } catch (thrown) {
    if (thrown instanceof HallError) throw thrown;
    const why = `Cannot write the hall into ${options.data}: ${messageOf(thrown)}.`;
    const line = `${why} Choose another directory with --data.`;
    throw new HallError("FILE_UNWRITABLE", line, { directory: options.data }, thrown);
  }
}

/** What is done with a configuration before it is written, for a hall that nobody has opened yet. */
export type BeforeItOpens = (configuration: GivenConfiguration) => Promise<GivenConfiguration>;

interface HallToWrite {
  readonly hall: DemoHall;
  readonly options: DemoOptions;
  readonly clock: Clock;
  readonly beforeItOpens: BeforeItOpens;
}

/** What only the hall's own keys can make: digests of badges, and tickets to join with. Loaded only when needed. */
async function withAuthority(
  { hall, options, clock, beforeItOpens }: HallToWrite,
  stamp: string,
  strangers: readonly DemoCounter[],
): Promise<void> {
  const { createEnrolmentTicket, openBadgeKey } = await import("../../controller/index.ts");
  const directory = options.data;
  const key = Buffer.from(openBadgeKey(directory), "hex");
  const digestOf = (badge: CanonicalBadge): string => createHmac("sha256", key).update(badge, "utf8").digest("hex");
  if (!isStamped(controllerFile(directory), stamp)) {
    const given = controllerConfiguration(hall, options, digestOf);
    const judged = judgedFrom(given, firstDayIn(controllerFile(directory)) ?? dateIn(hall, clock));
    const configuration = existsSync(logFile(directory)) ? judged : await beforeItOpens(judged);
    replaceFile(controllerFile(directory), `${stamp}\n${stringify(configuration)}`);
  }
  const url = `http://127.0.0.1:${options.port}`;
  for (const counter of strangers) {
    const ticket = await createEnrolmentTicket({ directory, hall: DEMO_HALL, clock }, counter.terminalId, url);
    replaceFile(join(terminalDirectory(directory, counter), "enrolment.json"), JSON.stringify(ticket));
    rmSync(certificateFile(directory, counter), { force: true }); // Without it the terminal asks for another.
  }
}

/** From when the hall was judged until now: with other options it stays so. Null where no file says it. */
function firstDayIn(file: string): string | null {
  if (!existsSync(file)) return null;
  const kept = Judged.safeParse(parseDocument(readFileSync(file, "utf8")).toJS());
  return kept.success ? kept.data.hall.attendance.from : null;
}

const Judged = z.object({ hall: z.object({ attendance: z.object({ from: z.iso.date() }) }) });

const dateIn = ({ zone }: DemoHall, clock: Clock): string =>
  Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate().toString();

function writeTerminal(counter: DemoCounter, options: DemoOptions): void {
  const directory = terminalDirectory(options.data, counter);
  const text = stringify(terminalConfiguration(counter, options, directory));
  const file = terminalFile(options.data, counter);
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) replaceFile(file, text);
}

const certificateFile = (directory: string, counter: DemoCounter): string =>
  join(terminalDirectory(directory, counter), "certificate.pem");

/** A demonstration may run for weeks; a terminal that would end meanwhile joins again first. */
const RENEW_WITHIN = minutes(30 * 24 * 60);

/** The certificate comes last when a terminal joins. It must be of the root that is there now, and last for a while. */
function isEnrolled(directory: string, counter: DemoCounter, now: EpochMs): boolean {
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile(directory, counter)));
    const root = new X509Certificate(readFileSync(join(directory, "authority", "root.pem")));
    return Date.parse(certificate.validTo) > later(now, RENEW_WITHIN) && certificate.verify(root.publicKey);
  } catch {
    return false; // None, or none that can be read.
  }
}

/** The first line of a controller.yaml names the plan it was made from. */
function stampOf(hall: DemoHall, options: DemoOptions): string {
  const plan = JSON.stringify(controllerConfiguration(hall, options, (badge) => badge));
  const digest = createHash("sha256").update(plan).digest("hex").slice(0, 16);
  return `# Written by hallward demo, and again when its options change. Plan ${digest}.`;
}

const isStamped = (file: string, stamp: string): boolean =>
  existsSync(file) && readFileSync(file, "utf8").startsWith(`${stamp}\n`);

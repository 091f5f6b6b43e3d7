import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import {
  epochMs,
  EnrolmentRequest,
  type Log,
  type LogFields,
  minutes,
  silentLog,
  TerminalId,
} from "../../../protocol/index.ts";
import type { EnrolmentWorld } from "../../../terminal/adapters/enrolment.ts";
import { loadIdentity } from "../../../terminal/adapters/identity.ts";
import { TERMINAL } from "../../support/counter-messages.ts";
import { SeededRandom } from "../../support/seeded-random.ts";
import { TestAuthority } from "../../support/test-authority.ts";

// Proves how a terminal gets its identity: once, from the hall's own authority, and how it says what is wrong.

const TOKEN = "0".repeat(32);
const BADGE_KEY = "ab".repeat(32);

let authority: TestAuthority;
let directory: string;
let server: Server;
let port = 0;
/** What the controller answers next; the last one stays. */
let answers: ((request: EnrolmentRequest) => Promise<readonly [status: number, body: object | string]>)[];
let asked: EnrolmentRequest[];
let waited: number;
let world: EnrolmentWorld;

const enrols = async ({ csr, terminal }: EnrolmentRequest) => {
  const certificate = await authority.sign(csr, terminal);
  return [201, { certificate, authority: authority.certificate, badgeKey: BADGE_KEY }] as const;
};

beforeAll(async () => {
  authority = await TestAuthority.create();
});

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "hallward-identity-"));
  answers = [enrols];
  asked = [];
  waited = 0;
  const log: Log = { ...silentLog, warn: () => void (waited += 1) };
  world = { clock: systemClock, random: new SeededRandom(1), log };
  server = createServer((request, response) => {
    void (async () => {
      const body = EnrolmentRequest.parse(JSON.parse((await request.setEncoding("utf8").toArray()).join("")));
      asked.push(body);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      const [status, said] = (await answer?.(body)) ?? [500, ""];
      response.writeHead(status).end(typeof said === "string" ? said : JSON.stringify(said));
    })();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  port = address !== null && typeof address === "object" ? address.port : 0;
  writeTicket({});
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

function writeTicket(more: object): void {
  const ticket = {
    url: `http://127.0.0.1:${port}`,
    token: TOKEN,
    authorityFingerprint: authority.fingerprint,
    ...more,
  };
  writeFileSync(join(directory, "enrolment.json"), JSON.stringify(ticket));
}

const load = () => loadIdentity(directory, TERMINAL, world);
const mode = (file: string): number => statSync(join(directory, file)).mode & 0o777;

test("a ticket becomes an identity, kept for this user alone, and the ticket goes", async () => {
  const identity = await load();
  expect(Buffer.from(identity.badgeKey).toString("hex")).toBe(BADGE_KEY);
  expect(asked).toMatchObject([{ terminal: TERMINAL, token: TOKEN }]);
  expect(["key.pem", "certificate.pem", "authority.pem", "badge.key"].map(mode)).toEqual([0o600, 0o600, 0o600, 0o600]);
  expect(existsSync(join(directory, "enrolment.json"))).toBe(false);
});

test("an enrolled terminal asks nobody", async () => {
  const first = await load();
  expect(await load()).toEqual(first);
  expect(asked).toHaveLength(1);
});

test("a controller that is not up yet is waited for", async () => {
  answers = [async () => [503, "starting"], async () => [502, ""], enrols];
  await load();
  expect(asked).toHaveLength(3);
  expect(waited).toBe(2);
});

// The one-time token may be spent already: the same key asks again, so that the controller can know it.
test("a power cut half-way asks again with the same key", async () => {
  answers = [async () => [404, { title: "no" }]];
  await expect(load()).rejects.toThrow("no");
  const key = readFileSync(join(directory, "key.pem"), "utf8");
  answers = [enrols];
  expect((await load()).key).toBe(key);
});

test.each<[string, () => void, string, RegExp]>([
  ["no ticket", () => rmSync(join(directory, "enrolment.json")), "IDENTITY_MISSING", /enrolment\.json/u],
  [
    "a ticket that is none",
    () => writeFileSync(join(directory, "enrolment.json"), "{}"),
    "ENROLMENT_REFUSED",
    /not an enrolment ticket/u,
  ],
  ["a ticket with more in it", () => writeTicket({ extra: 1 }), "ENROLMENT_REFUSED", /not an enrolment ticket/u],
  [
    "a burnt token",
    () => (answers = [async () => [403, { title: "bad token" }]]),
    "ENROLMENT_REFUSED",
    /status 403, bad token/u,
  ],
  [
    "another authority",
    () => writeTicket({ authorityFingerprint: "0".repeat(64) }),
    "ENROLMENT_REFUSED",
    /another authority/u,
  ],
  ["an answer that is none", () => (answers = [async () => [201, "hello"]]), "ENROLMENT_REFUSED", /not an enrolment/u],
])("with %s it says so in one line", async (_, arrange, code, message) => {
  arrange();
  const failure: unknown = await load().catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message) as string });
  expect(existsSync(join(directory, "certificate.pem"))).toBe(false);
});

test("told to stop while it waits, it stops", async () => {
  answers = [async () => [503, ""]];
  const stop = new AbortController();
  const log: Log = { ...silentLog, warn: () => stop.abort() };
  await expect(loadIdentity(directory, TERMINAL, { ...world, log, signal: stop.signal })).rejects.toMatchObject({
    code: "ENROLMENT_STOPPED",
  });
});

test("another terminal's identity is refused", async () => {
  await load();
  await expect(loadIdentity(directory, TerminalId.parse("t-04"), world)).rejects.toMatchObject({
    code: "IDENTITY_REFUSED",
    message: expect.stringContaining('for "t-03", this terminal is "t-04"') as string,
  });
});

test("a key that does not belong to the certificate is refused", async () => {
  await load();
  const { key } = await authority.client(TERMINAL);
  writeFileSync(join(directory, "key.pem"), key);
  await expect(load()).rejects.toMatchObject({ code: "IDENTITY_REFUSED" });
});

test.each([
  [31, []],
  [29, [{ terminal: TERMINAL, days: 29 }]],
  [0, [{ terminal: TERMINAL, days: 0 }]],
])("with %i days left its log warns of the end: %j", async (days, expected) => {
  const { certificate } = await load();
  const end = Date.parse(new X509Certificate(certificate).validTo);
  const now = () => epochMs(end - days * minutes(24 * 60));
  const warned: LogFields[] = [];
  const warn: Log["warn"] = (event, fields = {}) => void (event === "identity.expires-soon" && warned.push(fields));
  await loadIdentity(directory, TERMINAL, { ...world, clock: { ...systemClock, now }, log: { ...silentLog, warn } });
  expect(warned).toEqual(expected);
});

test("a certificate that has ended is refused", async () => {
  const { certificate } = await load();
  const now = () => epochMs(Date.parse(new X509Certificate(certificate).validTo) + 1);
  const late = { ...world, clock: { ...systemClock, now } };
  await expect(loadIdentity(directory, TERMINAL, late)).rejects.toMatchObject({ code: "IDENTITY_EXPIRED" });
});

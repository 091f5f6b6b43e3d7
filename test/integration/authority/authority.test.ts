import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type Authority,
  createEnrolmentTicket,
  FAILURES_MAX,
  openAuthority,
} from "../../../controller/adapters/authority/authority.ts";
import { ANSWER_AGAIN_WITHIN } from "../../../controller/adapters/authority/enrolment-tokens.ts";
import { fingerprintOf } from "../../../controller/adapters/authority/key-pair-file.ts";
import { epochMs, HallId, milliseconds, minutes, silentLog, TerminalId } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { askForCertificate } from "./certificate-request.ts";
import { hallDirectory } from "./hall-directory.ts";

// The hall's authority on real files: what it issues, to whom, how often, and what it keeps.

const HALL = HallId.parse("h1");
const T1 = TerminalId.parse("t1");
const T2 = TerminalId.parse("t2");
const URL = "http://127.0.0.1:8080/";

interface Office {
  readonly directory: string;
  readonly clock: VirtualClock;
  readonly authority: Authority;
  readonly revoked: TerminalId[];
  reopen(names?: readonly string[]): Promise<Authority>;
  ticket(terminal?: TerminalId): Promise<{ token: string; authorityFingerprint: string }>;
}

async function openOffice(): Promise<Office> {
  const directory = hallDirectory();
  const clock = new VirtualClock();
  const revoked: TerminalId[] = [];
  const where = { directory, hall: HALL, clock, log: silentLog, onRevoked: (id: TerminalId) => void revoked.push(id) };
  const reopen = (names: readonly string[] = []) => openAuthority({ ...where, names });
  const ticket = (terminal = T1) => createEnrolmentTicket(where, terminal, URL);
  return { directory, clock, revoked, authority: await reopen(), reopen, ticket };
}

async function enrol(office: Office, terminal: TerminalId, token: string) {
  const { csr } = await askForCertificate();
  return office.authority.enrol({ terminal, token, csr });
}

test("an enrolled terminal gets a client certificate for ten years less a day, and the badge key", async () => {
  const office = await openOffice();
  const { token, authorityFingerprint } = await office.ticket();
  const answer = await enrol(office, T1, token);
  if (!answer.ok) throw new TypeError(answer.error);
  const certificate = new X509Certificate(answer.value.certificate);
  const root = new X509Certificate(answer.value.authority);
  expect(certificate.subject).toBe("CN=t1");
  expect(certificate.subjectAltName).toBe("URI:urn:hallward:h1:t1");
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(root.publicKey)).toBe(true);
  expect(Date.parse(certificate.validFrom)).toBe(office.clock.now() - minutes(24 * 60));
  expect(Date.parse(certificate.validTo)).toBe(office.clock.now() + minutes(3_652 * 24 * 60));
  expect(fingerprintOf(answer.value.authority)).toBe(authorityFingerprint);
  expect(answer.value.badgeKey).toMatch(/^[0-9a-f]{64}$/u);
});

test("a token is good once, for its terminal only, and for 24 hours", async () => {
  const office = await openOffice();
  const { token } = await office.ticket();
  expect(await enrol(office, T2, token)).toEqual({ ok: false, error: "bad-token" });
  expect(await enrol(office, T1, token)).toMatchObject({ ok: true });
  expect(await enrol(office, T1, token)).toEqual({ ok: false, error: "bad-token" });
  const late = await office.ticket();
  office.clock.advance(minutes(24 * 60));
  expect(await enrol(office, T1, late.token)).toEqual({ ok: false, error: "bad-token" });
});

test("of two that use one token at the same time, one is enrolled", async () => {
  const office = await openOffice();
  const { token } = await office.ticket();
  const answers = await Promise.all([enrol(office, T1, token), enrol(office, T1, token)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
});

test("a token is on disk as a digest only, and is used up there before the answer", async () => {
  const office = await openOffice();
  const { token } = await office.ticket();
  const kept = join(office.directory, "enrolment");
  expect(readdirSync(kept)).toHaveLength(1);
  const text = readdirSync(kept).map((name) => name + readFileSync(join(kept, name), "utf8"));
  expect(text.join()).not.toContain(token);
  await enrol(office, T1, token);
  await office.reopen();
  expect(await enrol(office, T1, token)).toMatchObject({ ok: false });
  office.clock.advance(ANSWER_AGAIN_WITHIN);
  await office.reopen();
  expect(readdirSync(kept)).toEqual([]);
});

test("a lost answer is given again to the same key, also after a crash, for ten minutes, to no other key", async () => {
  const office = await openOffice();
  const request = { terminal: T1, token: (await office.ticket()).token, csr: (await askForCertificate()).csr };
  const [first, twin] = await Promise.all([office.authority.enrol(request), office.authority.enrol(request)]);
  expect(first).toMatchObject({ ok: true });
  expect(twin).toEqual(first);
  rmSync(join(office.directory, "authority", "issued.json")); // The power went before it was written.
  const reopened = await office.reopen();
  office.clock.advance(milliseconds(ANSWER_AGAIN_WITHIN - 1));
  expect(await reopened.enrol(request)).toEqual(first);
  expect(office.revoked).toEqual([]);
  expect(await reopened.enrol({ ...request, terminal: T2 })).toEqual({ ok: false, error: "bad-token" });
  expect(await enrol({ ...office, authority: reopened }, T1, request.token)).toEqual({ ok: false, error: "bad-token" });
  office.clock.advance(milliseconds(1));
  expect(await reopened.enrol(request)).toEqual({ ok: false, error: "bad-token" });
  expect(await enrol({ ...office, authority: reopened }, T1, (await office.ticket()).token)).toMatchObject({
    ok: true,
  });
  expect(office.revoked).toEqual([T1]); // The certificate was known, although it was noted at the second asking only.
});

test("an answer is not given again once a later ticket has made its certificate void", async () => {
  const office = await openOffice();
  const request = { terminal: T1, token: (await office.ticket()).token, csr: (await askForCertificate()).csr };
  await office.authority.enrol(request);
  await enrol(office, T1, (await office.ticket()).token);
  expect(await office.authority.enrol(request)).toEqual({ ok: false, error: "bad-token" });
  expect(office.revoked).toEqual([T1]);
});

test("a terminal's certificate never outlives the root it comes from", async () => {
  const office = await openOffice();
  office.clock.advance(minutes(100 * 24 * 60));
  const answer = await enrol(office, T1, (await office.ticket()).token);
  if (!answer.ok) throw new TypeError(answer.error);
  const [certificate, root] = [answer.value.certificate, answer.value.authority].map((pem) => new X509Certificate(pem));
  expect(certificate?.validTo).toBe(root?.validTo);
});

test.each([
  ["no request at all", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"],
  ["an empty text", ""],
])("%s is refused and costs no token", async (_what, csr) => {
  const office = await openOffice();
  const { token } = await office.ticket();
  expect(await office.authority.enrol({ terminal: T1, token, csr })).toEqual({ ok: false, error: "bad-request" });
  expect(await enrol(office, T1, token)).toMatchObject({ ok: true });
});

test("a key of another curve, and a request signed by another key, are refused", async () => {
  const office = await openOffice();
  const { token } = await office.ticket();
  const other = await askForCertificate("CN=t1", "P-384");
  expect(await office.authority.enrol({ terminal: T1, token, csr: other.csr })).toMatchObject({ ok: false });
  const good = await askForCertificate();
  const bytes = Buffer.from(good.csr.replace(/-----.*?-----|\s/gu, ""), "base64");
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString("base64")}\n-----END CERTIFICATE REQUEST-----`;
  expect(await office.authority.enrol({ terminal: T1, token, csr: forged })).toMatchObject({ ok: false });
});

test("enrolling again revokes the former certificate, tells the broker, and holds after a restart", async () => {
  const office = await openOffice();
  const first = await enrol(office, T1, (await office.ticket()).token);
  const second = await enrol(office, T1, (await office.ticket()).token);
  if (!first.ok || !second.ok) throw new TypeError("not enrolled");
  expect(office.revoked).toEqual([T1]);
  for (const authority of [office.authority, await office.reopen()]) {
    expect(authority.isRevoked(fingerprintOf(first.value.certificate))).toBe(true);
    expect(authority.isRevoked(fingerprintOf(second.value.certificate))).toBe(false);
  }
});

test("after ten wrong tokens in an hour even a right one must wait", async () => {
  const office = await openOffice();
  const { token } = await office.ticket();
  for (let guess = 0; guess < FAILURES_MAX; guess += 1) {
    expect(await enrol(office, T1, guess.toString(16).padStart(32, "0"))).toEqual({ ok: false, error: "bad-token" });
  }
  expect(await enrol(office, T1, token)).toEqual({ ok: false, error: "too-many-attempts" });
  office.clock.advance(minutes(60));
  expect(await enrol(office, T1, token)).toMatchObject({ ok: true });
});

test("secrets are readable by their owner alone", async () => {
  const office = await openOffice();
  await enrol(office, T1, (await office.ticket()).token);
  const paths = ["authority/root.pem", "authority/server.pem", "keys/badge.key", "authority/issued.json"];
  const modes = paths.map((path) => statSync(join(office.directory, path)).mode & 0o777);
  expect(modes).toEqual(paths.map(() => 0o600));
});

test("root and badge key stay; the server certificate changes with its names and when it is due", async () => {
  const office = await openOffice();
  const again = await office.reopen();
  expect(again.tls).toEqual(office.authority.tls);
  const named = await office.reopen(["hall.example", "192.0.2.7"]);
  expect(named.tls.authority).toBe(again.tls.authority);
  const certificate = new X509Certificate(named.tls.certificate);
  expect(certificate.subjectAltName).toBe(
    "DNS:localhost, DNS:hall.example, IP Address:127.0.0.1, IP Address:192.0.2.7",
  );
  office.clock.advance(minutes(120 * 24 * 60));
  const kept = await office.reopen(["hall.example"]);
  expect(kept.tls.certificate).toBe(named.tls.certificate);
  office.clock.advance(minutes(10 * 24 * 60));
  const renewed = await office.reopen(["hall.example"]);
  expect(renewed.tls.certificate).not.toBe(named.tls.certificate);
});

// Otherwise no terminal that knows the time takes the controller's word for as long as this process runs.
test("a start in 1970 leaves the certificate of a hall that knew the time", async () => {
  const office = await openOffice();
  office.clock.setWall(epochMs(20_000));
  expect((await office.reopen()).tls).toEqual(office.authority.tls);
});

test("a file that is not what the authority wrote stops the start, with its name", async () => {
  const office = await openOffice();
  writeFileSync(join(office.directory, "authority", "revoked.json"), "{");
  await expect(office.reopen()).rejects.toMatchObject({ code: "AUTHORITY_BROKEN" });
});

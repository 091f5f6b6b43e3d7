import "reflect-metadata";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { X509Crl } from "@peculiar/x509";
import { expect, test } from "vitest";
import { createEnrolmentTicket, openAuthority } from "../../../controller/adapters/authority/authority.ts";
import { issuedFile } from "../../../controller/adapters/authority/authority-files.ts";
import { openBrokerIdentity } from "../../../controller/adapters/authority/broker-identity.ts";
import { controllerName } from "../../../controller/adapters/authority/certificate-names.ts";
import { HallId, silentLog, TerminalId } from "../../../protocol/index.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";
import { askForCertificate } from "./certificate-request.ts";
import { hallDirectory } from "./hall-directory.ts";

// What the hall's authority gives to a broker that is not its own.

const HALL = HallId.parse("h1");
const T1 = TerminalId.parse("t1");

async function openOffice() {
  const where = { directory: hallDirectory(), hall: HALL, clock: new VirtualClock() };
  const reopen = () => openAuthority({ ...where, names: [], log: silentLog, onRevoked() {} });
  const enrol = async (): Promise<string> => {
    const { token } = await createEnrolmentTicket(where, T1, "http://127.0.0.1/");
    const { csr } = await askForCertificate();
    const answer = await (await reopen()).enrol({ terminal: T1, token, csr });
    return answer.ok ? answer.value.certificate : "";
  };
  const listed = async (): Promise<string[]> => {
    const { revoked } = await openBrokerIdentity(where, ["127.0.0.1"]);
    return new X509Crl(revoked).entries.map(({ serialNumber }) => serialNumber);
  };
  return { where, enrol, listed, reopen };
}

const serialOf = (certificate: string): string => new X509Certificate(certificate).serialNumber.toLowerCase();

test("the list of void certificates names a terminal's former one, and not the one that is good", async () => {
  const office = await openOffice();
  expect(await office.listed()).toEqual([]);
  const former = await office.enrol();
  expect(await office.listed()).toEqual([]);
  await office.enrol();
  expect(await office.listed()).toEqual([serialOf(former)]);
});

test("what an older version noted is read; a void certificate without a serial number is counted", async () => {
  const office = await openOffice();
  await office.enrol();
  const file = issuedFile(office.where.directory);
  const noted = JSON.parse(readFileSync(file, "utf8")) as Record<string, { fingerprint: string }>;
  writeFileSync(file, JSON.stringify({ [T1]: noted[T1]?.fingerprint }));
  await office.enrol();
  expect(await office.listed()).toEqual([]);
  expect((await openBrokerIdentity(office.where, [])).unlisted).toBe(1);
});

test("the broker keeps its certificate; the controller has a client's, and no terminal's name", async () => {
  const office = await openOffice();
  const [first, again] = [await openBrokerIdentity(office.where, []), await openBrokerIdentity(office.where, [])];
  expect(again.server.certificate).toBe(first.server.certificate);
  const own = new X509Certificate((await (await office.reopen()).clientTls()).certificate);
  expect([own.subject, own.keyUsage]).toEqual([`CN=${controllerName(HALL)}`, ["1.3.6.1.5.5.7.3.2"]]);
  expect(TerminalId.safeParse(controllerName(HALL)).success).toBe(false);
});

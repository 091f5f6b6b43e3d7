import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { epochMs, HallId, silentLog } from "../../../protocol/index.ts";
import { makeRoot, signTerminal } from "../../../controller/adapters/authority/small-ca.ts";
import { openSqliteJournal } from "../../../terminal/adapters/sqlite-journal.ts";
import { TERMINAL } from "../../support/counter-messages.ts";
import { TestAuthority } from "../../support/test-authority.ts";
import { askForCertificate } from "../authority/certificate-request.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward } from "../controller/controller-process.ts";
import { bytesOf } from "./untouched.ts";

// A terminal that cannot start says why in one line, with an exit code of its own, and touches nothing. Only a medium
// that does not take writes keeps no terminal from starting: it says so on its nameplate (test/system/disks).

const ANCIENT = epochMs(Date.UTC(1970, 0, 2));

/** An enrolled terminal with a journal, and its configuration file. */
async function enrolled(change: Record<string, unknown> = {}): Promise<{ directory: string; config: string }> {
  const directory = hallDirectory();
  const authority = await TestAuthority.create();
  const client = await authority.client(TERMINAL);
  writeFileSync(join(directory, "key.pem"), client.key);
  writeFileSync(join(directory, "certificate.pem"), client.certificate);
  writeFileSync(join(directory, "authority.pem"), authority.certificate);
  writeFileSync(join(directory, "badge.key"), "ab".repeat(32));
  openSqliteJournal({ file: join(directory, "journal.sqlite"), random: systemRandom, log: silentLog }).close();
  const config = join(directory, "terminal.yaml");
  const where = { host: "127.0.0.1", mqttPort: 1 };
  writeFileSync(config, stringify({ hall: "test", terminal: TERMINAL, controller: where, directory: ".", ...change }));
  return { directory, config };
}

async function refusedStart({ directory, config }: Awaited<ReturnType<typeof enrolled>>) {
  const before = bytesOf(directory);
  const { code, stderr } = await hallward("terminal", "--config", config).ended;
  expect(bytesOf(directory)).toEqual(before);
  return { code, stderr };
}

const oneLine = (start: string): unknown => expect.stringMatching(new RegExp(`^${start}[^\\n]*\\n$`, "u"));

test("a wrong configuration: 78", async () => {
  const stderr = oneLine("CONFIG_REFUSED: .*unknown key");
  expect(await refusedStart(await enrolled({ terminl: "t1" }))).toEqual({ code: 78, stderr });
});

test("no identity, and no ticket to get one with: 69", async () => {
  const terminal = await enrolled();
  for (const file of ["key.pem", "certificate.pem", "authority.pem"]) rmSync(join(terminal.directory, file));
  expect(await refusedStart(terminal)).toEqual({ code: 69, stderr: oneLine("IDENTITY_MISSING: .*ticket") });
});

test("another hall's certificate: 67", async () => {
  const terminal = await enrolled();
  const other = await TestAuthority.create();
  writeFileSync(join(terminal.directory, "authority.pem"), other.certificate);
  expect(await refusedStart(terminal)).toEqual({ code: 67, stderr: oneLine("IDENTITY_REFUSED: .*another hall") });
});

test("a certificate that has ended: 66", async () => {
  const terminal = await enrolled();
  const hall = HallId.parse("test");
  const root = await makeRoot(hall, ANCIENT);
  const { key, csr } = await askForCertificate();
  const signed = await signTerminal(root, { csr, hall, terminal: TERMINAL, now: ANCIENT });
  expect(signed.ok).toBe(true);
  writeFileSync(join(terminal.directory, "key.pem"), key);
  writeFileSync(join(terminal.directory, "authority.pem"), root.certificate);
  if (signed.ok) writeFileSync(join(terminal.directory, "certificate.pem"), signed.value);
  expect(await refusedStart(terminal)).toEqual({ code: 66, stderr: oneLine("IDENTITY_EXPIRED: .*check the clock") });
});

test("another terminal's certificate: 67", async () => {
  expect(await refusedStart(await enrolled({ terminal: "t99" }))).toEqual({
    code: 67,
    stderr: oneLine("IDENTITY_REFUSED: .*enrol this terminal again"),
  });
});

test("a journal of a later firmware: 75", async () => {
  const terminal = await enrolled();
  const file = openSync(join(terminal.directory, "journal.sqlite"), "r+");
  writeSync(file, Buffer.from([0, 0, 3, 231]), 0, 4, 60);
  closeSync(file);
  expect(await refusedStart(terminal)).toEqual({
    code: 75,
    stderr: oneLine("JOURNAL_TOO_NEW: .*update this terminal"),
  });
});

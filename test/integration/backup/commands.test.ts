import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../controller/controller-process.ts";
import { bytesOf } from "../start-up/untouched.ts";

// Backup and restore as commands: a backup is whole and verified or not there at all; a restore never takes away what
// it was not told to, and refuses what is not a hall's own, unchanged backup.

interface Place {
  readonly directory: string;
  readonly config: string;
  readonly backup: string;
}

/** A hall that has run, and its backup. */
async function backedUp(): Promise<Place> {
  const directory = hallDirectory();
  const config = writeConfiguration(directory, { directory: "data" });
  const { child, ready, ended } = hallward("controller", "--config", config);
  await ready;
  child.kill("SIGTERM");
  await ended;
  const backup = join(directory, "backup");
  expect((await run("backup", "--config", config, "--to", backup)).code).toBe(0);
  return { directory, config, backup };
}

const run = async (...args: string[]) => {
  const { code, stderr } = await hallward(...args).ended;
  return { code, stderr };
};

const line = (start: string): unknown => expect.stringMatching(new RegExp(`^${start}[^\\n]*\\n$`, "u"));

test("a backup holds log, keys and certificates, for its owner alone, and no half of one is left", async () => {
  const { directory, config, backup } = await backedUp();
  expect(Object.keys(bytesOf(backup))).toEqual(
    expect.arrayContaining([
      "authority/root.pem",
      "hall.db",
      "keys/badge.key",
      "keys/log-signing.pem",
      "manifest.json",
    ]),
  );
  expect(existsSync(join(backup, "keys", "desk-tokens.json"))).toBe(false);
  for (const file of [join(backup, "hall.db"), join(directory, "data", "hall.db")]) {
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  }
  expect((await hallward("log", "verify", "--data", backup).ended).stdout).toMatch(/events verified/u);
  const before = bytesOf(directory);
  const again = await run("backup", "--config", config, "--to", backup);
  expect(again).toEqual({ code: 64, stderr: line("BACKUP_EXISTS: ") });
  expect(bytesOf(directory)).toEqual(before);
  const inside = await run("backup", "--config", config, "--to", join(directory, "data", "keys", "copy"));
  expect(inside).toEqual({ code: 64, stderr: line("USAGE: ") });
  const nowhere = await run("backup", "--config", config, "--to", "/proc/hallward/backup");
  expect(nowhere).toEqual({ code: 76, stderr: line("BACKUP_FAILED: ") });
});

test("data that are there stay, unless they are told to make way; then they lie beside", async () => {
  const { directory, config, backup } = await backedUp();
  const before = bytesOf(directory);
  expect(await run("restore", "--config", config, "--from", backup)).toEqual({
    code: 64,
    stderr: line("RESTORE_NOT_EMPTY: "),
  });
  expect(bytesOf(directory)).toEqual(before);
  expect((await run("restore", "--config", config, "--from", backup, "--replace")).code).toBe(0);
  expect(readdirSync(directory)).toContain("data.before-restore-1");
  expect(readdirSync(directory).filter((name) => name.includes("unfinished"))).toEqual([]);
  const { stdout } = await hallward("log", "show", "--data", join(directory, "data"), "--type", "hall.restored").ended;
  expect(stdout.trim().split("\n")).toHaveLength(1);
});

// The life that a copy had after its first restore makes way for the same copy: its numbers are in citizens' hands.
test("one copy restored twice on a day gives no number twice", async () => {
  const { config, backup } = await backedUp();
  const given: string[] = [];
  for (let life = 0; life < 3; life += 1) {
    expect((await run("restore", "--config", config, "--from", backup, "--replace")).code).toBe(0);
    const { child, ready, ended } = hallward("controller", "--config", config);
    given.push(await ticketOf((await ready).httpPort), await ticketOf((await ready).httpPort));
    child.kill("SIGKILL");
    await ended;
  }
  expect(new Set(given).size).toBe(given.length);
});

async function ticketOf(port: number): Promise<string> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ service: "apply" });
  const answer = await fetch(`http://127.0.0.1:${port}/api/tickets`, { method: "POST", headers, body });
  return ((await answer.json()) as { number: string }).number;
}

test("a running hall is not taken away", async () => {
  const { config, backup } = await backedUp();
  await hallward("controller", "--config", config).ready;
  const { code, stderr } = await run("restore", "--config", config, "--from", backup, "--replace");
  expect({ code, stderr }).toEqual({ code: 73, stderr: line("DATA_IN_USE: ") });
});

test("a changed byte, a missing file, a path out of the folder: nothing is restored", async () => {
  const { directory, config, backup } = await backedUp();
  renameSync(join(directory, "data"), join(directory, "gone"));
  const refused = { code: 74, stderr: line("BACKUP_BROKEN: ") };
  const restore = () => run("restore", "--config", config, "--from", backup);
  const manifest = readFileSync(join(backup, "manifest.json"), "utf8");
  writeFileSync(join(backup, "manifest.json"), manifest.replace('"keys/badge.key"', '"../controller.yaml"'));
  expect(await restore()).toEqual(refused);
  const { files, ...rest } = JSON.parse(manifest) as { files: { path: string }[] };
  for (const needed of ["hall.db", "keys/badge.key"]) {
    const lesser = { ...rest, files: files.filter(({ path }) => path !== needed) };
    writeFileSync(join(backup, "manifest.json"), JSON.stringify(lesser));
    expect(await restore()).toEqual({ code: 74, stderr: line(`BACKUP_BROKEN: ${backup}: ${needed} is not in it`) });
  }
  writeFileSync(join(backup, "manifest.json"), manifest);
  appendFileSync(join(backup, "keys", "badge.key"), " ");
  expect(await restore()).toEqual(refused);
  renameSync(join(backup, "hall.db"), join(backup, "hall.db.away"));
  expect(await restore()).toEqual(refused);
  renameSync(join(backup, "manifest.json"), join(backup, "manifest.away"));
  expect(await restore()).toEqual(refused);
  expect(readdirSync(directory).toSorted()).toEqual(["backup", "controller.yaml", "gone"]);
});

test("another hall's backup is refused", async () => {
  const { directory, config, backup } = await backedUp();
  const manifest = join(backup, "manifest.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"hall": "test"', '"hall": "other"'));
  mkdirSync(join(directory, "empty"));
  const elsewhere = writeConfiguration(directory, { directory: "empty" });
  expect(config).toBe(elsewhere);
  const refused = { code: 64, stderr: line("RESTORE_FOREIGN: ") };
  expect(await run("restore", "--config", elsewhere, "--from", backup)).toEqual(refused);
  expect(readdirSync(join(directory, "empty"))).toEqual([]);
});

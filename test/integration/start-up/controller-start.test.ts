import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRoot } from "../../../controller/adapters/authority/root-certificate.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { epochMs, HallId } from "../../../protocol/index.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../controller/controller-process.ts";
import { bytesOf } from "./untouched.ts";

// A controller that cannot start says why in one line and with an exit code of its own, and leaves the directory byte
// for byte as it was, write-ahead log included. The directories are as a power cut leaves them: nothing is folded up.

interface Refusal {
  readonly code: number | null;
  readonly stderr: string;
}

/** A hall that has run once and was killed, so that its write-ahead log still stands. */
async function usedHall(change: Record<string, unknown> = {}): Promise<{ directory: string; config: string }> {
  const directory = hallDirectory();
  const config = writeConfiguration(directory, { directory: "data" });
  const { child, ready, ended } = hallward("controller", "--config", config);
  await ready;
  child.kill("SIGKILL");
  await ended;
  return { directory, config: writeConfiguration(directory, { directory: "data", ...change }) };
}

async function refusedStart(directory: string, config: string): Promise<Refusal> {
  const before = bytesOf(directory);
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect(bytesOf(directory)).toEqual(before);
  return { code, stderr };
}

const oneLine = (start: string): unknown => expect.stringMatching(new RegExp(`^${start}[^\\n]*\\n$`, "u"));

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

test.each(["http", "mqtt"])("the %s port is in use: 72", async (door) => {
  const port = await takenPort();
  const { directory, config } = await usedHall({ [door]: { host: "127.0.0.1", port } });
  const line = oneLine(`PORT_IN_USE: 127\\.0\\.0\\.1:${port} .*choose another port`);
  expect(await refusedStart(directory, config)).toEqual({ code: 72, stderr: line });
});

test("a new hall whose port is in use has made nothing: 72", async () => {
  const directory = hallDirectory();
  const config = writeConfiguration(directory, { directory: "data", http: { port: await takenPort() } });
  expect((await refusedStart(directory, config)).code).toBe(72);
});

test("a restore was cut off before the copy was in its place: 74", async () => {
  const { directory, config } = await usedHall();
  renameSync(join(directory, "data"), join(directory, "data.before-restore-1"));
  const line = oneLine("RESTORE_UNFINISHED: .*data is missing.*rename .*data\\.before-restore-1 back");
  expect(await refusedStart(directory, config)).toEqual({ code: 74, stderr: line });
});

test("a second controller on the same data: 73, also with the same ports", async () => {
  const directory = hallDirectory();
  const port = await takenPort();
  const config = writeConfiguration(directory, { directory: "data" });
  const first = hallward("controller", "--config", config);
  await first.ready;
  const again = writeConfiguration(directory, { directory: "data", http: { port } });
  const { code, stderr } = await hallward("controller", "--config", again).ended;
  expect({ code, stderr }).toEqual({ code: 73, stderr: oneLine("DATA_IN_USE: another controller works on .*stop it") });
  expect(first.child.exitCode).toBeNull();
});

test.each([
  ["a file", "taken"],
  ["no place for directories at all", "/proc/hallward/data"],
])("a directory that cannot be made, because it is under %s: 68", async (_what, place) => {
  const directory = hallDirectory();
  writeFileSync(join(directory, "taken"), "a file");
  const data = place.startsWith("/") ? place : join(directory, place, "data");
  const config = writeConfiguration(directory, { directory: data });
  expect(await refusedStart(directory, config)).toEqual({ code: 68, stderr: oneLine("DIRECTORY_UNWRITABLE: /") });
});

test("a wrong configuration: 78, with the place of the fault", async () => {
  const { directory, config } = await usedHall({ htpp: { port: 1 } });
  const stderr = oneLine("CONFIG_REFUSED: .*htpp: unknown key");
  expect(await refusedStart(directory, config)).toEqual({ code: 78, stderr });
});

const ANCIENT = epochMs(Date.UTC(1970, 0, 2));

test.each([
  ["another hall's authority: 67", "other", systemClock, 67, "CERTIFICATE_FOREIGN"],
  ["an authority that has ended: 66", "test", { ...systemClock, now: () => ANCIENT }, 66, "CERTIFICATE_EXPIRED"],
] as const)("%s", async (_what, hall, clock, code, word) => {
  const { directory, config } = await usedHall();
  const elsewhere = hallDirectory();
  await openRoot(elsewhere, HallId.parse(hall), clock);
  copyFileSync(join(elsewhere, "authority", "root.pem"), join(directory, "data", "authority", "root.pem"));
  expect(await refusedStart(directory, config)).toEqual({ code, stderr: oneLine(`${word}: /`) });
});

test("a clock before the last record, where the configuration refuses it: 77", async () => {
  const { directory, config } = await usedHall({ clockBehind: "refuse" });
  const tomorrow = new Date(systemClock.now() + 24 * 3_600_000);
  utimesSync(join(directory, "data", "hall.db"), tomorrow, tomorrow);
  expect(await refusedStart(directory, config)).toEqual({ code: 77, stderr: oneLine("CLOCK_BEHIND: .*set the clock") });
});

test("data of a newer version: 75", async () => {
  const { directory, config } = await usedHall();
  const file = openSync(join(directory, "data", "hall.db"), "r+");
  writeSync(file, Buffer.from([0, 0, 3, 231]), 0, 4, 60); // `user_version`, as a later build would have raised it.
  closeSync(file);
  const stderr = oneLine("DATA_NEWER: the data has schema 999, .*run the newer one");
  expect(await refusedStart(directory, config)).toEqual({ code: 75, stderr });
});

test.each(["hall.db", "hall.lock"])("%s is there and cannot be opened: 71", async (name) => {
  const directory = hallDirectory();
  mkdirSync(join(directory, "data", name), { recursive: true });
  const config = writeConfiguration(directory, { directory: "data" });
  const stderr = oneLine(`FILE_UNREADABLE: /.*/${name} cannot be opened; .*give it to this user`);
  expect(await refusedStart(directory, config)).toEqual({ code: 71, stderr });
});

test("what lies there is no log: 71", async () => {
  const directory = hallDirectory();
  mkdirSync(join(directory, "data"));
  writeFileSync(join(directory, "data", "hall.db"), "-".repeat(4_096));
  const config = writeConfiguration(directory, { directory: "data" });
  const { code, stderr } = await hallward("controller", "--config", config).ended;
  expect({ code, stderr }).toEqual({ code: 71, stderr: oneLine("STORE_UNUSABLE: /.*; restore a backup") });
});

test("a folder that is there and empty is a new hall", async () => {
  const directory = hallDirectory();
  mkdirSync(join(directory, "data"));
  const { child, ready, ended } = hallward(
    "controller",
    "--config",
    writeConfiguration(directory, { directory: "data" }),
  );
  await ready;
  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
});

// Papers in backups: a copy holds every paper that its log refers to, for its owner alone, and nothing that was erased.
// What was erased after the copy stays erased wherever anybody still knows of it. A process killed in the middle leaves
// nothing that passes for a copy, and nothing behind that the next one does not remove.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { keepCalendar } from "../../../controller/adapters/policies/calendar-files.ts";
import { makeBackup } from "../../../controller/backup-command/make-backup.ts";
import { restoreBackup } from "../../../controller/backup-command/restore-backup.ts";
import { systemClock } from "../../../hardware/system/system-clock.ts";
import { systemRandom } from "../../../hardware/system/system-random.ts";
import { HallId, present, silentLog } from "../../../protocol/index.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../controller/controller-process.ts";
import { bytesOf } from "../start-up/untouched.ts";
import { configurationOf, type RunningHall, startHall } from "../controller/running-hall.ts";

const ATTENDANCE = {
  attendance: { policy: "county", settings: { summer: { from: "06-01", to: "09-30" } }, from: "2020-01-01" },
};
const EVIDENCE = "/api/attendance/evidence";
const HALL = HallId.parse(configurationOf(".").hall.hall);

async function put(hall: RunningHall, text: string): Promise<string> {
  const base64 = Buffer.from(`%PDF-1.7 ${text}`).toString("base64");
  const answer = await hall.post(EVIDENCE, { base64 }, await hall.as("manager"));
  return ((await answer.json()) as { digest: string }).digest;
}

async function erase(hall: RunningHall, digest: string): Promise<void> {
  const answer = await hall.post(`${EVIDENCE}/${digest}/erasure`, { reason: "依法" }, await hall.as("manager"));
  expect(answer.status).toBe(200);
}

const statusOf = async (hall: RunningHall, digest: string): Promise<number> =>
  (await fetch(`${hall.base}${EVIDENCE}/${digest}`, { headers: await hall.as("manager") })).status;

/** A running hall whose data lie in `data`, with papers in its vault. */
async function hallWithPapers(...texts: readonly string[]) {
  const base = hallDirectory();
  const data = join(base, "data");
  mkdirSync(data);
  keepCalendar(data, 2026, [{ date: "2026-10-01", off: true, name: "国庆节" }]);
  const hall = await startHall(data, systemClock, ATTENDANCE);
  const digests: string[] = [];
  for (const text of texts) digests.push(await put(hall, text));
  const config = writeConfiguration(base, { directory: "data" });
  return { base, data, hall, digests: digests.toSorted(), config, backup: join(base, "backups", "first") };
}

const backUp = (data: string, target: string) =>
  makeBackup({ directory: data, hall: HALL, target, clock: systemClock });

function restore(data: string, backup: string, erasedFile: string | null = null) {
  rmSync(data, { recursive: true, force: true }); // The disk is lost.
  const ports = { clock: systemClock, random: systemRandom, log: silentLog };
  return restoreBackup({ backup, directory: data, hall: HALL, replace: false, erasedFile, ...ports });
}

const papersIn = (folder: string): string[] => readdirSync(join(folder, "evidence")).toSorted();
const oneLine = (start: string): unknown => expect.stringMatching(new RegExp(`^${start}[^\\n]*\\n$`, "u"));

/** The table in docs/backup.md: what a hall's directory may hold, in a backup and not. */
const IN_BACKUPS = /^(hall\.db|(authority|enrolment|keys|evidence|erasures)\/.+|calendar\/\d{4}\.json)$/u;
const MADE_ANEW = /^(hall\.db-(wal|shm)|hall\.lock|ballast|probe)$/u;

const filesIn = (folder: string): string[] =>
  Object.entries(bytesOf(folder)).flatMap(([path, bytes]) => (bytes === "folder" ? [] : [path]));

test("a copy holds the papers of its log; what was erased later does not come back with it", async () => {
  const { data, hall, digests, config, backup } = await hallWithPapers("one", "two", "three");
  const [stays = "", later = "", before = ""] = digests;
  await erase(hall, before);
  const made = await hallward("backup", "--config", config, "--to", backup).ended;
  expect([made.code, made.stdout]).toEqual([0, expect.stringContaining("papers: 2 in the copy")]);
  expect(papersIn(backup)).toEqual([stays, later]);
  expect(readdirSync(join(backup, "erasures"))).toEqual([before]);
  expect(existsSync(join(backup, "calendar", "2026.json"))).toBe(true);
  const written = filesIn(data).filter((path) => !MADE_ANEW.test(path));
  expect(written.filter((path) => !IN_BACKUPS.test(path))).toEqual([]);
  expect(filesIn(backup)).toEqual([...written, "manifest.json"].toSorted());
  const modeOf = (...path: string[]) => statSync(join(backup, ...path)).mode & 0o777;
  expect([modeOf("evidence"), modeOf("evidence", stays)]).toEqual([0o700, 0o600]);
  await erase(hall, later);
  await hall.controller.close();

  const back = await hallward("restore", "--config", config, "--from", backup, "--replace").ended;
  expect([back.code, back.stdout]).toEqual([
    0,
    expect.stringContaining("papers: 1 in place, 1 stay erased, 0 missing"),
  ]);
  expect(papersIn(data)).toEqual([stays]);
  const restored = await startHall(data, systemClock, ATTENDANCE);
  expect([await statusOf(restored, stays), await statusOf(restored, later), await statusOf(restored, before)]).toEqual([
    200, 404, 404,
  ]);
}, 120_000);

test("the disk is lost: a later backup beside it, or a list, still knows what was erased", async () => {
  const { base, data, hall, digests, backup } = await hallWithPapers("one", "two");
  const [stays = "", gone = ""] = digests;
  await backUp(data, backup);
  await erase(hall, gone);
  const second = join(base, "backups", "second");
  await backUp(data, second);
  await hall.controller.close();
  expect((await restore(data, backup)).papers).toEqual({ restored: 1, erased: [gone], missing: [] });
  expect(readdirSync(join(data, "erasures"))).toEqual([gone]);

  renameSync(second, join(base, "elsewhere"));
  expect((await restore(data, backup)).papers).toEqual({ restored: 2, erased: [], missing: [] });
  const list = join(base, "erased.txt");
  writeFileSync(list, `${gone}\n`);
  expect((await restore(data, backup, list)).papers).toMatchObject({ restored: 1, erased: [gone] });
  // Its keeper has taken the paper out of the copy too: the copy stands as long as the list says why.
  rmSync(join(backup, "evidence", gone));
  expect((await restore(data, backup, list)).papers).toMatchObject({ restored: 1, erased: [gone] });
  await expect(restore(data, backup)).rejects.toMatchObject({ code: "BACKUP_BROKEN" });
  writeFileSync(list, "the sick note of March\n");
  await expect(restore(data, backup, list)).rejects.toMatchObject({ code: "USAGE" });
  expect(papersIn(backup)).toEqual([stays]);
}, 120_000);

test("a paper put in again after its erasure is in the next copy; one that the vault lost is named", async () => {
  const { base, data, hall, digests, backup } = await hallWithPapers("one", "two");
  const [lost = "", again = ""] = digests;
  await erase(hall, again);
  for (const text of ["one", "two"]) await put(hall, text);
  writeFileSync(join(data, "evidence", lost), "not what was put in");
  const { papers } = await backUp(data, backup);
  expect(papers).toEqual({ held: 1, missing: [lost], erased: [] });
  await hall.controller.close();
  expect((await restore(data, backup)).papers).toEqual({ restored: 1, erased: [], missing: [lost] });
  const back = await startHall(data, systemClock, ATTENDANCE);
  expect(await statusOf(back, again)).toBe(200);
  await back.controller.close();
  // A copy that says it has a paper which nobody can find in it is no copy.
  const manifest = join(backup, "manifest.json");
  const told = JSON.parse(readFileSync(manifest, "utf8")) as { files: { path: string }[] };
  const files = told.files.filter(({ path }) => !path.endsWith(again));
  writeFileSync(manifest, JSON.stringify({ ...told, files }));
  await expect(restore(join(base, "empty"), backup)).rejects.toMatchObject({ code: "BACKUP_BROKEN" });
}, 120_000);

/** Whoever opens `path` for reading waits there until somebody writes: a process stands still in the middle. */
function holdUpAt(path: string): () => void {
  const aside = `${path}.aside`;
  renameSync(path, aside);
  execFileSync("mkfifo", ["-m", "600", path]);
  const free = (): void => {
    if (existsSync(aside)) renameSync(aside, path);
  };
  onTestFinished(free);
  return free;
}

const patiently = { timeout: 90_000, interval: 20 } as const;
const unfinishedIn = (folder: string): string =>
  join(
    folder,
    present(
      readdirSync(folder).find((name) => name.includes(".unfinished-")),
      "an unfinished copy",
    ),
  );

test("a paper that is erased while the copy grows is not in it", async () => {
  const { base, data, hall, digests, config, backup } = await hallWithPapers("one", "two");
  const [first = "", last = ""] = digests;
  const path = join(data, "evidence", last);
  const bytes = readFileSync(path);
  holdUpAt(path);
  const { ended } = hallward("backup", "--config", config, "--to", backup);
  const half = () => unfinishedIn(join(base, "backups"));
  await vi.waitFor(() => expect(existsSync(join(half(), "evidence", first))).toBe(true), patiently);
  await erase(hall, first);
  await writeFile(path, bytes);
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining("papers: 1 in the copy") as string });
  expect(papersIn(backup)).toEqual([last]);
  await hall.controller.close();
  expect((await restore(data, backup)).papers).toEqual({ restored: 1, erased: [first], missing: [] });
}, 120_000);

test("killed in the middle: half a copy is refused with one line, and gone with the next", async () => {
  const { base, data, hall, digests, config, backup } = await hallWithPapers("one", "two");
  const [first = "", last = ""] = digests;
  await hall.controller.close();
  const free = holdUpAt(join(data, "evidence", last));
  const { child, ended } = hallward("backup", "--config", config, "--to", backup);
  const half = () => unfinishedIn(join(base, "backups"));
  await vi.waitFor(() => expect(existsSync(join(half(), "evidence", first))).toBe(true), patiently);
  child.kill("SIGKILL");
  await ended;
  expect(existsSync(backup)).toBe(false);
  const refused = await hallward("restore", "--config", config, "--from", half(), "--replace").ended;
  expect([refused.code, refused.stderr]).toEqual([74, oneLine("BACKUP_BROKEN: ")]);
  free();
  await backUp(data, backup);
  expect(readdirSync(join(base, "backups"))).toEqual(["first"]);

  const freeCopy = holdUpAt(join(backup, "evidence", last));
  const putting = hallward("restore", "--config", config, "--from", backup, "--replace");
  await writeFile(join(backup, "evidence", last), readFileSync(join(data, "evidence", last))); // For its check.
  await vi.waitFor(() => expect(existsSync(join(unfinishedIn(base), "evidence", first))).toBe(true), patiently);
  putting.child.kill("SIGKILL");
  await putting.ended;
  expect(papersIn(data)).toEqual([first, last]); // Nothing has changed.
  freeCopy();
  expect((await hallward("restore", "--config", config, "--from", backup, "--replace").ended).code).toBe(0);
  expect(papersIn(data)).toEqual([first, last]);
  expect(readdirSync(base).filter((name) => name.includes("unfinished"))).toEqual([]);
}, 180_000);

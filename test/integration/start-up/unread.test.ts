// Proves what becomes of a command whose reader goes away (`| head`), or whose output cannot be kept: no stack on
// anybody's screen, no work cut short, and no success told for what is lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const HALLWARD = at("hallward.ts");
const TERMINAL = at("terminal/cli.ts");
const place = mkdtempSync(join(tmpdir(), "hallward-unread-"));
afterAll(() => rmSync(place, { recursive: true }));

/** Runs it into a pipe that nobody reads from its first byte on. */
async function unread(program: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { cwd: place, stdio: ["pipe", "pipe", "pipe"] });
  const heard: Buffer[] = [];
  child.stderr.on("data", (bytes: Buffer) => heard.push(bytes));
  child.stdout.destroy();
  const [code] = (await once(child, "close")) as [number | null];
  return { code, complaint: Buffer.concat(heard).toString() };
}

test.each([
  ["--help", HALLWARD],
  ["doctor --help", HALLWARD],
  ["doctor", HALLWARD],
  ["doctor --json", HALLWARD],
  ["policy list", HALLWARD],
  ["terminal --help", TERMINAL],
  ["doctor", TERMINAL],
])("%s, unread, ends quietly", { timeout: 60_000 }, async (words, program) => {
  const { code, complaint } = await unread(program, ...words.split(" "));
  expect(complaint).not.toMatch(/EPIPE|Error|at .*:\d+:\d+/u);
  expect(code).toBe(0);
});

test("a finding keeps its exit code when nobody reads it", { timeout: 60_000 }, async () => {
  const { code, complaint } = await unread(HALLWARD, "doctor", "--config", join(place, "none.yaml"));
  expect(complaint).toBe("");
  expect(code).toBe(1);
});

// It would go on for ever: nothing else ends it here, for its input stays open.
test("an emulated device ends with its reader", { timeout: 60_000 }, async () => {
  const { code } = await unread(HALLWARD, "emulate", "rdm6300", "--port", "0");
  expect(code).toBe(0);
});

// policy list and log write on while they can: the first refusal of a full disk must not pass for the end of reading.
test.each(["policy list", "doctor", "--help"])("%s onto a full disk fails with one line", async (words) => {
  const [full, said] = [openSync("/dev/full", "w"), join(place, "said")];
  const complaints = openSync(said, "w");
  const child = spawn(process.execPath, [HALLWARD, ...words.split(" ")], { stdio: ["ignore", full, complaints] });
  const [code] = (await once(child, "close")) as [number | null];
  closeSync(full);
  closeSync(complaints);
  expect(readFileSync(said, "utf8")).toMatch(/^FILE_UNWRITABLE: standard output: ENOSPC[^\n]*\n$/u);
  expect(code).toBe(71);
});

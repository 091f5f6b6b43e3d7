// `hallward account` as somebody uses it: the password comes on standard input and never as an argument, files are for
// this user alone, a running controller obeys at once, and what does not fit is one line.
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { signIn } from "../../support/signed-in.ts";
import { hallDirectory } from "../authority/hall-directory.ts";
import { hallward, writeConfiguration } from "../controller/controller-process.ts";
import { configurationOf } from "../controller/running-hall.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const PASSWORD = "a sentence of somebody";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function account(config: string, args: readonly string[], input = `${PASSWORD}\n`): Promise<Ended> {
  const child = spawn(process.execPath, [HALLWARD, "account", ...args, "--config", config]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  child.stdin.on("error", () => {}); // It may have ended before it read.
  child.stdin.end(input);
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

test("add, list, disable, enable, a new password: the running controller obeys at once", async () => {
  const directory = hallDirectory();
  const config = writeConfiguration(directory);
  const { ready } = hallward("controller", "--config", config);
  const base = `http://127.0.0.1:${(await ready).httpPort}`;
  const added = await account(config, ["add", "li", "--role", "staff", "head", "--staff", "s01", "--unit", "税务局"]);
  expect(added).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^li .* staff,head {2}s01 {2}税务局\n$/u) as unknown,
  });
  const file = join(directory, "keys", "accounts", "li.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).not.toContain(PASSWORD);
  expect((await account(config, ["list"])).stdout).toBe(added.stdout);
  const { cookie } = await signIn(base, "li", PASSWORD);
  const looked = async (): Promise<number> => (await fetch(`${base}/api/overview`, { headers: { cookie } })).status;
  expect(await looked()).toBe(200);
  expect((await account(config, ["disable", "li"])).code).toBe(0);
  expect(await looked()).toBe(401);
  await expect(signIn(base, "li", PASSWORD)).rejects.toThrow("401");
  expect((await account(config, ["enable", "li"])).code).toBe(0);
  await signIn(base, "li", PASSWORD);
  expect((await account(config, ["password", "li"], "another sentence\n")).code).toBe(0);
  await expect(signIn(base, "li", PASSWORD)).rejects.toThrow("401");
  await signIn(base, "li", "another sentence");
}, 120_000);

test.each<[string, readonly string[], string, RegExp]>([
  ["an easy password", ["add", "li", "--role", "staff"], "short\n", /^PASSWORD_WEAK: .+\n$/u],
  ["no password", ["add", "li", "--role", "staff"], "", /^PASSWORD_MISSING: .+\n$/u],
  ["a role that is none", ["add", "li", "--role", "king"], "", /^USAGE: .*king.*\n$/u],
  [
    "somebody who is not in the roster",
    ["add", "li", "--role", "staff", "--staff", "s99"],
    "",
    /^STAFF_UNKNOWN: .+\n$/u,
  ],
  ["an account that is not there", ["disable", "li"], "", /^ACCOUNT_UNKNOWN: .+\n$/u],
])("%s is one line and exit 64", async (_title, args, input, line) => {
  const { code, stderr } = await account(writeConfiguration(hallDirectory()), args, input);
  expect(stderr).toMatch(line);
  expect(code).toBe(64);
});

test("a unit is one of the configuration's, by id or name; its people are seen by it", async () => {
  const units = [{ id: "tax", name: { zh: "税务局", en: "Tax office" }, staff: ["s01"] }];
  const settings = { summer: { from: "06-01", to: "09-30" } };
  const attendance = { policy: "county", settings, from: "2026-01-01", units };
  const config = writeConfiguration(hallDirectory(), { hall: { ...configurationOf(".").hall, attendance } });
  const add = (id: string, unit: string) => account(config, ["add", id, "--role", "head", "--unit", unit]);
  const made = [await add("li", "税务局"), await add("wang", "tax"), await add("zhao", "centre")];
  expect(made.map(({ stderr }) => stderr)).toEqual(["", "", ""]);
  expect(made.map(({ stdout }) => stdout.trimEnd().split("  ").at(-1))).toEqual(["tax", "tax", "centre"]);
  const { code, stderr } = await add("qian", "taxes");
  expect([code, stderr]).toEqual([64, expect.stringMatching(/^UNIT_UNKNOWN: .*"taxes".*: tax, centre\n$/u)]);
}, 120_000);

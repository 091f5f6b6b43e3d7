// The `hallward` command as a shell meets it: exit codes, one clear line, and nothing loaded that was not asked for.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { testConfiguration } from "../../support/test-hall.ts";

const HALLWARD = fileURLToPath(new URL("../../../hallward.ts", import.meta.url));
const place = mkdtempSync(join(tmpdir(), "hallward-command-"));
afterAll(() => rmSync(place, { recursive: true }));

function hallward(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [HALLWARD, ...args], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

function write(name: string, text: string): string {
  const file = join(place, name);
  writeFileSync(file, text);
  return file;
}

const TERMINAL = "hall: haitang\nterminal: t01\ncontroller:\n  host: 127.0.0.1\ndirectory: t01\n";

test("--help lists the commands and loads no package but the one that parses them", () => {
  const coverage = join(place, "coverage");
  const { status, stdout } = hallward(["--help"], { NODE_V8_COVERAGE: coverage });
  expect(status).toBe(0);
  for (const name of ["demo", "controller", "terminal", "log", "enrol", "config"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "mu"));
  }
  expect(stdout).not.toContain("virtual-terminal");
  const loaded = readdirSync(coverage).map((file) => readFileSync(join(coverage, file), "utf8"));
  const packages = new Set([...loaded.join("").matchAll(/\/node_modules\/([^/"]+)\//gu)].map(([, name]) => name));
  expect([...packages]).toEqual(["commander"]);
});

describe("wrong usage: one line, the nearest right word, exit 64", () => {
  test.each([
    { args: ["dmo"], line: /unknown command 'dmo' .*demo/u },
    { args: ["demo", "--quite"], line: /unknown option '--quite' .*--quiet/u },
    { args: ["demo", "--counters", "0"], line: /--counters.*from 1 to 64/u },
    { args: ["demo", "--port", "http"], line: /--port.*from 1 to 65534/u },
    { args: ["controller"], line: /--config/u },
    { args: ["config", "chek"], line: /check/u },
    { args: ["virtual-terminal", "--config", write("t01.yaml", TERMINAL)], line: /started by hallward demo/u },
  ])("$args", ({ args, line }) => {
    const { status, stderr } = hallward(args);
    expect(status).toBe(64);
    expect(stderr).toMatch(/^USAGE: .*\n$/u);
    expect(stderr).toMatch(line);
  });
});

describe("config check", () => {
  test("a good file is named with its program", () => {
    const file = write("terminal.yaml", TERMINAL);
    expect(hallward(["config", "check", file])).toEqual({ status: 0, stdout: `${file}: ok (terminal)\n`, stderr: "" });
  });

  test("every fault on a line of its own, with its path and the nearest right key; exit 78", () => {
    const file = write("bad.yaml", TERMINAL.replace("host:", "hots:").replace("t01\nc", "T01\nc"));
    const { status, stderr } = hallward(["config", "check", file]);
    expect(status).toBe(78);
    expect(stderr.trim().split("\n")).toHaveLength(3);
    expect(stderr).toContain(`${file}:4: controller.hots: unknown key, did you mean "host"?`);
  });

  test("settings that the regulation leaves aside are said, as by `policy check`; exit 0", () => {
    const settings = {
      summer: { from: "06-01", to: "09-30" },
      hours: { am: ["08:30", "12:00"], pm: ["14:00", "17:30"] },
    };
    const hall = { ...testConfiguration(1), attendance: { policy: "county", settings } };
    const file = write("aside.yaml", JSON.stringify({ directory: "d", hall }));
    const checked = hallward(["config", "check", file]);
    expect(checked).toMatchObject({ status: 0, stdout: `${file}: ok (controller)\n` });
    expect(checked.stderr).toMatch(/^SETTING_IGNORED hall\.attendance\.settings\.hours: .*\(HRS-04\).*\n$/u);
    const policy = write("policy.yaml", JSON.stringify({ extends: "county", settings }));
    expect(hallward(["policy", "check", policy]).stderr).toBe(checked.stderr.replace("hall.attendance.", ""));
  });

  test("a file that is not there", () => {
    const { status, stderr } = hallward(["config", "check", join(place, "none.yaml")]);
    expect(status).toBe(78);
    expect(stderr).toMatch(/none\.yaml: cannot be read/u);
  });
});

test("a program that cannot start says so in one line, with its documented exit code", () => {
  const { status, stderr } = hallward(["controller", "--config", join(place, "none.yaml")]);
  expect(status).toBe(78);
  expect(stderr).toMatch(/^CONFIG_REFUSED: .*none\.yaml.*\n$/u);
});

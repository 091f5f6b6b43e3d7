import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type Architecture, machineOf } from "./architecture.ts";
import { billOfMaterials } from "./bill-of-materials.ts";
import type { TerminalBundle } from "./bundle.ts";
import type { Origin } from "./origin.ts";
import { placesOf, readLock, runtimeFiles } from "./packages.ts";
import { pinnedNode } from "./pinned-node.ts";

export interface FirmwareOrder {
  readonly project: string;
  readonly architecture: Architecture;
  readonly origin: Origin;
  readonly bundle: TerminalBundle;
  readonly out: string;
}

/** Install script, units, rules: laid out as they are in the archive. */
const SYSTEM = fileURLToPath(new URL("system", import.meta.url));
/** Compiled at its installation, and so not the same everywhere; see docs/firmware.md. */
const WITHOUT_BINARY = "onoff";
const COMMIT_SHOWN = 12;
const NODE_HEAP_MAX = 2 ** 30;

/** Writes `out`/hallward-terminal-VERSION-COMMIT-ARCHITECTURE.tar.gz and its .sha256. */
export function packFirmware(order: FirmwareOrder): { file: string; sha256: string; bytes: number } {
  const { architecture, origin, out } = order;
  const [hash = "", modified] = origin.commit.split("-");
  const commit = hash.slice(0, COMMIT_SHOWN) + (modified === undefined ? "" : `-${modified}`);
  const name = `hallward-terminal-${origin.version}-${commit}-${architecture}`;
  mkdirSync(out, { recursive: true });
  const draft = mkdtempSync(join(out, "draft."));
  try {
    layOut(order, join(draft, name));
    const archive = gzipSync(tarOf(draft, name, origin.epoch));
    const sha256 = createHash("sha256").update(archive).digest("hex");
    const file = `${name}.tar.gz`;
    writeFileSync(join(out, file), archive);
    writeFileSync(join(out, `${file}.sha256`), `${sha256}  ${file}\n`);
    return { file, sha256, bytes: archive.length };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function layOut({ project, architecture, origin, bundle }: FirmwareOrder, root: string): void {
  const write = (path: string, contents: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  };
  cpSync(SYSTEM, root, { recursive: true });
  for (const { path, contents } of bundle.files) write(`lib/${path}`, contents);
  const lock = readLock(project);
  const places = placesOf(
    lock,
    bundle.outside.filter((name) => name !== WITHOUT_BINARY),
  );
  for (const place of places) {
    for (const file of runtimeFiles(project, place, architecture))
      write(`lib/${file}`, readFileSync(join(project, file)));
  }
  if (bundle.outside.includes(WITHOUT_BINARY)) writeRefusal(write);
  const node = pinnedNode(project, architecture);
  write("bin/node", readFileSync(join(node, "bin/node")));
  write("LICENSE-node", readFileSync(join(node, "LICENSE")));
  write("LICENSE", readFileSync(join(project, "LICENSE")));
  const nodePlace = `node_modules/node-linux-${architecture}`;
  const { version, commit, epoch } = origin;
  const shipped = [...new Set([...places, ...bundledPlaces(bundle), nodePlace])];
  write("sbom.cdx.json", billOfMaterials({ name: "hallward-terminal", version }, lock, shipped));
  const firmware = { name: "hallward-terminal", version, commit, epoch, architecture, node: lock[nodePlace]?.version };
  write("firmware.json", `${JSON.stringify(firmware, null, 2)}\n`);
  checkMachines(root, architecture);
  write("SHA256SUMS", sumsOf(root));
  setModes(root);
}

/** Loaded where a configuration asks for it: the driver says so on the monitor. */
function writeRefusal(write: (path: string, contents: string) => void): void {
  const words = "this firmware has no driver for GPIO through sysfs: name the driver gpiomon in the configuration";
  write(
    `lib/node_modules/${WITHOUT_BINARY}/package.json`,
    `${JSON.stringify({ name: WITHOUT_BINARY, main: "index.js" })}\n`,
  );
  write(`lib/node_modules/${WITHOUT_BINARY}/index.js`, `throw new Error(${JSON.stringify(words)});\n`);
}

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u;

const bundledPlaces = ({ metafile }: TerminalBundle): readonly string[] =>
  Object.keys(metafile.inputs).flatMap((input) => PACKAGE.exec(input)?.[1] ?? []);

function filesUnder(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => relative(root, file)).toSorted();
}

/** Throws when something in there would not run on this machine. */
function checkMachines(root: string, architecture: Architecture): void {
  for (const file of filesUnder(root)) {
    const machine = machineOf(join(root, file));
    if (machine !== null && machine !== architecture) throw new Error(`${file} is for ${machine}`);
    if (machine === null && (file.endsWith(".node") || file === "bin/node")) throw new Error(`${file} is no program`);
  }
}

const sumsOf = (root: string): string =>
  filesUnder(root)
    .map(
      (file) =>
        `${createHash("sha256")
          .update(readFileSync(join(root, file)))
          .digest("hex")}  ${file}\n`,
    )
    .join("");

function setModes(root: string): void {
  for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    const path = join(root, entry);
    const runs = statSync(path).isDirectory() || entry === "bin/node" || entry === "install.sh";
    chmodSync(path, runs ? 0o755 : 0o644);
  }
  chmodSync(root, 0o755);
}

function tarOf(directory: string, name: string, epoch: number): Buffer {
  const args = ["--create", "--format=ustar", "--sort=name", `--mtime=@${epoch}`, "--owner=0", "--group=0"];
  return execFileSync("tar", [...args, "--numeric-owner", "-C", directory, name], {
    maxBuffer: NODE_HEAP_MAX,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
  });
}

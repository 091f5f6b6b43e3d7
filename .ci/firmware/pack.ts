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
import { compileEpoll, type EpollModule } from "./epoll-module.ts";
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
/** Needs a native module that is compiled here; see docs/firmware.md. */
const ONOFF = "onoff";
const EPOLL_FILE = "lib/node_modules/epoll/build/Release/epoll.node";
const COMMIT_SHOWN = 12;
const NODE_HEAP_MAX = 2 ** 30;

export interface PackedFirmware {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Of the module of onoff; null: the driver is not in it. */
  readonly compiler: string | null;
}

/** Writes `out`/hallward-terminal-VERSION-COMMIT-ARCHITECTURE.tar.gz and its .sha256. */
export function packFirmware(order: FirmwareOrder): PackedFirmware {
  const { architecture, origin, out } = order;
  const [hash = "", modified] = origin.commit.split("-");
  const commit = hash.slice(0, COMMIT_SHOWN) + (modified === undefined ? "" : `-${modified}`);
  const name = `hallward-terminal-${origin.version}-${commit}-${architecture}`;
  mkdirSync(out, { recursive: true });
  const draft = mkdtempSync(join(out, "draft."));
  try {
    const epoll = compileEpoll(order.project, architecture);
    layOut(order, epoll, join(draft, name));
    const archive = gzipSync(tarOf(draft, name, origin.epoch));
    const sha256 = createHash("sha256").update(archive).digest("hex");
    const file = `${name}.tar.gz`;
    writeFileSync(join(out, file), archive);
    writeFileSync(join(out, `${file}.sha256`), `${sha256}  ${file}\n`);
    return { file, sha256, bytes: archive.length, compiler: epoll?.compiler ?? null };
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function layOut(order: FirmwareOrder, epoll: EpollModule | null, root: string): void {
  const { project, architecture, origin, bundle } = order;
  const write = (path: string, contents: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  };
  cpSync(SYSTEM, root, { recursive: true });
  for (const { path, contents } of bundle.files) write(`lib/${path}`, contents);
  const lock = readLock(project);
  const places = placesOf(
    lock,
    bundle.outside.filter((name) => name !== ONOFF || epoll !== null),
  );
  for (const place of places) {
    for (const file of runtimeFiles(project, place, architecture))
      write(`lib/${file}`, readFileSync(join(project, file)));
  }
  if (epoll === null) writeRefusal(architecture, write);
  else write(EPOLL_FILE, epoll.contents);
  const node = pinnedNode(project, architecture);
  write("bin/node", readFileSync(join(node, "bin/node")));
  write("LICENSE-node", readFileSync(join(node, "LICENSE")));
  write("LICENSE", readFileSync(join(project, "LICENSE")));
  const nodePlace = `node_modules/node-linux-${architecture}`;
  const { version, commit, epoch } = origin;
  const shipped = [...new Set([...places, ...bundledPlaces(bundle), nodePlace])];
  write("sbom.cdx.json", billOfMaterials({ name: "hallward-terminal", version }, lock, shipped));
  const made = { node: lock[nodePlace]?.version, compiler: epoll?.compiler ?? null };
  const firmware = { name: "hallward-terminal", version, commit, epoch, architecture, ...made };
  write("firmware.json", `${JSON.stringify(firmware, null, 2)}\n`);
  checkMachines(root, architecture);
  write("SHA256SUMS", sumsOf(root));
  setModes(root);
}

/** Loaded where a configuration asks for it: the driver says so on the monitor. */
function writeRefusal(architecture: Architecture, write: (path: string, contents: string) => void): void {
  const lack = `this firmware was built without a compiler for ${architecture}`;
  const words = `${lack}, so without onoff: name the driver gpiomon`;
  write(`lib/node_modules/${ONOFF}/package.json`, `${JSON.stringify({ name: ONOFF, main: "index.js" })}\n`);
  write(`lib/node_modules/${ONOFF}/index.js`, `throw new Error(${JSON.stringify(words)});\n`);
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

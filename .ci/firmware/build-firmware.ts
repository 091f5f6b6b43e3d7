// `npm run firmware`: one archive per architecture in .build/firmware/, with everything a counter's box needs but its
// operating system. The same commit gives the same bytes, wherever and whenever it is built.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ARCHITECTURES } from "./architecture.ts";
import { bundleTerminal } from "./bundle.ts";
import { packFirmware } from "./pack.ts";
import { originOf } from "./origin.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/u, "");

const { values } = parseArgs({
  options: { arch: { type: "string", multiple: true }, out: { type: "string", default: ".build/firmware" } },
});
const unknown = (values.arch ?? []).find((name) => !ARCHITECTURES.some((known) => known === name));
if (unknown !== undefined) {
  process.stderr.write(`USAGE: --arch ${unknown} is none of: ${ARCHITECTURES.join(", ")}\n`);
  process.exit(64);
}
const out = resolve(PROJECT, values.out);
mkdirSync(out, { recursive: true });
const origin = originOf(PROJECT);
const bundle = await bundleTerminal(PROJECT);
for (const architecture of ARCHITECTURES) {
  if (values.arch !== undefined && !values.arch.includes(architecture)) continue;
  const { file, sha256, bytes, compiler } = packFirmware({ project: PROJECT, architecture, origin, bundle, out });
  if (compiler === null) process.stderr.write(`${architecture}: no compiler for it here, so no driver onoff in it\n`);
  process.stdout.write(`${sha256}  ${join(values.out, file)}  ${Math.round(bytes / 1e6)} MB\n`);
}

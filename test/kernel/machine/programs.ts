import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "../../../.ci/firmware/bundle.ts";
import { PROJECT } from "./virtual-machine.ts";

/** What runs in the machine, as entry points of the sources. */
const ENTRIES = ["hallward.ts", "test/kernel/guest/workload.ts", "test/kernel/guest/synchronous-off.ts"];

/**
 * Bundles the product's and the workload's sources, and returns the directory: the machine reads a hundredth of the
 * files, and starts in a fifth of the time. The same sources give the same directory.
 */
export async function bundlePrograms(): Promise<string> {
  const { outputFiles } = await build({
    ...bundleOptions(PROJECT),
    entryPoints: ENTRIES,
    outdir: PROJECT,
    outbase: PROJECT,
  });
  const digest = createHash("sha256");
  for (const { path, hash } of outputFiles) digest.update(`${path} ${hash}\n`);
  const target = join(PROJECT, ".build/kernel", `programs-${digest.digest("hex").slice(0, 16)}`);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  forgetOldBundles(dirname(target));
  const draft = mkdtempSync(join(dirname(target), "bundle."));
  for (const { path, contents } of outputFiles) {
    const file = join(draft, relative(PROJECT, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  mkdirSync(join(draft, basename(COMPILED)));
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true }); // Another run was first.
  }
  return target;
}

/** Every change of the sources makes a bundle; a run that goes on may still use one of the last. */
const BUNDLES_KEPT = 6;

function forgetOldBundles(directory: string): void {
  const bundles = readdirSync(directory)
    .filter((name) => name.startsWith("programs-"))
    .map((name) => ({ path: join(directory, name), made: statSync(join(directory, name)).mtimeMs }));
  const newestFirst = bundles.toSorted((left, right) => right.made - left.made);
  for (const { path } of newestFirst.slice(BUNDLES_KEPT)) rmSync(path, { recursive: true, force: true });
}

/** Beside the programs: what node made of them. */
const COMPILED = "compiled";
export const compiledDirectory = (programs: string): string => join(programs, COMPILED);

const rehearsedMark = (programs: string): string => join(programs, "rehearsed");
export const isRehearsed = (programs: string): boolean => existsSync(rehearsedMark(programs));
export const markRehearsed = (programs: string): void => writeFileSync(rehearsedMark(programs), "");

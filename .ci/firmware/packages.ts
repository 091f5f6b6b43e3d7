import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Architecture } from "./architecture.ts";

interface LockedPackage {
  readonly version: string;
  /** SHA-512, base64, as `sha512-...`. */
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** package-lock.json, by place: node_modules/a/node_modules/b. */
export type Lock = Readonly<Record<string, LockedPackage | undefined>>;

export const readLock = (project: string): Lock =>
  (JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as { packages: Lock }).packages;

/** The places of `names` and of all they need, as node resolves them. */
export function placesOf(lock: Lock, names: readonly string[]): readonly string[] {
  const places = new Set<string>();
  const add = (name: string, from: string): void => {
    const place = placeOf(lock, name, from);
    if (place === null || places.has(place)) return;
    places.add(place);
    const { dependencies, optionalDependencies } = lock[place] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) add(needed, place);
  };
  for (const name of names) add(name, "");
  return [...places].toSorted();
}

/** Null: an optional package that nobody installed. */
function placeOf(lock: Lock, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock[place] !== undefined) return place;
    if (folder === "") return null;
  }
}

const WORDS = ["doc", "docs", "example", "examples", "integration-test", "node_modules", "test"];
/** Of a package with a native module; elsewhere `src` is what runs. */
const NATIVE_SOURCES = ["build", "deps", "hidapi", "src"];
const RUNS = /\.(?:c?js|mjs|json)$/u;
const LICENCE = /^(?:licen[cs]e|notice|copying)/iu;
const GLIBC_BINARY = /(?<!\.musl)\.node$/u;

/** What node needs of the package at `place` on such a machine, and its licence; paths from the project. */
export function runtimeFiles(project: string, place: string, architecture: Architecture): readonly string[] {
  const binaryOf = new RegExp(`linux-${architecture}(?:\\.node$|/)`, "u");
  const isNative = existsSync(join(project, place, "binding.gyp"));
  const leftOut = new Set(isNative ? [...WORDS, ...NATIVE_SOURCES] : WORDS);
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(project, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!leftOut.has(entry.name)) walk(path);
      } else if (entry.name.endsWith(".node")) {
        if (binaryOf.test(path) && GLIBC_BINARY.test(path)) found.push(path);
      } else if (RUNS.test(entry.name) || LICENCE.test(entry.name)) found.push(path);
    }
  };
  walk(place);
  return found;
}

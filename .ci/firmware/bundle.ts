import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

/** Native, or (x509 and its metadata) dependent on the order in which their modules run. */
const LEFT_OUTSIDE = [
  "better-sqlite3",
  "esbuild",
  "johnny-five",
  "node-hid",
  "onoff",
  "serialport",
  "@peculiar/x509",
  "reflect-metadata",
];
const BOARDS = "hardware/boards";
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** How the product's sources become modules that node runs without the thousand files they come from. */
export const bundleOptions = (project: string) =>
  ({
    absWorkingDir: project,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: LEFT_OUTSIDE,
    banner: { js: REQUIRE },
    logLevel: "error",
    write: false,
  }) as const satisfies BuildOptions;

export interface BundledFile {
  /** From the bundle's directory. */
  readonly path: string;
  readonly contents: Uint8Array;
}

export interface TerminalBundle {
  readonly files: readonly BundledFile[];
  readonly metafile: Metafile;
  /** Packages it imports when it runs. */
  readonly outside: readonly string[];
}

/** The terminal, as a module `terminal.mjs` and the parts it loads when it needs them. */
export async function bundleTerminal(project: string): Promise<TerminalBundle> {
  const { outputFiles, metafile } = await build({
    ...bundleOptions(project),
    entryPoints: { terminal: "terminal/cli.ts" },
    outdir: "lib",
    metafile: true,
    // Where node_modules lies, if it is a link, is not this project's matter: the bundle must not say it.
    preserveSymlinks: true,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const prefix = `${project}/lib/`;
  const files = outputFiles.map(({ path, contents }) => ({ path: path.slice(prefix.length), contents }));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const outside = imports.flatMap(({ path, external }) => (external === true ? packagesIn(path) : []));
  return { files: [...files, ...boardFiles(project)], metafile, outside: [...new Set(outside)].toSorted() };
}

/** `johnny-five/lib/board.js` is of johnny-five. */
const packagesIn = (path: string): readonly string[] =>
  LEFT_OUTSIDE.filter((name) => path === name || path.startsWith(`${name}/`));

/** hardware/boards/board-files.ts looks for them beside the code it has become a part of. */
const boardFiles = (project: string): readonly BundledFile[] =>
  readdirSync(join(project, BOARDS))
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => ({ path: name, contents: readFileSync(join(project, BOARDS, name)) }));

import { HallError, messageOf } from "../../protocol/index.ts";

/** Program and style of a page, by what they are. */
export type PageBundle = ReadonlyMap<"css" | "js", string>;

export interface PageSources {
  /** What an error calls it. */
  readonly page: string;
  /** Its program and its style, absolute paths. */
  readonly entries: readonly string[];
  /** Nothing is written there: it only names what comes out. */
  readonly directory: string;
}

let building: Promise<unknown> = Promise.resolve();

/** One build at a time: stopping esbuild's service ends every build that is under way. Throws HallError. */
export function bundlePage(sources: PageSources): Promise<PageBundle> {
  const built = building.then(() => build(sources));
  building = built.catch(() => {});
  return built;
}

async function build({ page, entries, directory }: PageSources): Promise<PageBundle> {
  const esbuild = await import("esbuild");
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [...entries],
      outdir: directory,
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      charset: "utf8",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
      logLevel: "silent",
    });
    return new Map(outputFiles.map(({ path, text }) => [path.endsWith(".css") ? "css" : "js", text]));
  } catch (thrown) {
    throw new HallError("PAGE_UNBUILT", `The page ${page} cannot be built: ${messageOf(thrown)}.`, { page }, thrown);
  } finally {
    await esbuild.stop(); // Its service would otherwise stay as a child process.
  }
}

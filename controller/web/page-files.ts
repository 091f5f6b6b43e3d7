import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { HallError, messageOf } from "../../protocol/index.ts";

/** What a page is made of. */
export type PagePart = "html" | "css" | "js";

/** A file as it goes out: made once, kept in memory, compressed once. */
export interface PageFile {
  readonly plain: Buffer;
  readonly brotli: Buffer;
  readonly etag: string;
}

const compress = promisify(brotliCompress);
const fileOf = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));

/** Makes the files of the pages when they are first asked for: a start pays nothing for pages. */
export class PageFiles {
  readonly #made = new Map<string, Promise<PageFile>>();
  readonly #bundles = new Map<string, Promise<ReadonlyMap<PagePart, string>>>();
  #building: Promise<unknown> = Promise.resolve();

  icon(): Promise<PageFile> {
    return this.#once("icon.svg", () => readFile(fileOf("icon.svg"), "utf8"));
  }

  part(page: string, part: PagePart): Promise<PageFile> {
    if (part === "html") return this.#once(`${page}.html`, () => readFile(fileOf(`${page}/index.html`), "utf8"));
    return this.#once(`${page}.${part}`, async () => (await this.#bundleOf(page)).get(part) ?? "");
  }

  #once(name: string, make: () => Promise<string>): Promise<PageFile> {
    return remembered(this.#made, name, async () => packed(await make()));
  }

  /** One build at a time: stopping esbuild's service ends every build that is under way. */
  #bundleOf(page: string): Promise<ReadonlyMap<PagePart, string>> {
    return remembered(this.#bundles, page, () => {
      const built = this.#building.then(() => bundle(page));
      this.#building = built.catch(() => {});
      return built;
    });
  }
}

/** A failure is not remembered: the next one who asks tries again. */
function remembered<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const earlier = made.get(name);
  if (earlier !== undefined) return earlier;
  const making = make();
  made.set(name, making);
  making.catch(() => made.delete(name));
  return making;
}

async function packed(text: string): Promise<PageFile> {
  const plain = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const brotli = await compress(plain, { params });
  return { plain, brotli, etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"` };
}

async function bundle(page: string): Promise<ReadonlyMap<PagePart, string>> {
  const esbuild = await import("esbuild");
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [fileOf(`${page}/main.tsx`), fileOf(`${page}/${page}.css`)],
      outdir: fileOf(page), // Nothing is written there: it only names what comes out.
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

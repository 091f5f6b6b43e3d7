import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { assert } from "../../protocol/index.ts";
import { bundlePage, type PageBundle } from "./bundle-page.ts";
import { type PageHead, pageHtml } from "./page-html.ts";

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
  readonly #bundles = new Map<string, Promise<PageBundle>>();
  readonly #zone: string;

  /** `zone`: the hall's, in which all pages show times. */
  constructor(zone: string) {
    assert(/^[\w+/-]+$/u.test(zone), "the name of a time zone is harmless in html");
    this.#zone = zone;
  }

  icon(): Promise<PageFile> {
    return this.#once("icon.svg", () => readFile(fileOf("icon.svg"), "utf8"));
  }

  part(page: PageHead, part: PagePart): Promise<PageFile> {
    const { name } = page;
    if (part === "html") return this.#once(`${name}.html`, async () => pageHtml(page, this.#zone));
    return this.#once(`${name}.${part}`, async () => (await this.#bundleOf(name)).get(part) ?? "");
  }

  #once(name: string, make: () => Promise<string>): Promise<PageFile> {
    return remembered(this.#made, name, async () => packed(await make()));
  }

  #bundleOf(page: string): Promise<PageBundle> {
    const entries = [fileOf(`${page}/main.tsx`), fileOf(`${page}/${page}.css`)];
    return remembered(this.#bundles, page, () => bundlePage({ page, entries, directory: fileOf(page) }));
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

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** One file of the page, made when it is first asked for: a hall that nobody looks at pays nothing. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly read: () => Promise<string>;
}

const fileOf = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));

/** A failure is not remembered: the next one who asks tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((thrown: unknown) => {
      made = null;
      throw thrown;
    });
    return made;
  };
}

const bundle = once(async () => {
  const { bundlePage } = await import("../../controller/index.ts");
  const entries = [fileOf("panel-page.tsx"), fileOf("panel.css")];
  return bundlePage({ page: "panel", entries, directory: fileOf(".") });
});

const part = (name: "css" | "js") => async (): Promise<string> => (await bundle()).get(name) ?? "";

export const pageFiles: readonly PageFile[] = [
  { path: "/", type: "text/html; charset=utf-8", read: once(() => readFile(fileOf("panel.html"), "utf8")) },
  { path: "/panel.css", type: "text/css; charset=utf-8", read: part("css") },
  { path: "/panel.js", type: "text/javascript; charset=utf-8", read: part("js") },
];

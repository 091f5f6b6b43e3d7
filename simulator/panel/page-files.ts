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

/** Program and style in one build: stopping esbuild's service ends every build that is under way. */
const bundle = once(async () => {
  const esbuild = await import("esbuild");
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [fileOf("panel-page.tsx"), fileOf("panel.css")],
      outdir: fileOf("."), // Nothing is written there: it only names what comes out.
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
  } finally {
    await esbuild.stop(); // Its service would otherwise stay as a child process.
  }
});

const part = (name: "css" | "js") => async (): Promise<string> => (await bundle()).get(name) ?? "";

export const pageFiles: readonly PageFile[] = [
  { path: "/", type: "text/html; charset=utf-8", read: once(() => readFile(fileOf("panel.html"), "utf8")) },
  { path: "/panel.css", type: "text/css; charset=utf-8", read: part("css") },
  { path: "/panel.js", type: "text/javascript; charset=utf-8", read: part("js") },
];

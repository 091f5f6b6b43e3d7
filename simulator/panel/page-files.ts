import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** One file of the page, made when it is first asked for: a hall that nobody looks at pays nothing. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly read: () => Promise<string>;
}

const fileOf = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));

function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

async function bundle(entry: string): Promise<string> {
  const esbuild = await import("esbuild");
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileOf(entry)],
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
  await esbuild.stop(); // Its service would otherwise stay as a child process.
  return outputFiles.map(({ text }) => text).join("\n");
}

export const pageFiles: readonly PageFile[] = [
  { path: "/", type: "text/html; charset=utf-8", read: once(() => readFile(fileOf("panel.html"), "utf8")) },
  { path: "/panel.css", type: "text/css; charset=utf-8", read: once(() => readFile(fileOf("panel.css"), "utf8")) },
  { path: "/panel.js", type: "text/javascript; charset=utf-8", read: once(() => bundle("panel-page.tsx")) },
];

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { HallError, messageOf } from "../../protocol/index.ts";
import { type Route, route } from "../adapters/http/route.ts";

const HTML = "text/html; charset=utf-8";
const CSS = "text/css; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
const SVG = "image/svg+xml";

const fileOf = (name: string): string => fileURLToPath(new URL(`pages/${name}`, import.meta.url));
const textOf = (name: string) => () => readFile(fileOf(name), "utf8");

/** The board, and what it loads. Each file is made when it is first asked for: a start pays nothing for pages. */
export function pageRoutes(): readonly Route[] {
  const html = once(textOf("board.html"));
  return [
    page("/", "read-start-page", "The board, as a page.", HTML, html),
    page("/board", "read-board-page", "The board, as a page.", HTML, html),
    page("/board.css", "read-board-style", "Its style.", CSS, once(textOf("board.css"))),
    page("/board.svg", "read-board-icon", "Its icon.", SVG, once(textOf("board.svg"))),
    page(
      "/board.js",
      "read-board-script",
      "Its program.",
      SCRIPT,
      once(() => bundle("board-page.tsx")),
    ),
  ];
}

function page(path: string, operationId: string, summary: string, type: string, read: () => Promise<string>): Route {
  return route({
    method: "GET",
    path,
    operationId,
    summary,
    answers: [{ status: 200, summary, type: type.split(";")[0] ?? type }],
    problems: [],
    handle: async () => ({ text: await read(), type, cacheable: true }),
  });
}

/** A failure is not remembered: the next one who asks tries again. */
function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | null = null;
  return () => {
    made ??= make().catch((thrown: unknown) => {
      made = null;
      throw thrown;
    });
    return made;
  };
}

async function bundle(entry: string): Promise<string> {
  const esbuild = await import("esbuild");
  try {
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
    return outputFiles.map(({ text }) => text).join("\n");
  } catch (thrown) {
    throw new HallError("PAGE_UNBUILT", `The page ${entry} cannot be built: ${messageOf(thrown)}.`, { entry }, thrown);
  } finally {
    await esbuild.stop(); // Its service would otherwise stay as a child process.
  }
}

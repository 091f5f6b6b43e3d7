import { type Access, HALL_WATCHERS } from "../adapters/http/access.ts";
import { type Answer, type Asked, type Route, route } from "../adapters/http/route.ts";
import { type PageFile, PageFiles, type PagePart } from "./page-files.ts";

interface Page {
  /** Its folder in `pages/`, and the name of its `/name.css` and `/name.js`. */
  readonly name: string;
  readonly paths: readonly string[];
  readonly summary: string;
  /** Who may open it; what it loads is the same for everybody, and holds nothing of the hall. */
  readonly access: Access;
}

/** Every page of the controller. `design/design.ts` says what its folder holds. */
export const PAGES: readonly Page[] = [
  { name: "board", paths: ["/", "/board"], summary: "The board, for the hall's big screen.", access: "everybody" },
  { name: "kiosk", paths: ["/kiosk"], summary: "The kiosk: take a ticket by touch.", access: "everybody" },
  {
    name: "counter",
    paths: ["/counter/:id"],
    summary: "The clerk's own page of one counter.",
    access: "signed-in",
  },
  { name: "hall", paths: ["/hall"], summary: "The hall, live, for those who run it.", access: HALL_WATCHERS },
  { name: "leave", paths: ["/leave"], summary: "Leave, cover and what waits for signature.", access: "signed-in" },
  { name: "record", paths: ["/record"], summary: "One person's attendance, month by month.", access: "signed-in" },
  { name: "today", paths: ["/today"], summary: "Who is where today, late or missing.", access: "signed-in" },
  { name: "policy", paths: ["/policy"], summary: "The regulation the hall lives under.", access: "signed-in" },
  { name: "sheet", paths: ["/sheet"], summary: "The attendance sheet, week and month.", access: "signed-in" },
  { name: "sign-in", paths: ["/sign-in"], summary: "Sign in, sign out, one's password.", access: "everybody" },
];

const TYPES: Readonly<Record<PagePart, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};
const SVG = "image/svg+xml";

/** `zone`: the hall's, in which all pages show times. */
export function pageRoutes(zone: string): readonly Route[] {
  const files = new PageFiles(zone);
  return [
    ...PAGES.flatMap((page) => routesOf(page, files)),
    fileRoute("/icon.svg", "everybody", "Icon.", SVG, () => files.icon()),
  ];
}

function routesOf({ name, paths, summary, access }: Page, files: PageFiles): Route[] {
  const part = (path: string, kind: PagePart, what: string): Route =>
    fileRoute(path, kind === "html" ? access : "everybody", what, TYPES[kind], () => files.part(name, kind));
  return [
    ...paths.map((path) => part(path, "html", summary)),
    part(`/${name}.css`, "css", "Its style."),
    part(`/${name}.js`, "js", "Its program."),
  ];
}

function fileRoute(path: string, access: Access, summary: string, type: string, read: () => Promise<PageFile>): Route {
  return route({
    method: "GET",
    path,
    access,
    isPage: true,
    operationId: `read-page${path === "/" ? "" : path.replaceAll(/[^a-z]+/gu, "-")}`,
    summary,
    answers: [{ status: 200, summary, type: type.split(";")[0] ?? type }],
    problems: [],
    handle: async (asked) => answerWith(await read(), type, asked),
  });
}

/** A browser asks each time and is mostly told that it has the file already. */
function answerWith({ plain, brotli, etag }: PageFile, type: string, { header }: Asked<unknown>): Answer {
  const headers = { etag, vary: "accept-encoding" };
  if (header("if-none-match") === etag) return { status: 304, text: "", type, cacheable: true, headers };
  const takesBrotli = /\bbr\b/u.test(header("accept-encoding") ?? "");
  if (!takesBrotli) return { text: plain, type, cacheable: true, headers };
  return { text: brotli, type, cacheable: true, headers: { ...headers, "content-encoding": "br" } };
}

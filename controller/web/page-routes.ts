import { type Access, HALL_WATCHERS } from "../adapters/http/access.ts";
import { type Answer, type Asked, type Route, route } from "../adapters/http/route.ts";
import { type PageFile, PageFiles, type PagePart } from "./page-files.ts";
import type { PageHead } from "./page-html.ts";

/** Its name is that of its folder in `pages/`. */
interface Page extends PageHead {
  readonly paths: readonly string[];
  readonly summary: string;
  /** Who may open it; what it loads is the same for everybody, and holds nothing of the hall. */
  readonly access: Access;
}

/** Every page of the controller. `design/design.ts` says what its folder holds. */
export const PAGES: readonly Page[] = [
  {
    name: "board",
    title: "叫号 · Now calling",
    dark: true,
    paths: ["/", "/board"],
    summary: "The board, for the hall's big screen.",
    access: "everybody",
  },
  {
    name: "kiosk",
    title: "取号 · Take a ticket",
    paths: ["/kiosk"],
    summary: "The kiosk: take a ticket by touch.",
    access: "everybody",
  },
  {
    name: "book",
    title: "预约 · Book",
    paths: ["/book"],
    summary: "Citizens book a slot, without an account.",
    access: "everybody",
  },
  {
    name: "appointments",
    title: "预约 · Appointments",
    paths: ["/appointments"],
    summary: "The appointment book, at the desk.",
    access: "signed-in",
  },
  {
    name: "counter",
    title: "窗口 · Counter",
    paths: ["/counter/:id"],
    summary: "The clerk's own page of one counter.",
    access: "signed-in",
  },
  {
    name: "hall",
    title: "大厅总览 · Hall overview",
    paths: ["/hall"],
    summary: "The hall, live, for those who run it.",
    access: HALL_WATCHERS,
  },
  {
    name: "leave",
    title: "请假与顶岗 · Leave and cover",
    paths: ["/leave"],
    summary: "Leave, cover and what waits for signature.",
    access: "signed-in",
  },
  {
    name: "record",
    title: "我的考勤 · My record",
    paths: ["/record"],
    summary: "One person's attendance, month by month.",
    access: "signed-in",
  },
  {
    name: "today",
    title: "今日在岗 · Today",
    paths: ["/today"],
    summary: "Who is where today, late or missing.",
    access: "signed-in",
  },
  {
    name: "policy",
    title: "制度 · Regulation",
    paths: ["/policy"],
    summary: "The regulation the hall lives under.",
    access: "signed-in",
  },
  {
    name: "sheet",
    title: "考勤表 · Sheet",
    paths: ["/sheet"],
    summary: "The attendance sheet, week and month.",
    access: "signed-in",
  },
  {
    name: "sign-in",
    title: "登录 · Sign in",
    paths: ["/sign-in"],
    summary: "Sign in, sign out, one's password.",
    access: "everybody",
  },
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

function routesOf(page: Page, files: PageFiles): Route[] {
  const { name, paths, summary, access } = page;
  const part = (path: string, kind: PagePart, what: string): Route =>
    fileRoute(path, kind === "html" ? access : "everybody", what, TYPES[kind], () => files.part(page, kind));
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

import type { Words } from "../../design/design.ts";

export interface OfficePlace {
  readonly href: string;
  readonly words: Words;
}

/** The server decides who gets in where; a page that somebody may not open says so. */
export const OFFICE_PLACES: readonly OfficePlace[] = [
  { href: "/record", words: { zh: "我的考勤", en: "My record" } },
  { href: "/today", words: { zh: "今日在岗", en: "Today" } },
  { href: "/sheet", words: { zh: "考勤表", en: "Sheet" } },
  { href: "/leave", words: { zh: "请假与顶岗", en: "Leave and cover" } },
  { href: "/policy", words: { zh: "制度", en: "Regulation" } },
];

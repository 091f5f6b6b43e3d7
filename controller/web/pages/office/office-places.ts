import type { Person, Words } from "../../design/design.ts";

export interface OfficePlace {
  readonly href: string;
  readonly words: Words;
  /** Absent: for everybody who is signed in. */
  readonly roles?: readonly string[];
}

/** The server decides who gets in where; this only spares people closed doors. */
export const OFFICE_PLACES: readonly OfficePlace[] = [
  { href: "/record", words: { zh: "我的考勤", en: "My record" } },
  { href: "/today", words: { zh: "今日在岗", en: "Today" } },
  { href: "/leave", words: { zh: "请假与顶岗", en: "Leave and cover" } },
  { href: "/policy", words: { zh: "制度", en: "Regulation" } },
  // Last: it comes when it is known who asks, and moves nothing.
  { href: "/sheet", words: { zh: "考勤表", en: "Sheet" }, roles: ["head", "manager", "inspector", "office"] },
];

/** Those that somebody may want to go to; all that are open to everybody while it is not known who asks. */
export const placesOf = (
  places: readonly OfficePlace[],
  person: Pick<Person, "roles"> | null,
): readonly OfficePlace[] =>
  places.filter(({ roles }) => roles === undefined || roles.some((role) => person?.roles.includes(role) === true));

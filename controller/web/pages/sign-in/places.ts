import type { Person, Words } from "../../design/design.ts";
import { OFFICE_PLACES, type OfficePlace } from "../office/office-places.ts";

export const ROLE_WORDS: Readonly<Record<string, Words>> = {
  staff: { zh: "窗口人员", en: "Staff" },
  head: { zh: "窗口负责人", en: "Head" },
  manager: { zh: "大厅管理者", en: "Manager" },
  inspector: { zh: "督查员", en: "Inspector" },
  office: { zh: "办公室", en: "Office" },
};

export interface Place extends OfficePlace {
  /** Absent: for everybody who is signed in. */
  readonly roles?: readonly string[];
}

/** Pages that somebody may want to go to. The server decides who gets in; this only spares people closed doors. */
export const PLACES: readonly Place[] = [
  {
    href: "/hall",
    words: { zh: "大厅总览", en: "Hall overview" },
    roles: ["head", "manager", "inspector", "office"],
  },
  ...OFFICE_PLACES,
  { href: "/board", words: { zh: "叫号屏", en: "Board" } },
];

export const placesFor = ({ roles }: Pick<Person, "roles">): readonly Place[] =>
  PLACES.filter((place) => place.roles === undefined || place.roles.some((role) => roles.includes(role)));

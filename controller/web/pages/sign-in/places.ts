import type { Person, Words } from "../../design/design.ts";
import { OFFICE_PLACES, type OfficePlace, placesOf } from "../office/office-places.ts";

export const ROLE_WORDS: Readonly<Record<string, Words>> = {
  staff: { zh: "窗口人员", en: "Staff" },
  head: { zh: "窗口负责人", en: "Head" },
  manager: { zh: "大厅管理者", en: "Manager" },
  inspector: { zh: "督查员", en: "Inspector" },
  office: { zh: "办公室", en: "Office" },
};

/** Pages that somebody may want to go to. */
const PLACES: readonly OfficePlace[] = [
  {
    href: "/hall",
    words: { zh: "大厅总览", en: "Hall overview" },
    roles: ["head", "manager", "inspector", "office"],
  },
  { href: "/appointments", words: { zh: "预约", en: "Appointments" } },
  ...OFFICE_PLACES,
  { href: "/board", words: { zh: "叫号屏", en: "Board" } },
];

export const placesFor = (person: Pick<Person, "roles">): readonly OfficePlace[] => placesOf(PLACES, person);

import type { Bilingual } from "../../../protocol/index.ts";

const MONTHS_EN = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "2026-W47", "2026-03", "2026-Q1" or "2026" as people say it. What is none of these stays as it is. */
export function periodWords(period: string): Bilingual {
  const [, year = "", letter = "", part = ""] = /^(\d{4})(?:-([WQ]?)(\d{1,2}))?$/u.exec(period) ?? [];
  const at = Number(part);
  if (year === "") return { zh: period, en: period };
  if (part === "") return { zh: `${year}年`, en: year };
  if (letter === "W") return { zh: `${year}年第${at}周`, en: `week ${at} of ${year}` };
  if (letter === "Q") return { zh: `${year}年第${at}季度`, en: `quarter ${at} of ${year}` };
  return { zh: `${year}年${at}月`, en: `${MONTHS_EN[at - 1] ?? part} ${year}` };
}
